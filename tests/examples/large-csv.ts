import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { startTestEngine } from '../support/engine.js';
import { productionFlags } from '../support/production-flags.js';

// A CSV of any length to JSON Lines in constant memory, by a worker process of its own with the limits of `npm start`.
// As a program: `node --import tsx tests/examples/large-csv.ts [rows]`, 340,000 rows by default.
const columns = 19;

const definition = `
pipeline: large-csv
title: A large CSV file as JSON Lines
connections: { from: { connector: file }, to: { connector: file } }
flows:
  people:
    from: { stream: from.people, read: full, key: [id] }
    map:
      id: id
      name: { expr: "record.first_name + ' ' + record.last_name" }
      email: { expr: "lower(record.email)" }
      phone: phone
      city: city
      amount: { from: amount, as: decimal }
      since: { from: since, as: date }
      origin: { value: csv }
    to: { stream: to.people, write: insert }
`;

export interface LargeCsvFigures {
  readonly rows: number;
  readonly csvMb: number;
  readonly ms: number;
  /** Highest resident memory of the worker process while it lived, in MB. */
  readonly peakMb: number;
  /** What it held before the first record. */
  readonly idleMb: number;
  readonly lines: number;
  readonly isFaithful: boolean;
}

/** Generates, transfers and counts; the worker's memory is what the kernel says of it. */
export async function transferLargeCsv(rows: number): Promise<LargeCsvFigures> {
  const engine = await startTestEngine({ hasWorker: false });
  try {
    const csv = join(engine.folder, 'people.csv');
    const bytes = await writeCsv(csv, rows);
    const connect = (name: string, path: string) =>
      engine.connect(name, 'file', { root: engine.folder, streams: { people: { path } } }, null);
    const bindings = { from: await connect('from', 'people.csv'), to: await connect('to', 'people.jsonl') };
    const pipeline = await engine.publish(definition, bindings);
    const worker = await engine.spawnWorker(undefined, productionFlags());
    const idleMb = residentMb(worker.pid, 'VmRSS');
    const startedMs = performance.now();
    const run = await engine.until(await engine.open(pipeline), undefined, 600_000);
    if (run.state !== 'done') throw new Error(`the run is ${run.state}: ${JSON.stringify(run.failure)}`);
    const ms = performance.now() - startedMs;
    const peakMb = residentMb(worker.pid, 'VmHWM');
    const { lines, isFaithful } = await readLines(join(engine.folder, 'people.jsonl'), rows);
    return { rows, csvMb: bytes / 1e6, ms, peakMb, idleMb, lines, isFaithful };
  } finally {
    await engine.stop();
  }
}

function residentMb(pid: number, name: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
}

async function writeCsv(path: string, rows: number): Promise<number> {
  const out = createWriteStream(path);
  const names = ['id', 'first_name', 'last_name', 'email', 'phone', 'city', 'amount', 'since'];
  const more = Array.from({ length: columns - names.length }, (_, index) => `extra_${index + 1}`);
  out.write(`${[...names, ...more].join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const filler = more.map((name) => `${name} of row ${row}`).join(',');
    const line = `${row},Олена,"Шевченко, ${row}",Olena.${row}@Example.com,+38044${String(row).padStart(7, '0')},Київ,${row}.50,2024-02-29,${filler}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return out.bytesWritten;
}

async function readLines(path: string, rows: number): Promise<{ lines: number; isFaithful: boolean }> {
  const seen = new Uint8Array(rows);
  let lines = 0;
  let isFaithful = true;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { id, ...rest } = JSON.parse(line) as { id: string };
    const row = Number(id);
    lines += 1;
    seen[row] = (seen[row] ?? 0) + 1;
    const wanted = {
      name: `Олена Шевченко, ${row}`,
      email: `olena.${row}@example.com`,
      phone: `+38044${String(row).padStart(7, '0')}`,
      city: 'Київ',
      amount: `${row}.50`,
      since: '2024-02-29',
      origin: 'csv',
    };
    if (JSON.stringify(rest) !== JSON.stringify(wanted)) isFaithful = false;
  }
  return { lines, isFaithful: isFaithful && seen.every((times) => times === 1) };
}

async function main(): Promise<void> {
  const { openTestServices } = (await import(
    pathToFileURL(join(findProjectFolder(), 'tests/setup/services.mjs')).href
  )) as { openTestServices(): Promise<{ readonly address: string; close(): Promise<void> }> };
  const services = await openTestServices();
  process.env.PIPEWRIGHT_TEST_SERVICES = services.address;
  try {
    const figures = await transferLargeCsv(Number(process.argv[2] ?? 340_000));
    console.log(JSON.stringify(figures));
    process.exitCode = figures.peakMb <= 400 && figures.isFaithful && figures.lines === figures.rows ? 0 : 1;
  } finally {
    await services.close();
  }
}

if (process.argv[1]?.endsWith('large-csv.ts') === true) await main();
