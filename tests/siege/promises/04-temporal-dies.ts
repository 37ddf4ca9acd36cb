import { NativeConnection, Worker } from '@temporalio/worker';
import { connectClient } from '../../../assembly/temporal.js';
import { workflowTypes } from '../../../workflows/messages.js';
import { requestService } from '../../support/services.js';
import { until } from '../copy.js';
import { exactly, type Measured, type SiegeContext, type SiegePromise, within } from '../siege.js';
import { transferThroughStorm } from '../storms.js';

export default {
  number: 4,
  title: 'Temporal may die',
  required: '20,000 records, 0 lost, 0 twice, 3 kills; 300 timers fire once each; no manual step',
  limitMs: 20 * 60_000,
  run: async (context) => [
    ...(await transferThroughStorm(context, 3, ({ servers }) => servers.killTemporal())),
    ...(await timersThroughKills(context)),
  ],
} satisfies SiegePromise;

/** 300 accounts wait for their next look while the server is killed three times: each looks exactly twice. */
async function timersThroughKills(context: SiegeContext): Promise<Measured> {
  const timers = 300;
  const servers = await context.startServers();
  const { path } = await requestService('workflow-bundle');
  const looks = new Map<string, number>();
  const connection = await NativeConnection.connect({ address: servers.temporal.address });
  const worker = await Worker.create({
    connection,
    taskQueue: 'timers',
    workflowBundle: { codePath: path },
    activities: {
      pollDue: async ({ accountId }: { accountId: string }) => {
        const count = (looks.get(accountId) ?? 0) + 1;
        looks.set(accountId, count);
        return count === 1 ? { waitMs: 15_000 } : null;
      },
    },
  });
  const running = worker.run();
  const client = await connectClient(servers.temporal, {});
  const handles = await Promise.all(
    Array.from({ length: timers }, (_, index) =>
      client.workflow.start(workflowTypes.poll, {
        taskQueue: 'timers',
        workflowId: `timer/${index}`,
        args: [{ version: 1, accountId: `account-${index}` }],
      }),
    ),
  );
  await until('every timer to be set', () => looks.size === timers);
  for (let kill = 0; kill < 3; kill++) {
    await servers.killTemporal();
    await until(
      'the server to be back',
      () =>
        client.connection.workflowService.getSystemInfo({}).then(
          () => true,
          () => false,
        ),
      60_000,
    );
  }
  const startedMs = performance.now();
  await until('every timer to have fired', () => [...looks.values()].every((count) => count >= 2), 120_000);
  await Promise.all(handles.map((handle) => handle.result()));
  worker.shutdown();
  await running;
  await client.connection.close();
  await connection.close();
  return [
    exactly('timers', looks.size, timers),
    exactly('timers that fired other than once', [...looks.values()].filter((count) => count !== 2).length, 0),
    within('fired', performance.now() - startedMs, 60_000),
  ];
}
