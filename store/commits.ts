import type { Counts } from '../core/counts.js';
import type { Checkpoint, Cursor } from '../core/cursor.js';
import type { JsonValue } from '../core/json.js';
import { numberArray, textArray } from './array-literals.js';
import type { AccountId, Store } from './database.js';
import { leaseMs } from './leases.js';

/**
 * `unknown`: a create whose outcome nobody can tell (targets that cannot recognise a repeat); a person decides.
 * `recovered`: a create that a crash left open and a look-up found at the target; it counts as written when its
 * page is confirmed, and is `confirmed` from then on.
 */
export const linkStates = { unknown: 0, confirmed: 1, deleted: 2, recovered: 3 } as const;

export interface LinkRow {
  readonly sourceKey: string;
  readonly part: string;
  readonly targetId: number;
  /** Null where the state is `unknown`. */
  readonly targetKey: string | null;
  /** Hex digits; empty where nothing is known of the content. */
  readonly contentHash: string;
  readonly state: number;
  /** True when no link stood there before: it can then be inserted without looking. */
  readonly isNew: boolean;
}

/** A batch about to be sent to a target that cannot recognise a repeat: enough to look its members up after a crash. */
export interface IntentRow {
  readonly id: string;
  readonly members: JsonValue;
}

export interface DeadLetterRow {
  readonly id: string;
  readonly sourceKey: string;
  readonly part: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: JsonValue;
  readonly body: Buffer | null;
}

export interface WaitingRow {
  readonly sourceKey: string;
  readonly part: string;
  readonly needsFlow: number;
  readonly needsPart: string;
  readonly needsKey: string;
  readonly record: Buffer;
}

export interface LateRefRow {
  readonly sourceKey: string;
  readonly part: string;
  readonly field: string;
  readonly refFlow: number;
  readonly refPart: string;
  readonly refKeys: readonly string[];
  readonly isList: boolean;
}

/**
 * A run's pass over one flow. `isEnd` keeps a finished pass from beginning again when the answer of the slice that
 * finished it was lost; `cursor` is used by passes that leave the flow's checkpoint alone (backfill).
 */
export interface RunProgress {
  readonly cursor: Cursor | null;
  readonly isEnd: boolean;
}

/** Everything that one transaction of the data path settles. */
export interface Commit {
  readonly links: readonly LinkRow[];
  readonly closedBatches: readonly string[];
  /** Batches of a former holder, settled by look-up; kept for the sweep, which looks for duplicates later. */
  readonly recoveredBatches: readonly string[];
  readonly openedBatches: readonly IntentRow[];
  readonly checkpoint: Checkpoint | null;
  /** How far this run's own pass has come; null leaves it as it is. */
  readonly progress: RunProgress | null;
  readonly positions: Readonly<Record<string, Cursor>> | null;
  /** Counts by target name; read, filtered and sources are the same in each. */
  readonly counts: ReadonlyMap<string, Counts>;
  readonly pages: number;
  readonly deadLetters: readonly DeadLetterRow[];
  /** Records with an open dead letter that have arrived now. */
  readonly solved: readonly { readonly sourceKey: string; readonly part: string }[];
  readonly waiting: readonly WaitingRow[];
  /** Waiting rows that are settled now. */
  readonly noLongerWaiting: readonly { readonly sourceKey: string; readonly part: string }[];
  readonly lateRefs: readonly LateRefRow[];
  readonly settledLateRefs: readonly { readonly sourceKey: string; readonly part: string; readonly field: string }[];
  /** Touched rows handled, with the sequence that was read: a newer touch stays. */
  readonly settledTouches: readonly { readonly sourceKey: string; readonly seq: number }[];
}

export interface CommitPlace {
  readonly accountId: AccountId;
  readonly runId: string;
  readonly pipelineUid: string;
  readonly flowId: number;
  readonly version: number;
  readonly token: number;
}

export interface CommitAnswer {
  /** False: the fence is not mine any more and nothing was stored. */
  readonly isMine: boolean;
  readonly isPauseRequested: boolean;
  readonly isCancelRequested: boolean;
}

/**
 * The hot part of a commit as one statement: move the checkpoint where the fence is mine, insert new links, update
 * changed ones, delete closed batches, insert the next intents (reliability.md D5; figures in docs/benchmarks.md).
 * Everything hangs on the `fence` row, so a stale holder stores nothing.
 */
const hotStatement = `
with fence as (
  update flow set checkpoint = coalesce($3::jsonb, checkpoint), positions = case when $4::jsonb is null then positions else positions || $4::jsonb end,
         lease_until = clock_timestamp() + $5 * interval '1 millisecond'
   where id = $1 and lease_token = $2
  returning id, is_paused),
inserted as (
  insert into link (flow_id, source_key, part, account_id, target_id, target_key, content_hash, version, state)
  select $1, n.source_key, n.part, $6, n.target_id, n.target_key, decode(n.content_hash, 'hex'), $7, n.state
    from fence, unnest($8::text[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::smallint[]) as n(source_key, part, target_id, target_key, content_hash, state)),
changed as (
  insert into link (flow_id, source_key, part, account_id, target_id, target_key, content_hash, version, state)
  select $1, n.source_key, n.part, $6, n.target_id, n.target_key, decode(n.content_hash, 'hex'), $7, n.state
    from fence, unnest($14::text[], $15::text[], $16::bigint[], $17::text[], $18::text[], $19::smallint[]) as n(source_key, part, target_id, target_key, content_hash, state)
  on conflict (flow_id, source_key, part) do update
    set target_id = excluded.target_id, target_key = excluded.target_key, content_hash = excluded.content_hash,
        version = excluded.version, state = excluded.state, updated_at = now()),
closed as (delete from batch where id = any($20::uuid[]) and exists (select from fence)),
opened as (
  insert into batch (id, flow_id, account_id, token, members)
  select n.id, $1, $6, $2, n.members from fence, unnest($21::uuid[], $22::jsonb[]) as n(id, members)),
counted as (
  update run_flow set read = run_flow.read + n.read, filtered = run_flow.filtered + n.filtered, sources = run_flow.sources + n.sources,
         produced = run_flow.produced + n.produced, written = run_flow.written + n.written, unchanged = run_flow.unchanged + n.unchanged,
         deleted = run_flow.deleted + n.deleted, dead_letters = run_flow.dead_letters + n.dead_letters, waiting = run_flow.waiting + n.waiting,
         pages = run_flow.pages + $24, progress = coalesce($25::jsonb, progress)
    from fence, jsonb_to_recordset($26::jsonb) as n(target text, read bigint, filtered bigint, sources bigint, produced bigint,
         written bigint, unchanged bigint, deleted bigint, dead_letters bigint, waiting bigint)
   where run_flow.run_id = $23 and run_flow.flow_id = $1 and run_flow.target = n.target),
keys as (
  insert into run_keys (run_id, flow_id, account_id, source_keys)
  select $23, $1, $6, $27::text[] from fence where cardinality($27::text[]) > 0)
select fence.is_paused or run.pause_requested as paused, run.cancel_requested as cancelled
  from fence, run where run.id = $23`;

export async function commitBatch(store: Store, place: CommitPlace, commit: Commit): Promise<CommitAnswer> {
  try {
    return await commitWith(store, place, commit, false);
  } catch (error) {
    // A "new" link that stands there after all (a page read twice around a take-over): the same commit as an upsert.
    if ((error as { code?: unknown }).code === '23505') return commitWith(store, place, commit, true);
    throw error;
  }
}

async function commitWith(
  store: Store,
  place: CommitPlace,
  commit: Commit,
  areAllUpserts: boolean,
): Promise<CommitAnswer> {
  const query = hotQuery(place, commit, areAllUpserts);
  if (!hasRare(commit)) return answerOf(await store.accountQuery<HotRow>(place.accountId, query));
  return store.accountClient(place.accountId, async (client) => {
    const answer = answerOf(await client.query<HotRow>(query));
    if (answer.isMine) await commitRare(client, place, commit);
    return answer;
  });
}

interface HotRow {
  readonly paused: boolean;
  readonly cancelled: boolean;
}

function answerOf({ rows: [row] }: { readonly rows: readonly HotRow[] }): CommitAnswer {
  if (row === undefined) return { isMine: false, isPauseRequested: false, isCancelRequested: false };
  return { isMine: true, isPauseRequested: row.paused, isCancelRequested: row.cancelled };
}

function hotQuery(place: CommitPlace, commit: Commit, areAllUpserts: boolean) {
  const fresh = areAllUpserts ? [] : commit.links.filter((link) => link.isNew);
  const other = areAllUpserts ? commit.links : commit.links.filter((link) => !link.isNew);
  return {
    name: 'commit-batch',
    text: hotStatement,
    values: [
      place.flowId,
      place.token,
      commit.checkpoint === null ? null : JSON.stringify(commit.checkpoint),
      commit.positions === null ? null : JSON.stringify(commit.positions),
      leaseMs,
      place.accountId,
      place.version,
      ...linkColumns(fresh),
      ...linkColumns(other),
      commit.closedBatches,
      commit.openedBatches.map((batch) => batch.id),
      commit.openedBatches.map((batch) => JSON.stringify(batch.members)),
      place.runId,
      commit.pages,
      commit.progress === null ? null : JSON.stringify(commit.progress),
      JSON.stringify(countRows(commit.counts)),
      textArray(commit.links.map((link) => link.sourceKey)),
    ],
  };
}

function linkColumns(links: readonly LinkRow[]): unknown[] {
  return [
    textArray(links.map((link) => link.sourceKey)),
    textArray(links.map((link) => link.part)),
    numberArray(links.map((link) => link.targetId)),
    textArray(links.map((link) => link.targetKey)),
    textArray(links.map((link) => link.contentHash)),
    numberArray(links.map((link) => link.state)),
  ];
}

function countRows(counts: ReadonlyMap<string, Counts>): unknown[] {
  return [...counts].map(([target, of]) => {
    const { deadLetters, ...others } = of;
    return { target, ...others, dead_letters: deadLetters };
  });
}

/** The parts of a commit that need statements of their own. */
const rareParts = [
  'deadLetters',
  'recoveredBatches',
  'solved',
  'noLongerWaiting',
  'waiting',
  'settledLateRefs',
  'lateRefs',
  'settledTouches',
] as const;

function hasRare(commit: Commit): boolean {
  return rareParts.some((part) => commit[part].length > 0);
}

type Client = { query(text: string, values: unknown[]): Promise<unknown> };

/** What most batches do not have; each statement runs only where there is something. */
async function commitRare(client: Client, place: CommitPlace, commit: Commit): Promise<void> {
  if (commit.deadLetters.length > 0) await insertDeadLetters(client, place, commit.deadLetters);
  if (commit.recoveredBatches.length > 0) {
    await client.query('update batch set recovered_at = clock_timestamp() where id = any($1::uuid[])', [
      commit.recoveredBatches,
    ]);
  }
  if (commit.solved.length > 0) {
    await client.query(
      `update dead_letter d set state = 'solved' from unnest($2::text[], $3::text[]) as n(source_key, part)
        where d.flow_id = $1 and d.source_key = n.source_key and d.part = n.part and d.state in ('open', 'resent')`,
      [place.flowId, commit.solved.map((row) => row.sourceKey), commit.solved.map((row) => row.part)],
    );
  }
  if (commit.noLongerWaiting.length > 0) {
    await client.query(
      `delete from waiting_record w using unnest($2::text[], $3::text[]) as n(source_key, part)
        where w.flow_id = $1 and w.source_key = n.source_key and w.part = n.part`,
      [place.flowId, commit.noLongerWaiting.map((row) => row.sourceKey), commit.noLongerWaiting.map((row) => row.part)],
    );
  }
  if (commit.waiting.length > 0) await insertWaiting(client, place, commit.waiting);
  if (commit.settledLateRefs.length > 0) {
    await client.query(
      `delete from late_ref l using unnest($2::text[], $3::text[], $4::text[]) as n(source_key, part, field)
        where l.flow_id = $1 and l.source_key = n.source_key and l.part = n.part and l.field = n.field`,
      [
        place.flowId,
        commit.settledLateRefs.map((row) => row.sourceKey),
        commit.settledLateRefs.map((row) => row.part),
        commit.settledLateRefs.map((row) => row.field),
      ],
    );
  }
  if (commit.lateRefs.length > 0) await insertLateRefs(client, place, commit.lateRefs);
  if (commit.settledTouches.length > 0) {
    await client.query(
      `delete from touched t using unnest($2::text[], $3::bigint[]) as n(source_key, seq)
        where t.flow_id = $1 and t.source_key = n.source_key and t.seq = n.seq`,
      [place.flowId, commit.settledTouches.map((row) => row.sourceKey), commit.settledTouches.map((row) => row.seq)],
    );
  }
}

async function insertDeadLetters(client: Client, place: CommitPlace, rows: readonly DeadLetterRow[]): Promise<void> {
  // A record refused again replaces its open letter: one open letter for each record and part.
  await client.query(
    `update dead_letter d set state = 'solved' from unnest($2::text[], $3::text[]) as n(source_key, part)
      where d.flow_id = $1 and d.source_key = n.source_key and d.part = n.part and d.state in ('open', 'resent')`,
    [place.flowId, rows.map((row) => row.sourceKey), rows.map((row) => row.part)],
  );
  await client.query(
    `insert into dead_letter (id, account_id, pipeline_uid, flow_id, run_id, version, source_key, part, code, message, hint, details, body)
     select n.id, $1, $2, $3, $4, $5, n.source_key, n.part, n.code, n.message, n.hint, n.details, n.body
       from unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::jsonb[], $13::bytea[])
         as n(id, source_key, part, code, message, hint, details, body)`,
    [
      place.accountId,
      place.pipelineUid,
      place.flowId,
      place.runId,
      place.version,
      rows.map((row) => row.id),
      rows.map((row) => row.sourceKey),
      rows.map((row) => row.part),
      rows.map((row) => row.code),
      rows.map((row) => row.message),
      rows.map((row) => row.hint),
      rows.map((row) => JSON.stringify(row.details)),
      rows.map((row) => row.body),
    ],
  );
}

async function insertWaiting(client: Client, place: CommitPlace, rows: readonly WaitingRow[]): Promise<void> {
  await client.query(
    `insert into waiting_record (flow_id, account_id, run_id, source_key, part, needs_flow, needs_part, needs_key, record)
     select $1, $2, $3, n.source_key, n.part, n.needs_flow, n.needs_part, n.needs_key, n.record
       from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::bytea[])
         as n(source_key, part, needs_flow, needs_part, needs_key, record)
     on conflict (flow_id, source_key, part) do update
       set run_id = excluded.run_id, needs_flow = excluded.needs_flow, needs_part = excluded.needs_part,
           needs_key = excluded.needs_key, record = excluded.record`,
    [
      place.flowId,
      place.accountId,
      place.runId,
      rows.map((row) => row.sourceKey),
      rows.map((row) => row.part),
      rows.map((row) => row.needsFlow),
      rows.map((row) => row.needsPart),
      rows.map((row) => row.needsKey),
      rows.map((row) => row.record),
    ],
  );
}

async function insertLateRefs(client: Client, place: CommitPlace, rows: readonly LateRefRow[]): Promise<void> {
  await client.query(
    `insert into late_ref (flow_id, account_id, source_key, part, field, ref_flow, ref_part, ref_keys, is_list)
     select $1, $2, n->>'sourceKey', n->>'part', n->>'field', (n->>'refFlow')::bigint, n->>'refPart',
            array(select jsonb_array_elements_text(n->'refKeys')), (n->>'isList')::boolean
       from jsonb_array_elements($3::jsonb) as n
     on conflict (flow_id, source_key, part, field) do update
       set ref_flow = excluded.ref_flow, ref_part = excluded.ref_part, ref_keys = excluded.ref_keys, is_list = excluded.is_list`,
    [place.flowId, place.accountId, JSON.stringify(rows)],
  );
}
