import type { AccountId, Store } from './database.js';

/** The read-only SQL views that outside tools rely on, with the columns one may filter by. */
export const viewFilters = {
  v_record_map: ['pipeline', 'flow', 'source_key', 'part', 'target_stream', 'target_key', 'state'],
  v_runs: ['run_id', 'pipeline', 'flow', 'state'],
  v_reconciliation: ['run_id', 'flow', 'target'],
  v_dead_letters: ['id', 'run_id', 'pipeline', 'flow', 'source_key', 'code', 'state'],
  v_audit: ['actor', 'action', 'object'],
} as const satisfies Record<string, readonly string[]>;

export type ViewName = keyof typeof viewFilters;

const orders: Record<ViewName, string> = {
  v_record_map: 'pipeline, flow, source_key, part',
  v_runs: 'run_id, flow',
  v_reconciliation: 'run_id, flow, target',
  v_dead_letters: 'id',
  v_audit: 'seq',
};

const rowsAtOnce = 1_000;

/**
 * Reads a view chunk by chunk from one snapshot; `take` is awaited, so a slow reader slows the reading, and says
 * whether to go on: a reader that has left ends it.
 */
export async function readView(
  store: Store,
  accountId: AccountId,
  name: ViewName,
  filters: Readonly<Record<string, string>>,
  take: (rows: readonly Record<string, unknown>[]) => Promise<boolean>,
): Promise<void> {
  const columns = Object.keys(filters).filter((column) => (viewFilters[name] as readonly string[]).includes(column));
  const where = columns.map((column, index) => `${column}::text = $${index + 1}`).join(' and ');
  await store.accountClient(accountId, async (client) => {
    await client.query(
      `declare view_rows no scroll cursor for select * from ${name} ${where === '' ? '' : `where ${where}`} order by ${orders[name]}`,
      columns.map((column) => filters[column]),
    );
    for (;;) {
      const { rows } = await client.query<Record<string, unknown>>(`fetch ${rowsAtOnce} from view_rows`);
      if (rows.length === 0) return;
      if (!(await take(rows))) return;
    }
  });
}
