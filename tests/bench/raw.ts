import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { parse } from 'csv-parse';
import pg from 'pg';
import { Agent, request } from 'undici';
import { mapByHand, mapRowByHand } from './mapping.js';

/** What the raw loop is told: where to read, where to write. */
interface RawOrder {
  readonly source: { readonly url: string; readonly token: string } | { readonly path: string };
  readonly target:
    | { readonly kind: 'http'; readonly url: string; readonly token: string; readonly mode: 'upsert' | 'create' }
    | { readonly kind: 'postgres'; readonly connectionString: string; readonly table: string }
    | { readonly kind: 'jsonl'; readonly path: string };
}

const pageSize = 250;
const batchesInFlight = 3;

type Row = (ReturnType<typeof mapByHand> & { external_id: string }) | ReturnType<typeof mapRowByHand>;

// The plain loop that every ratio is measured against: keep-alive, one page of read-ahead, three batches in flight,
// hand-written mapping, no guarantee at all.
const order = JSON.parse(process.argv[2] ?? '{}') as RawOrder;
const agent = new Agent({ connections: 8, pipelining: 1 });

type Page = { items: Record<string, never>[]; next_cursor: string | null };

async function fetchPage(from: { url: string; token: string }, cursor: string | null): Promise<Page> {
  const url = `${from.url}/contacts?limit=${pageSize}${cursor === null ? '' : `&cursor=${cursor}`}`;
  const answer = await request(url, { dispatcher: agent, headers: { authorization: `Bearer ${from.token}` } });
  return (await answer.body.json()) as Page;
}

/** Mapped rows, page by page. */
async function* readRows(): AsyncGenerator<Row[]> {
  const from = order.source;
  if ('path' in from) {
    yield* readCsv(from.path);
    return;
  }
  let ahead: Promise<Page> | null = fetchPage(from, null);
  while (ahead !== null) {
    const page: Page = await ahead;
    ahead = page.next_cursor === null ? null : fetchPage(from, page.next_cursor);
    yield page.items.map((item) => ({ ...mapByHand(item), external_id: String(item.id) }));
  }
}

async function* readCsv(path: string): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  for await (const row of createReadStream(path).pipe(parse({ columns: true }))) {
    rows.push(mapRowByHand(row as Record<string, string>));
    if (rows.length < pageSize) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

async function httpWriter(
  target: Extract<RawOrder['target'], { kind: 'http' }>,
): Promise<(rows: Row[]) => Promise<void>> {
  return async (rows) => {
    const answer = await request(`${target.url}/contacts/batch`, {
      method: 'POST',
      dispatcher: agent,
      headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ mode: target.mode, items: rows }),
    });
    const body = (await answer.body.json()) as { results: unknown[] };
    if (body.results.length !== rows.length) throw new Error('results are missing');
  };
}

async function postgresWriter(
  target: Extract<RawOrder['target'], { kind: 'postgres' }>,
): Promise<(rows: Row[]) => Promise<void>> {
  const pool = new pg.Pool({ connectionString: target.connectionString, max: batchesInFlight });
  const columns = [
    'external_id',
    'name',
    'email',
    'phone',
    'position',
    'birthday',
    'owner',
    'first_name',
    'last_name',
  ] as const;
  return async (rows) => {
    await pool.query({
      name: 'raw-upsert',
      text: `insert into ${target.table} (${columns.join(', ')}) select * from unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(', ')})
             on conflict (external_id) do update set ${columns
               .slice(1)
               .map((column) => `${column} = excluded.${column}`)
               .join(', ')}`,
      values: columns.map((column) => rows.map((row) => row[column as keyof Row])),
    });
  };
}

async function fileWriter(
  target: Extract<RawOrder['target'], { kind: 'jsonl' }>,
): Promise<(rows: Row[]) => Promise<void>> {
  const stream = createWriteStream(target.path);
  return async (rows) => {
    if (!stream.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`)) await once(stream, 'drain');
  };
}

const began = performance.now();
const write =
  order.target.kind === 'http'
    ? await httpWriter(order.target)
    : order.target.kind === 'postgres'
      ? await postgresWriter(order.target)
      : await fileWriter(order.target);
const inFlight = new Set<Promise<void>>();
let count = 0;
for await (const rows of readRows()) {
  count += rows.length;
  while (inFlight.size >= batchesInFlight) await Promise.race(inFlight);
  const sending: Promise<void> = write(rows).finally(() => inFlight.delete(sending));
  inFlight.add(sending);
}
await Promise.all(inFlight);
const usage = process.resourceUsage();
process.stdout.write(
  `${JSON.stringify({ count, ms: performance.now() - began, cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1_000, peakMb: usage.maxRSS / 1_024 })}\n`,
  () => process.exit(0),
);
