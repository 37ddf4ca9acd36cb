import { join } from 'node:path';
import type { RunFigures } from '../bed.js';
import { httpFlow, quiet, report, type Work } from './work.js';

/** A to JSON Lines: appended, synced to disk at each commit by ours, not at all by the raw loop. */
export const toFile: Work = {
  name: 'A-jsonl',
  title: 'HTTP to JSON Lines',
  run: async (bed, { records, rounds }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
    const worker = await bed.startWorker();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    for (let round = 0; round < rounds; round++) {
      const path = join(bed.options.folder, `raw-${round}.jsonl`);
      raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: { kind: 'jsonl', path } }));
      const to = await bed.connect(
        'file',
        { streams: { contacts: { path: `ours-${round}.jsonl`, format: 'jsonl' } } },
        null,
      );
      const definition = httpFlow(`a-jsonl-${round}`, 'insert').replace(
        'target: { connector: http }',
        'target: { connector: file }',
      );
      ours.push(await bed.run(await bed.publish(definition, { source: from, target: to }), worker));
    }
    await source.child.stop();
    await worker.stop();
    return report('A to JSON Lines', raw, ours, records, 0.5);
  },
};
