import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { RunFigures } from '../bed.js';
import { csvMapInYaml } from '../mapping.js';
import { report, type Work } from './work.js';

const flow = (id: string): string => `
pipeline: ${id}
title: Bench
connections: { source: { connector: file }, target: { connector: file } }
flows:
  contacts:
    from: { stream: source.contacts, read: full, key: [id] }
    map:${csvMapInYaml}
    to: { stream: target.contacts, write: insert }
`;

/** A from a CSV file to JSON Lines: both read and write this machine's disk. */
export const csvToFile: Work = {
  name: 'A-csv',
  title: 'CSV to JSON Lines',
  run: async (bed, { records, rounds }) => {
    await writeCsv(join(bed.options.folder, 'contacts.csv'), records);
    const worker = await bed.startWorker();
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    const from = await bed.connect('file', { streams: { contacts: { path: 'contacts.csv' } } }, null);
    for (let round = 0; round < rounds; round++) {
      const path = join(bed.options.folder, `raw-csv-${round}.jsonl`);
      raw.push(
        await bed.runRaw({
          source: { path: join(bed.options.folder, 'contacts.csv') },
          target: { kind: 'jsonl', path },
        }),
      );
      const to = await bed.connect('file', { streams: { contacts: { path: `ours-csv-${round}.jsonl` } } }, null);
      ours.push(await bed.run(await bed.publish(flow(`a-csv-${round}`), { source: from, target: to }), worker));
    }
    await worker.stop();
    return report('A, CSV to JSON Lines', raw, ours, records, 0.5);
  },
};

async function writeCsv(path: string, records: number): Promise<void> {
  const out = createWriteStream(path);
  const extra = ['note', 'source', 'segment', 'street', 'zip', 'country'];
  out.write(`id,name,email,phone,first_name,last_name,birthday,position,city,${extra.join(',')}\n`);
  for (let id = 1; id <= records; id++) {
    const more = extra.map((name) => `"${name}, Улица ${id}"`).join(',');
    const position = id % 3 === 0 ? '' : 'менеджер';
    const row = `${id},Иван Петров ${id},Ivan.${id}@Example.com,+7 (495) 000-${id},Иван,Петров,1980-01-02T00:00:00Z,${position},Москва,${more}\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
