import { sql } from 'kysely';
import type { Store } from './database.js';

/** What the gauges of `/metrics` show, over all accounts, in one look. */
export async function readStore(store: Store): Promise<{
  outboxRows: number;
  outboxOldestSeconds: number;
  runsByState: Record<string, number>;
  deadLettersOpen: number;
  waitingRecords: number;
  touchedRows: number;
  openBatches: number;
  sweepFindings: number;
  records: Record<string, number>;
}> {
  return store.system(async (tx) => {
    const one = await sql<Record<string, number | null>>`
      select (select count(*) from outbox)::int as outbox_rows,
             (select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) from outbox)::float8 as outbox_age,
             (select count(*) from dead_letter where state = 'open')::int as dead_letters,
             (select count(*) from waiting_record)::int as waiting,
             (select count(*) from touched)::int as touched,
             (select count(*) from batch where recovered_at is null)::int as batches,
             (select count(*) from sweep_finding)::int as findings`.execute(tx);
    const runs = await sql<{ state: string; number: number }>`
      select state, count(*)::int as number from run group by state`.execute(tx);
    const records = await sql<Record<string, number | null>>`
      select coalesce(sum(written), 0)::float8 as written, coalesce(sum(unchanged), 0)::float8 as unchanged,
             coalesce(sum(deleted), 0)::float8 as deleted, coalesce(sum(dead_letters), 0)::float8 as dead_letters,
             coalesce(sum(waiting), 0)::float8 as waiting from run_flow`.execute(tx);
    const row = one.rows[0] ?? {};
    return {
      outboxRows: row.outbox_rows ?? 0,
      outboxOldestSeconds: row.outbox_age ?? 0,
      deadLettersOpen: row.dead_letters ?? 0,
      waitingRecords: row.waiting ?? 0,
      touchedRows: row.touched ?? 0,
      openBatches: row.batches ?? 0,
      sweepFindings: row.findings ?? 0,
      runsByState: Object.fromEntries(runs.rows.map((run) => [run.state, run.number])),
      records: Object.fromEntries(Object.entries(records.rows[0] ?? {}).map(([name, value]) => [name, value ?? 0])),
    };
  });
}
