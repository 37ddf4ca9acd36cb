import { attach } from './assembly/attach.js';
import { openInstallation } from './assembly/installation.js';
import { ensureKeyFile } from './assembly/key-file.js';
import { runProcess } from './assembly/process.js';
import { startServerHost } from './assembly/server-host.js';
import { ensureFirstAccount } from './store/accounts.js';
import { migrate } from './store/migrate.js';

/** One HTTP process of an installation: API, webhook intake, outbox. Any number may run. */
await runProcess('server', async ({ settings, telemetry }) => {
  const attached = await attach(settings);
  await migrate(attached.database.ownerUrl);
  const installation = await openInstallation({ settings, telemetry, ...attached });
  const accountId = await ensureFirstAccount(installation.engine.dependencies.store, 'demo');
  await ensureKeyFile(installation.engine.dependencies.store, accountId, settings.dataFolder);
  const server = await startServerHost(installation);
  return async () => {
    await server.stop();
    await installation.close();
  };
});
