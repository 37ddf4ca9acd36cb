import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchBed } from './bed.js';
import { works } from './works/index.js';

// `npm run bench [-- A-http A-postgres ... --records 100000]`: ratios to a plain loop measured beside it in the same run.
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const option = (name: string, fallback: number): number => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : Number(process.argv[index + 1]);
};
const records = option('records', 100_000);
const rounds = option('rounds', 3);
const chosen = works.filter((work) => names.length === 0 || names.includes(work.name));

const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
const bed = await BenchBed.open({ folder, records, masterKey: randomBytes(32), accountId: randomUUID() });
let hasFailed = false;
try {
  console.log(`records ${records}, rounds ${rounds}, node ${process.version}\n`);
  for (const work of chosen) {
    try {
      for (const line of await work.run(bed, { records, rounds })) console.log(line);
    } catch (error) {
      hasFailed = true;
      console.error(`${work.name} failed:`, error);
    }
  }
} finally {
  await bed.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(hasFailed ? 1 : 0);
