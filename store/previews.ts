import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

const lifeHours = 24;
export const maxPreviewChanges = 50_000;

export interface PreviewRow {
  readonly id: string;
  readonly pipelineUid: string;
  readonly version: number;
  readonly runId: string;
  readonly state: 'open' | 'ready' | 'applied' | 'failed';
  readonly summary: JsonObject;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** One held-back write as it is shown and, later, performed. */
export interface PreviewChange {
  readonly seq: number;
  readonly flow: string;
  readonly sourceKey: string;
  readonly part: string;
  readonly operation: 'create' | 'update' | 'upsert' | 'delete';
  readonly targetKey: string | null;
  /** Mapped fields as they would be written; a reference to a record of the same preview stands as `{ "$ref": ... }`. */
  readonly after: JsonObject;
  /** The same fields as they are at the target now; null where the record is not there. */
  readonly before: JsonObject | null;
}

/** Makes the row of a preview that a run of kind `preview` is about to fill. */
export async function createPreview(
  tx: Tx,
  accountId: AccountId,
  preview: { readonly id: string; readonly pipelineUid: string; readonly version: number; readonly runId: string },
): Promise<void> {
  await tx
    .insertInto('preview')
    .values({
      id: preview.id,
      account_id: accountId,
      pipeline_uid: preview.pipelineUid,
      version: preview.version,
      run_id: preview.runId,
      state: 'open',
      before: '{}',
      after: '{}',
      summary: '{}',
      expires_at: sql<Date>`clock_timestamp() + ${lifeHours} * interval '1 hour'` as never,
    })
    .execute();
}

export function newPreviewId(): string {
  return uuidv7();
}

/** Throws `api/not_found`, or `preview/expired` once its 24 hours are over. */
export async function getPreview(tx: Tx, id: string): Promise<PreviewRow> {
  const row = /^[0-9a-f-]{36}$/.test(id)
    ? await tx.selectFrom('preview').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined;
  if (row === undefined) {
    throw new Failure('api/not_found', {
      message: `There is no preview \`${id}\`.`,
      hint: 'Previews live for 24 hours; make a new one with `pipewright preview <pipeline>`.',
    });
  }
  if (row.expires_at.getTime() < Date.now()) {
    throw new Failure('preview/expired', {
      message: `Preview \`${id}\` is older than ${lifeHours} hours.`,
      hint: 'Make a new one with `pipewright preview <pipeline>`.',
    });
  }
  return {
    id: row.id,
    pipelineUid: row.pipeline_uid,
    version: row.version,
    runId: row.run_id,
    state: row.state,
    summary: row.summary,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export interface ChangesFilter {
  /** Only those behind this number. */
  readonly after: number;
  readonly limit: number;
  readonly flow?: string;
  readonly operation?: PreviewChange['operation'];
}

/** A page of a preview's changes, decrypted, in the order in which they would be written. */
export async function readPreviewChanges(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  id: string,
  { after, limit, flow, operation }: ChangesFilter,
): Promise<readonly PreviewChange[]> {
  const rows = await tx
    .selectFrom('preview_change')
    .innerJoin('flow', 'flow.id', 'preview_change.flow_id')
    .selectAll('preview_change')
    .select('flow.name as flow')
    .where('preview_id', '=', id)
    .where('seq', '>', after)
    .$if(flow !== undefined, (query) => query.where('flow.name', '=', flow ?? ''))
    .$if(operation !== undefined, (query) => query.where('operation', '=', operation ?? ''))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const body = asObject(await vault.open(accountId, previewPlace(id, row.seq), row.body));
      return {
        seq: row.seq,
        flow: row.flow,
        sourceKey: row.source_key,
        part: row.part,
        operation: row.operation as PreviewChange['operation'],
        targetKey: row.target_key,
        after: asObject(body.after ?? {}),
        before: isJsonObject(body.before) ? body.before : null,
      };
    }),
  );
}

/** Whether a flow of the preview stands elsewhere than when it was made: then it cannot be applied any more. */
export async function hasMovedOn(tx: Tx, id: string): Promise<boolean> {
  const moved = await sql<{ moved: boolean }>`
    select exists (
      select from preview p cross join lateral jsonb_each(p.before) as stood (name, checkpoint)
        join flow f on f.pipeline_uid = p.pipeline_uid and f.name = stood.name
       where p.id = ${id} and f.checkpoint <> stood.checkpoint) as moved`.execute(tx);
  return moved.rows[0]?.moved === true;
}

/** The run that applied the preview, or tried to, last; null where nobody has yet. */
export async function findApplyRun(tx: Tx, id: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select r.id from run r join preview p on p.pipeline_uid = r.pipeline_uid
     where p.id = ${id} and r.kind = 'apply' and r.options->>'previewId' = ${id}
     order by r.opened_at desc limit 1`.execute(tx);
  return found.rows[0]?.id ?? null;
}

export function previewPlace(id: string, seq: number): string {
  return `preview|${id}|${seq}`;
}

function asObject(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}
