import type { Cursor } from '../../core/cursor.js';
import { Failure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { maxPreviewChanges, previewPlace } from '../../store/previews.js';
import type { Dependencies } from '../dependencies.js';
import type { FlowEnvironment } from '../transfer/flow-environment.js';
import { contentHashOf } from '../transfer/hashing.js';
import { jobOfPage, readWithPatience } from '../transfer/intake.js';
import { type KeysInFlight, matchChanges } from '../transfer/match.js';
import type { PageJob, PreparedChange } from '../transfer/page-job.js';
import { preparePage } from '../transfer/prepare.js';
import { previewedPrefix } from '../transfer/references.js';

type Progress = { readonly cursor: Cursor | null; readonly isEnd: boolean } | null;

/**
 * The same path as a run, with the writes held back: reads, maps and matches every page, and stores what would be
 * written with what stands at the target now. Links, checkpoint and target stay as they are.
 */
export async function recordPreview(
  deps: Dependencies,
  env: FlowEnvironment,
  progress: Progress,
  signal: AbortSignal,
): Promise<'more' | 'end'> {
  if (progress?.isEnd === true) return 'end';
  const endsAt = performance.now() + deps.slices.budgetMs;
  const targetKeys: KeysInFlight = new Map();
  const { checkpoint } = env.lease.state;
  let cursor = progress?.cursor ?? checkpoint.cursor;
  for (;;) {
    const page = await readWithPatience(env, cursor, signal);
    const job = jobOfPage(env, page);
    await preparePage(env, job, null, signal);
    if (job.changes.length > 0) await matchChanges(env, job, targetKeys, signal);
    await storePage(deps, env, job, signal);
    cursor = page.next;
    if (cursor === null) return 'end';
    if (performance.now() > endsAt) return 'more';
  }
}

async function storePage(deps: Dependencies, env: FlowEnvironment, job: PageJob, signal: AbortSignal): Promise<void> {
  const previewId = env.previewId ?? '';
  const before = await readBefore(env, job.changes, signal);
  await deps.store.account(env.place.accountId, async (tx) => {
    // Flows are previewed side by side: each page takes its numbers, and adds its checkpoints, one after the other.
    await tx.selectFrom('preview').select('id').where('id', '=', previewId).forUpdate().executeTakeFirst();
    const row = await tx
      .selectFrom('preview_change')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('preview_id', '=', previewId)
      .executeTakeFirst();
    let seq = Number(row?.seq ?? 0);
    if (seq + job.changes.length > maxPreviewChanges) throw tooMany();
    for (const change of job.changes) {
      seq += 1;
      const present = before.get(change) ?? null;
      const written = withReferences(change);
      await tx
        .insertInto('preview_change')
        .values({
          preview_id: previewId,
          seq,
          account_id: env.place.accountId,
          flow_id: env.place.flowId,
          source_key: change.sourceKey,
          part: change.part,
          operation: change.operation,
          target_key: change.targetKey,
          before_hash: present === null ? null : Buffer.from(contentHashOf(present), 'hex'),
          body: env.seal(previewPlace(previewId, seq), bodyOf(change, present, written)),
        })
        .execute();
    }
    await count(env, job, tx);
    await keepCheckpoints(env, job, previewId, tx);
  });
}

/** What apply needs to perform exactly this: fields, references still open, hash, late references, the raw record. */
function bodyOf(
  change: PreparedChange,
  before: JsonObject | null,
  written: { after: JsonObject; refs: JsonValue[] },
): JsonObject {
  return {
    target: change.target,
    after: written.after,
    refs: written.refs,
    before,
    contentHash: change.contentHash,
    lateRefs: change.lateRefs as unknown as JsonValue,
    record: change.record as JsonObject,
  };
}

/** Ids of records that do not exist yet are shown as `{ "$ref": "<flow id>/<source key>" }` and listed to be filled in. */
function withReferences(change: PreparedChange): { after: JsonObject; refs: JsonValue[] } {
  const after: JsonObject = {};
  const refs: JsonValue[] = [];
  const shown = (field: string, index: number | null, value: JsonValue): JsonValue => {
    if (typeof value !== 'string' || !value.startsWith(previewedPrefix)) return value;
    const [flowId, key, part] = JSON.parse(value.slice(previewedPrefix.length)) as [number, string, string];
    refs.push([field, index, flowId, key, part]);
    return { $ref: key };
  };
  for (const [field, value] of Object.entries(change.fields)) {
    after[field] = Array.isArray(value)
      ? value.map((part, index) => shown(field, index, part))
      : shown(field, null, value);
  }
  return { after, refs };
}

async function readBefore(
  env: FlowEnvironment,
  changes: readonly PreparedChange[],
  signal: AbortSignal,
): Promise<ReadonlyMap<PreparedChange, JsonObject>> {
  const before = new Map<PreparedChange, JsonObject>();
  for (const target of env.targets) {
    const mine = changes.filter((change) => change.target === target.index && change.targetKey !== null);
    if (mine.length === 0 || target.writer.readByKey === undefined) continue;
    const keys = mine.map((change) => change.targetKey as string);
    const found = new Map((await target.writer.readByKey(keys, signal)).map((hit) => [hit.targetKey, hit.fields]));
    for (const change of mine) {
      const present = found.get(change.targetKey as string);
      if (present !== undefined) before.set(change, presentFields(present, Object.keys(change.fields)));
    }
  }
  return before;
}

/** The mapped fields as they are at the target; an absent one counts as null. */
export function presentFields(present: Readonly<JsonObject>, names: readonly string[]): JsonObject {
  const fields: JsonObject = {};
  for (const name of names) fields[name] = present[name] ?? null;
  return fields;
}

type PreviewTx = Parameters<Parameters<Dependencies['store']['account']>[1]>[0];

/** The run's counts say what would be written: held-back changes count as written. */
async function count(env: FlowEnvironment, job: PageJob, tx: PreviewTx): Promise<void> {
  for (const target of env.targets) {
    const counts = job.count(target.index);
    const held = job.changes.filter((change) => change.target === target.index);
    const deleted = held.filter((change) => change.operation === 'delete').length;
    await tx
      .updateTable('run_flow')
      .set((eb) => ({
        read: eb('read', '+', counts.read),
        filtered: eb('filtered', '+', counts.filtered),
        sources: eb('sources', '+', counts.sources),
        produced: eb('produced', '+', counts.produced),
        written: eb('written', '+', counts.written + held.length - deleted),
        unchanged: eb('unchanged', '+', counts.unchanged),
        deleted: eb('deleted', '+', deleted),
        dead_letters: eb('dead_letters', '+', counts.deadLetters),
        waiting: eb('waiting', '+', counts.waiting),
        pages: eb('pages', '+', 1),
        progress: JSON.stringify({ cursor: job.end?.next ?? null, isEnd: job.end?.next === null }),
      }))
      .where('run_id', '=', env.place.runId)
      .where('flow_id', '=', env.place.flowId)
      .where('target', '=', target.plan.name)
      .execute();
  }
}

/** Where the flow stood and where it will stand: apply is refused when the first is no longer true. */
async function keepCheckpoints(env: FlowEnvironment, job: PageJob, previewId: string, tx: PreviewTx): Promise<void> {
  const row = await tx
    .selectFrom('preview')
    .select(['before', 'after'])
    .where('id', '=', previewId)
    .executeTakeFirstOrThrow();
  const { checkpoint } = env.lease.state;
  const name = env.flow.id;
  const next = job.end?.next ?? null;
  const bookmark = next === null ? (job.end?.bookmark ?? checkpoint.bookmark) : checkpoint.bookmark;
  await tx
    .updateTable('preview')
    .set({
      before: JSON.stringify({ [name]: checkpoint, ...row.before }),
      after: JSON.stringify({ ...row.after, [name]: { version: 1, cursor: next, bookmark } }),
    })
    .where('id', '=', previewId)
    .execute();
}

function tooMany(): Failure {
  return new Failure('preview/too_large', {
    message: `The preview would hold more than ${maxPreviewChanges} changes.`,
    hint: 'Narrow the flow with a filter or a later `start`, or run it without a preview.',
  });
}
