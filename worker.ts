import { attach } from './assembly/attach.js';
import { ensureWorkflowBundle, openInstallation } from './assembly/installation.js';
import { runProcess } from './assembly/process.js';
import { quietRuntime } from './assembly/temporal.js';
import { startWorkerHost } from './assembly/worker-host.js';

/** One worker process of an installation; any number may run. */
await runProcess('worker', async ({ settings, telemetry }) => {
  quietRuntime();
  const attached = await attach(settings);
  const installation = await openInstallation({ settings, telemetry, ...attached });
  const worker = await startWorkerHost(installation, await ensureWorkflowBundle(settings.dataFolder));
  return async () => {
    await worker.stop();
    await installation.close();
  };
});
