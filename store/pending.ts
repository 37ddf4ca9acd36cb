import type { AccountId, Store } from './database.js';

/** Rows that a flow has to take up besides its pages: touched records, waiting children, late references. */
export interface TouchedRow {
  readonly sourceKey: string;
  readonly seq: number;
  readonly isDeletion: boolean;
  readonly record: Buffer | null;
}

export async function takeTouched(
  store: Store,
  accountId: AccountId,
  flowId: number,
  limit: number,
): Promise<readonly TouchedRow[]> {
  const { rows } = await store.accountQuery<{
    source_key: string;
    seq: number;
    is_deletion: boolean;
    record: Buffer | null;
  }>(accountId, {
    name: 'take-touched',
    text: 'select source_key, seq, is_deletion, record from touched where flow_id = $1 order by seq limit $2',
    values: [flowId, limit],
  });
  return rows.map((row) => ({
    sourceKey: row.source_key,
    seq: row.seq,
    isDeletion: row.is_deletion,
    record: row.record,
  }));
}

/** Notes that records were touched; a record touched again gets a new sequence number and its newest body. */
export async function addTouched(
  store: Store,
  accountId: AccountId,
  flowId: number,
  rows: readonly { readonly sourceKey: string; readonly isDeletion: boolean; readonly record: Buffer | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await store.accountQuery(accountId, {
    text: `insert into touched (flow_id, account_id, source_key, is_deletion, record)
       select distinct on (n.source_key) $1::bigint, $2::uuid, n.source_key, n.is_deletion, n.record
         from unnest($3::text[], $4::boolean[], $5::bytea[]) with ordinality as n(source_key, is_deletion, record, place)
        order by n.source_key, n.place desc
       on conflict (flow_id, source_key) do update
         set seq = default, touched_at = now(), is_deletion = excluded.is_deletion, record = excluded.record`,
    values: [
      flowId,
      accountId,
      rows.map((row) => row.sourceKey),
      rows.map((row) => row.isDeletion),
      rows.map((row) => row.record),
    ],
  });
}

export interface TakenWaiting {
  readonly sourceKey: string;
  readonly part: string;
  readonly runId: string;
  readonly record: Buffer;
}

/** Waiting records of a flow whose parent has a link now, after the given place in key order. */
export async function takeResolvable(
  store: Store,
  accountId: AccountId,
  flowId: number,
  after: { readonly sourceKey: string; readonly part: string } | null,
  limit: number,
): Promise<readonly TakenWaiting[]> {
  const result = await store.accountQuery<{ source_key: string; part: string; run_id: string; record: Buffer }>(
    accountId,
    {
      text: `select w.source_key, w.part, w.run_id, w.record from waiting_record w
        where w.flow_id = $1 and (w.source_key, w.part) > ($2, $3)
          and exists (select from link l where l.flow_id = w.needs_flow and l.source_key = w.needs_key and l.part = w.needs_part and l.state in (1, 3))
        order by w.source_key, w.part limit $4`,
      values: [flowId, after?.sourceKey ?? '', after?.part ?? '', limit],
    },
  );
  return result.rows.map((row) => ({
    sourceKey: row.source_key,
    part: row.part,
    runId: row.run_id,
    record: row.record,
  }));
}

/** All waiting records of a flow, in key order. */
export async function takeWaiting(
  store: Store,
  accountId: AccountId,
  flowId: number,
  limit: number,
): Promise<readonly (TakenWaiting & { needsFlow: number; needsKey: string })[]> {
  return store.account(accountId, async (tx) => {
    const rows = await tx
      .selectFrom('waiting_record')
      .selectAll()
      .where('flow_id', '=', flowId)
      .orderBy('source_key')
      .orderBy('part')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      sourceKey: row.source_key,
      part: row.part,
      runId: row.run_id,
      record: row.record,
      needsFlow: row.needs_flow,
      needsKey: row.needs_key,
    }));
  });
}

export interface ResolvableLateRef {
  readonly sourceKey: string;
  readonly part: string;
  readonly field: string;
  readonly isList: boolean;
  /** The record's own key at its target. */
  readonly targetId: number;
  readonly targetKey: string;
  /** Keys of the referred records at their target, in the order of the reference. */
  readonly refTargetKeys: readonly string[];
}

/** Late references whose own record and all referred records have links now. */
export async function takeLateRefs(
  store: Store,
  accountId: AccountId,
  flowId: number,
  limit: number,
): Promise<readonly ResolvableLateRef[]> {
  const result = await store.accountClient(accountId, (client) =>
    client.query<{
      source_key: string;
      part: string;
      field: string;
      is_list: boolean;
      target_id: number;
      target_key: string;
      keys: string[];
    }>(
      `select r.source_key, r.part, r.field, r.is_list, own.target_id, own.target_key, parent.keys
         from late_ref r
         join link own on own.flow_id = r.flow_id and own.source_key = r.source_key and own.part = r.part and own.state in (1, 3)
         cross join lateral (
           select array_agg(p.target_key order by k.place) as keys, count(p.target_key) as found
             from unnest(r.ref_keys) with ordinality as k(key, place)
             left join link p on p.flow_id = r.ref_flow and p.part = r.ref_part and p.source_key = k.key and p.state in (1, 3)) parent
        where r.flow_id = $1 and parent.found = cardinality(r.ref_keys)
        order by r.source_key, r.part, r.field limit $2`,
      [flowId, limit],
    ),
  );
  return result.rows.map((row) => ({
    sourceKey: row.source_key,
    part: row.part,
    field: row.field,
    isList: row.is_list,
    targetId: row.target_id,
    targetKey: row.target_key,
    refTargetKeys: row.keys,
  }));
}
