import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import { workflowIds } from '../../../workflows/ids.js';
import type { TestEngine } from '../../support/engine.js';
import { publishCopy, touch } from '../copy.js';
import { atMost, exactly, type Measured, type SiegeContext, type SiegePromise, within } from '../siege.js';

const megabyte = 1024 * 1024;

export default {
  number: 19,
  title: 'Oversize is an error, not a hang',
  required: 'a clear failure <= 60 s; no workflow stuck in task retry',
  run: async (context) => {
    const engine = await context.startEngine();
    return [
      ...(await hugeRecord(context, engine)),
      // Twenty seconds of reading 40 MB again and again: not for every change.
      ...(context.isShort ? [] : await hugePage(context, engine)),
      ...(await hugeError(context, engine)),
    ];
  },
} satisfies SiegePromise;

/** One record of 3 MB among good ones: a dead letter, the others arrive. */
async function hugeRecord(context: SiegeContext, engine: TestEngine): Promise<Measured> {
  const [source, target] = await crms(context, 100);
  const [huge = ''] = source.store.records('contacts').map((record) => String(record.id));
  await touch(source, { ids: [huge], fields: { position: 'x'.repeat(3 * megabyte) } });
  const copy = await publishCopy(engine, source, target, { id: 'huge-record' });
  const startedMs = performance.now();
  const run = await engine.open(copy.pipeline);
  const end = await engine.until(run, undefined, 120_000);
  const letters = await engine.rows<{ source_key: string; message: string }>(
    'select source_key, message from v_dead_letters where run_id = $1',
    [run],
  );
  return [
    exactly('huge record: state', end.state, 'done_with_dead_letters'),
    exactly('huge record: the letter', letters.map((letter) => letter.source_key).join(), huge),
    atMost('huge record: its message', letters[0]?.message.length ?? 0, 1_000),
    exactly('huge record: others', target.store.count('contacts'), 99),
    within('huge record', performance.now() - startedMs, 60_000),
    ...(await tasks(engine, run, 'huge record')),
  ];
}

/** A page above the limit of 32 MB: the run waits with the reason shown, and goes on when the page is smaller. */
async function hugePage(context: SiegeContext, engine: TestEngine): Promise<Measured> {
  const [source, target] = await crms(context, 40);
  await touch(source, { count: 40, fields: { position: 'x'.repeat(megabyte) } });
  const copy = await publishCopy(engine, source, target, { id: 'huge-page' });
  const startedMs = performance.now();
  const run = await engine.open(copy.pipeline);
  const waiting = await engine.until(run, ['waiting', 'failed', 'done', 'done_with_dead_letters'], 120_000);
  const told = performance.now() - startedMs;
  await touch(source, { count: 40, fields: { position: 'small' } });
  const end = await engine.until(run, undefined, 120_000);
  return [
    exactly('huge page: reason', String(waiting.failure?.code), 'egress/answer_too_large'),
    within('huge page: told', told, 60_000),
    exactly('huge page: state when it is smaller', end.state, 'done'),
    ...(await tasks(engine, run, 'huge page')),
  ];
}

/** A target that refuses with 4 MB of words. */
async function hugeError(context: SiegeContext, engine: TestEngine): Promise<Measured> {
  const [source, target] = await crms(context, 20);
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(422, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: 'refused', detail: 'no '.repeat((4 * megabyte) / 3) }));
  });
  context.onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const targetUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const copy = await publishCopy(engine, source, target, { id: 'huge-error', targetUrl });
  const startedMs = performance.now();
  const run = await engine.open(copy.pipeline);
  const end = await engine.until(run, undefined, 120_000);
  const [longest] = await engine.rows<{ count: number; length: number }>(
    'select count(*) as count, max(length(message)) as length from v_dead_letters where run_id = $1',
    [run],
  );
  return [
    exactly('huge error: state', end.state, 'done_with_dead_letters'),
    exactly('huge error: letters', longest?.count ?? 0, 20),
    atMost('huge error: longest message', longest?.length ?? 0, 1_000),
    within('huge error', performance.now() - startedMs, 60_000),
    ...(await tasks(engine, run, 'huge error')),
  ];
}

async function crms(context: SiegeContext, contacts: number): Promise<readonly [RestCrmSandbox, RestCrmSandbox]> {
  return Promise.all([
    context.startCrm({ seed: context.seed, records: { contacts } }),
    context.startCrm({ seed: context.seed + 1 }),
  ]);
}

/** A workflow that cannot go on shows it by failed tasks; and nothing large may stand in its history. */
async function tasks(engine: TestEngine, run: string, what: string): Promise<Measured> {
  const { events } = await engine.client.workflow.getHandle(workflowIds.run(run)).fetchHistory();
  const failed = (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes != null).length;
  return [
    exactly(`${what}: failed workflow tasks`, failed, 0),
    atMost(
      `${what}: largest event in bytes`,
      Math.max(...(events ?? []).map((event) => JSON.stringify(event).length)),
      64 * 1024,
    ),
  ];
}
