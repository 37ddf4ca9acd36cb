import { requestOfRun } from '../../../store/runs.js';
import { workflowIds } from '../../../workflows/ids.js';
import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { publishCopy, until } from '../copy.js';
import { atLeast, atMost, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 18,
  title: 'Histories stay small for ever',
  required: 'no run above 10,240 events or 10 MB (aim 2,500); payload p99 <= 16 KB; signals sent = seen',
  limitMs: 25 * 60_000,
  run: async (context) => {
    // Slices of one page each: as many steps as a million records in ordinary slices.
    const records = context.size(40_000, 8_000);
    const pauses = 20;
    const [engine, source, target] = await Promise.all([
      context.startEngine({ slices: { budgetMs: 1, pagesInFlight: 1 } }),
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
      context.startCrm({ seed: context.seed + 1 }),
    ]);
    const copy = await publishCopy(engine, source, target, {
      sourceService: restCrmDefinition({ pageSize: 10, repeat: 'upsert' }),
    });
    const { store } = engine.engine.dependencies;
    const run = await engine.open(copy.pipeline);
    let seen = 0;
    for (let pause = 1; pause <= pauses; pause++) {
      const before = target.store.count('contacts');
      const next = Math.min(records - 1, Math.floor((records * pause) / (pauses + 1)));
      await until('some pages', () => target.store.count('contacts') >= Math.max(before, next), 300_000);
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'pause'));
      await engine.until(run, ['paused'], 60_000);
      seen += 1;
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'resume'));
      await engine.until(run, ['running', 'done'], 60_000);
      seen += 1;
    }
    const end = await engine.until(run, undefined, 600_000);
    const { events, bytes, payloads, runs } = await measure(engine.client, workflowIds.run(run));
    payloads.sort((a, b) => a - b);
    return [
      exactly('state', end.state, 'done'),
      atLeast('slices', Math.floor(records / 10), 500),
      atLeast('runs of the workflow', runs, 2),
      atMost('events of the longest', events, 2_500),
      atMost('bytes of the largest', bytes, 10 * 1024 * 1024),
      atMost('payload p99 in bytes', payloads[Math.floor(payloads.length * 0.99)] ?? 0, 16 * 1024),
      exactly('signals seen', seen, 2 * pauses),
      nothing(
        'reconciliation',
        await reconcile(engine, run, { flow: 'contacts', stream: 'contacts', sandbox: target }),
      ),
    ];
  },
} satisfies SiegePromise;

type Client = Parameters<typeof workflowRuns>[0];

async function measure(client: Client, workflowId: string) {
  const measured = { events: 0, bytes: 0, payloads: [] as number[], runs: 0 };
  for await (const events of workflowRuns(client, workflowId)) {
    const texts = events.map((event) => JSON.stringify(event));
    measured.runs += 1;
    measured.events = Math.max(measured.events, events.length);
    measured.bytes = Math.max(
      measured.bytes,
      texts.reduce((sum, text) => sum + text.length, 0),
    );
    measured.payloads.push(...texts.map((text) => text.length));
  }
  return measured;
}

/** The histories of a workflow and of what it was continued from, the newest first. */
async function* workflowRuns(client: import('@temporalio/client').Client, workflowId: string) {
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId !== undefined && runId !== '') {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    yield events ?? [];
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
}
