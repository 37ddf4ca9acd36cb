import { sql } from 'kysely';
import { Failure } from '../core/failures.js';
import { isJsonObject, type JsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

export type DeadLetterState = 'open' | 'resent' | 'solved' | 'discarded';

export interface DeadLetterView {
  readonly id: string;
  readonly pipeline: string;
  readonly pipelineUid: string;
  readonly flow: string;
  readonly flowId: number;
  readonly runId: string;
  readonly version: number;
  readonly sourceKey: string;
  readonly part: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: JsonObject | null;
  readonly state: DeadLetterState;
  readonly at: Date;
  readonly hasRecord: boolean;
}

export interface DeadLetterFilter {
  readonly pipelineUid?: string;
  readonly flow?: string;
  readonly runId?: string;
  readonly state?: DeadLetterState;
  readonly code?: string;
  readonly ids?: readonly string[];
  /** In order of id, after this one. */
  readonly after?: string | null;
  readonly limit: number;
}

export async function listDeadLetters(tx: Tx, filter: DeadLetterFilter): Promise<readonly DeadLetterView[]> {
  let query = tx
    .selectFrom('dead_letter')
    .innerJoin('pipeline', 'pipeline.uid', 'dead_letter.pipeline_uid')
    .innerJoin('flow', 'flow.id', 'dead_letter.flow_id')
    .select([
      'dead_letter.id',
      'dead_letter.pipeline_uid',
      'dead_letter.flow_id',
      'dead_letter.run_id',
      'dead_letter.version',
      'dead_letter.source_key',
      'dead_letter.part',
      'dead_letter.code',
      'dead_letter.message',
      'dead_letter.hint',
      'dead_letter.details',
      'dead_letter.state',
      'dead_letter.at',
      'pipeline.id as pipeline',
      'flow.name as flow',
    ])
    .select(sql<boolean>`dead_letter.body is not null`.as('has_record'))
    .orderBy('dead_letter.id')
    .limit(filter.limit);
  if (filter.pipelineUid !== undefined) query = query.where('dead_letter.pipeline_uid', '=', filter.pipelineUid);
  if (filter.flow !== undefined) query = query.where('flow.name', '=', filter.flow);
  if (filter.runId !== undefined) query = query.where('dead_letter.run_id', '=', filter.runId);
  if (filter.state !== undefined) query = query.where('dead_letter.state', '=', filter.state);
  if (filter.code !== undefined) query = query.where('dead_letter.code', '=', filter.code);
  if (filter.ids !== undefined) query = query.where('dead_letter.id', 'in', [...filter.ids]);
  if (filter.after != null) query = query.where('dead_letter.id', '>', filter.after);
  return (await query.execute()).map((row) => ({
    id: row.id,
    pipeline: row.pipeline,
    pipelineUid: row.pipeline_uid,
    flow: row.flow,
    flowId: row.flow_id,
    runId: row.run_id,
    version: row.version,
    sourceKey: row.source_key,
    part: row.part,
    code: row.code,
    message: row.message,
    hint: row.hint,
    details: row.details,
    state: row.state,
    at: row.at,
    hasRecord: row.has_record,
  }));
}

/** Throws `api/not_found`. */
export async function getDeadLetter(tx: Tx, id: string): Promise<DeadLetterView> {
  const [row] = await listDeadLetters(tx, { ids: [id], limit: 1 });
  if (row !== undefined) return row;
  throw new Failure('api/not_found', {
    message: `There is no dead letter \`${id}\`.`,
    hint: 'List them with `pipewright dead-letters`.',
  });
}

/** The record as the source gave it (or as it was edited), opened; null where none was kept. */
export async function openDeadLetter(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  id: string,
): Promise<JsonObject | null> {
  const row = await tx.selectFrom('dead_letter').select('body').where('id', '=', id).executeTakeFirst();
  if (row?.body == null) return null;
  const record = await vault.open(accountId, bodyPlace(id), row.body);
  return isJsonObject(record) ? record : null;
}

export async function storeDeadLetterRecord(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  id: string,
  record: JsonObject,
): Promise<void> {
  const body = await vault.seal(accountId, bodyPlace(id), record);
  await tx.updateTable('dead_letter').set({ body }).where('id', '=', id).execute();
}

export async function setDeadLetterStates(tx: Tx, ids: readonly string[], state: DeadLetterState): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await tx
    .updateTable('dead_letter')
    .set({ state })
    .where('id', 'in', [...ids])
    .where('state', 'in', ['open', 'resent'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Hands the records of dead letters to their flow as touched rows; the next run of that flow takes them. */
export async function touchRecords(
  tx: Tx,
  accountId: AccountId,
  rows: readonly { readonly flowId: number; readonly sourceKey: string; readonly record: Buffer | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into touched (flow_id, account_id, source_key, record)
    select distinct on (n.flow_id, n.source_key) n.flow_id, ${accountId}::uuid, n.source_key, n.record
      from unnest(${rows.map((row) => row.flowId)}::bigint[], ${rows.map((row) => row.sourceKey)}::text[],
                  ${rows.map((row) => row.record)}::bytea[]) with ordinality as n(flow_id, source_key, record, place)
     order by n.flow_id, n.source_key, n.place desc
    on conflict (flow_id, source_key) do update
      set seq = default, touched_at = now(), is_deletion = false, record = excluded.record`.execute(tx);
}

/** Where a touched record is sealed, as the data path opens it. */
export function touchedPlace(sourceKey: string): string {
  return `touched|${sourceKey}`;
}

function bodyPlace(id: string): string {
  return `dead_letter|${id}`;
}
