import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { httpFlow, type Work } from './work.js';

/** E: kill -9 half-way at a target without keys; the target's own log is the truth. */
export const killed: Work = {
  name: 'E',
  title: 'kill -9 half-way',
  run: async (bed, { records }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records)]);
    const switches = ['--set', 'idempotency_header=false', '--set', 'own_id_unique=false'];
    const target = await bed.startSandbox(['--seed', '2', ...switches]);
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const definition = restCrmDefinition({ repeat: 'find_then_create' });
    const to = await bed.connect('http', { service: 'own', base_url: target.url, definition }, { token: target.token });
    const pipeline = await bed.publish(httpFlow('e-killed', 'upsert'), { source: from, target: to });
    const first = await bed.startWorker();
    const running = bed.run(pipeline, first).catch((error: unknown) => error);
    const count = async (): Promise<number> =>
      ((await (await fetch(`${target.control}/counts`)).json()) as { streams: { contacts: number } }).streams.contacts;
    while ((await count()) < records / 2) await new Promise((resolve) => setTimeout(resolve, 10));
    first.process.kill('SIGKILL');
    const second = await bed.startWorker();
    const atKill = await count();
    const began = performance.now();
    while ((await count()) <= atKill) await new Promise((resolve) => setTimeout(resolve, 10));
    const goingOnMs = performance.now() - began;
    await running;
    const state = (await (await fetch(`${target.control}/state`)).json()) as {
      streams: { contacts: { external_id: string }[] };
    };
    const created = state.streams.contacts.length;
    const distinct = new Set(state.streams.contacts.map((contact) => contact.external_id)).size;
    const pages = ((await (await fetch(`${source.control}/requests?after=0`)).json()) as { path: string }[]).filter(
      (request) => request.path.startsWith('/contacts'),
    ).length;
    await second.stop();
    return [
      `E: lost ${records - distinct} (goal 0), twice ${created - distinct} (goal 0), going on ${(goingOnMs / 1_000).toFixed(1)} s after a new worker was ready (goal 10)`,
      `  ${pages} pages read for ${Math.ceil(records / 250)} (${(((pages * 250) / records - 1) * 100).toFixed(1)}% again, goal 5%)`,
    ];
  },
};
