import { sql } from 'kysely';
import type { Checkpoint, Cursor } from '../../core/cursor.js';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { type LateRefRow, linkStates } from '../../store/commits.js';
import { findLinks, linkId } from '../../store/links.js';
import { previewPlace } from '../../store/previews.js';
import type { Dependencies } from '../dependencies.js';
import { addDeadLetter } from '../transfer/dead-letters.js';
import type { FlowEnvironment } from '../transfer/flow-environment.js';
import { contentHashOf, recordKeyOf } from '../transfer/hashing.js';
import { Mover } from '../transfer/mover.js';
import { PageJob, type PreparedChange } from '../transfer/page-job.js';
import { bookWritten } from '../transfer/send.js';
import { presentFields } from './record.js';

type Progress = { readonly cursor: Cursor | null; readonly isEnd: boolean } | null;

const changesPerPage = 200;

interface StoredChange {
  readonly seq: number;
  readonly source_key: string;
  readonly part: string;
  readonly operation: string;
  readonly target_key: string | null;
  readonly before_hash: Buffer | null;
  readonly body: Buffer;
}

/**
 * Performs exactly the changes of a preview, in its order, and then moves the checkpoint to the preview's. A record
 * that changed at the target since then is not written; it becomes a dead letter that says so.
 */
export async function applyPreview(
  deps: Dependencies,
  env: FlowEnvironment,
  progress: Progress,
  signal: AbortSignal,
): Promise<'more' | 'end' | 'paused' | 'cancelled'> {
  const previewId = env.options.previewId ?? '';
  const preview = await deps.store.account(env.place.accountId, (tx) =>
    tx.selectFrom('preview').select(['before', 'after']).where('id', '=', previewId).executeTakeFirstOrThrow(),
  );
  const after = preview.after[env.flow.id];
  if (after === undefined || progress?.isEnd === true) return 'end';
  if (progress === null) checkUnmoved(env, preview.before[env.flow.id] ?? null);
  const feed = new PreviewFeed(deps, env, previewId, Number(progress?.cursor ?? 0), signal);
  const mover = new Mover(env, {
    budgetMs: deps.slices.budgetMs,
    pagesInFlight: 2,
    readsPages: false,
    keepsProgressWith: 'run',
    position: { cursor: null, isEnd: false },
    isFirst: false,
    watch: null,
    feed,
    signal,
  });
  const end = await mover.run();
  if (end === 'end') await moveCheckpoint(deps, env, after as unknown as Checkpoint);
  return end;
}

function checkUnmoved(env: FlowEnvironment, before: JsonValue): void {
  if (stableStringify(before) === stableStringify(env.lease.state.checkpoint as unknown as JsonValue)) return;
  throw new Failure('preview/outdated', {
    message: `Flow \`${env.flow.id}\` has moved on since the preview was made.`,
    hint: 'Make a new preview and apply that one.',
  });
}

async function moveCheckpoint(deps: Dependencies, env: FlowEnvironment, after: Checkpoint): Promise<void> {
  await deps.store.account(env.place.accountId, async (tx) => {
    await tx
      .updateTable('flow')
      .set({ checkpoint: JSON.stringify(after) })
      .where('id', '=', env.place.flowId)
      .where('lease_token', '=', env.place.token)
      .execute();
    await sql`update run_flow set progress = ${JSON.stringify({ cursor: null, isEnd: true })}::jsonb
      where run_id = ${env.place.runId} and flow_id = ${env.place.flowId}`.execute(tx);
    await tx
      .updateTable('preview')
      .set({ state: 'applied' })
      .where('id', '=', env.options.previewId ?? '')
      .execute();
  });
}

/** The stored changes of one flow as jobs of the mover. */
class PreviewFeed {
  readonly #stored = new Map<PageJob, readonly StoredChange[]>();

  constructor(
    readonly deps: Dependencies,
    readonly env: FlowEnvironment,
    readonly previewId: string,
    private afterSeq: number,
    readonly signal: AbortSignal,
  ) {}

  async next(): Promise<PageJob | null> {
    const { env } = this;
    const rows = await this.deps.store.account(env.place.accountId, (tx) =>
      tx
        .selectFrom('preview_change')
        .selectAll()
        .where('preview_id', '=', this.previewId)
        .where('flow_id', '=', env.place.flowId)
        .where('seq', '>', this.afterSeq)
        .orderBy('seq')
        .limit(changesPerPage)
        .execute(),
    );
    if (rows.length === 0) return null;
    this.afterSeq = rows.at(-1)?.seq ?? this.afterSeq;
    const items = rows.map((row) => ({
      record: {},
      sourceKey: row.source_key,
      isDeletion: false,
      touchedSeq: null,
      waiting: null,
      refusal: null,
    }));
    const job = new PageJob(items, { next: this.afterSeq, bookmark: null }, env.targets.length);
    this.#stored.set(job, rows);
    return job;
  }

  async prepare(job: PageJob): Promise<void> {
    const { env } = this;
    const rows = this.#stored.get(job) ?? [];
    this.#stored.delete(job);
    const links = await findLinks(
      env.store,
      env.place.accountId,
      env.place.flowId,
      rows.map((row) => row.source_key),
    );
    const changes: { change: PreparedChange; row: StoredChange }[] = [];
    for (const row of rows) {
      job.countAll('read');
      job.countAll('sources');
      const change = await this.#changeOf(row, links.get(linkId(row.source_key, row.part)));
      job.count(change.target).produced += 1;
      if (isWrittenAlready(change)) bookWritten(env, job, change, change.link?.targetKey ?? '');
      else changes.push({ change, row });
    }
    const moved = await this.#changedSince(changes);
    for (const { change } of changes) {
      if (moved.has(change))
        addDeadLetter(env, job, change.target, change, change.part, changedSince(change).toReport());
      else job.changes.push(change);
    }
  }

  async #changeOf(row: StoredChange, link: PreparedChange['link']): Promise<PreparedChange> {
    const { env } = this;
    const opened = await env.unseal(previewPlace(this.previewId, row.seq), row.body);
    const body = isJsonObject(opened) ? opened : {};
    const fields = isJsonObject(body.after) ? body.after : {};
    const isFilled = await this.#fillReferences(fields, Array.isArray(body.refs) ? body.refs : []);
    const made = row.operation === 'create' ? madeBefore(link) : null;
    return {
      target: Number(body.target ?? 0),
      sourceKey: row.source_key,
      part: row.part,
      recordKey: recordKeyOf(env.place.pipelineUid, env.flow.id, row.source_key, row.part),
      fields,
      // With real ids filled in the content is what a later run will map, so that run finds it unchanged.
      contentHash: isFilled ? contentHashOf(fields) : String(body.contentHash ?? ''),
      link,
      lateRefs: (Array.isArray(body.lateRefs) ? body.lateRefs : []) as unknown as readonly LateRefRow[],
      record: isJsonObject(body.record) ? body.record : {},
      operation: made === null ? (row.operation as PreparedChange['operation']) : 'update',
      targetKey: made ?? row.target_key,
    };
  }

  async #fillReferences(fields: JsonObject, refs: readonly JsonValue[]): Promise<boolean> {
    for (const ref of refs) {
      const [field, index, flowId, key, part] = ref as [string, number | null, number, string, string];
      const links = await findLinks(this.env.store, this.env.place.accountId, flowId, [key]);
      const targetKey = links.get(linkId(key, part))?.targetKey ?? null;
      if (index === null) fields[field] = targetKey;
      else (fields[field] as JsonValue[])[index] = targetKey;
    }
    return refs.length > 0;
  }

  /** Records that are not at the target as the preview saw them. */
  async #changedSince(
    changes: readonly { change: PreparedChange; row: StoredChange }[],
  ): Promise<ReadonlySet<PreparedChange>> {
    const moved = new Set<PreparedChange>();
    for (const target of this.env.targets) {
      const mine = changes.filter(
        ({ change }) => change.target === target.index && change.targetKey !== null && madeBefore(change.link) === null,
      );
      if (mine.length === 0 || target.writer.readByKey === undefined) continue;
      const keys = mine.map(({ change }) => change.targetKey as string);
      const found = new Map(
        (await target.writer.readByKey(keys, this.signal)).map((hit) => [hit.targetKey, hit.fields]),
      );
      for (const { change, row } of mine) {
        const present = found.get(change.targetKey as string);
        const isSame =
          present === undefined
            ? row.before_hash === null
            : row.before_hash?.toString('hex') === contentHashOf(presentFields(present, Object.keys(change.fields)));
        if (!isSame) moved.add(change);
      }
    }
    return moved;
  }
}

/** The record that an attempt made which broke off: it differs from what the preview saw, but by our own hand. */
function madeBefore(link: PreparedChange['link']): string | null {
  return link?.state === linkStates.recovered ? link.targetKey : null;
}

/** Written by an attempt that broke off before it could say so. */
function isWrittenAlready({ link, contentHash }: PreparedChange): boolean {
  return link?.state === linkStates.recovered && link.contentHash === contentHash;
}

function changedSince(change: PreparedChange): Failure {
  return new Failure('preview/changed_since', {
    message: `Record \`${change.targetKey}\` was changed at the target after the preview was made, so it was not written.`,
    hint: 'Look at it, then resend this record or make a new preview.',
    details: { targetKey: change.targetKey },
  });
}
