import type { JsonObject } from '../../../core/json.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import type { RunFigures } from '../bed.js';
import { httpFlow, quiet, report, type Work } from './work.js';

/** A to HTTP: both loops in turn, each round into a fresh target, and for ours a second run with nothing changed. */
export function toHttp(name: string, mode: 'upsert' | 'create', goal: number): Work {
  return {
    name,
    title: `HTTP to HTTP, ${mode}`,
    run: async (bed, { records, rounds }) => {
      const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
      const worker = await bed.startWorker();
      const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
      const own: JsonObject =
        mode === 'create' ? { definition: restCrmDefinition({ repeat: 'find_then_create' }) } : {};
      const switches = mode === 'create' ? ['--set', 'idempotency_header=false', '--set', 'own_id_unique=false'] : [];
      const figures: Record<'raw' | 'ours' | 'again', RunFigures[]> = { raw: [], ours: [], again: [] };
      for (let round = 0; round < rounds; round++) {
        const rawTarget = await bed.startSandbox(['--seed', '2', ...quiet, ...switches]);
        const order = { url: rawTarget.url, token: rawTarget.token, kind: 'http', mode };
        figures.raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: order }));
        await rawTarget.child.stop();
        const target = await bed.startSandbox(['--seed', '3', ...quiet, ...switches]);
        const to = await bed.connect(
          'http',
          { service: 'rest-crm', base_url: target.url, ...own },
          { token: target.token },
        );
        const pipeline = await bed.publish(httpFlow(`${name.toLowerCase()}-${round}`, 'upsert'), {
          source: from,
          target: to,
        });
        figures.ours.push(await bed.run(pipeline, worker));
        figures.again.push(await bed.run(pipeline, worker));
        await target.child.stop();
      }
      await source.child.stop();
      await worker.stop();
      const lines = report(`A to HTTP, ${mode}`, figures.raw, figures.ours, records, goal);
      return mode === 'create'
        ? lines
        : [...lines, ...report('second run, unchanged', figures.raw, figures.again, records, 0.75)];
    },
  };
}
