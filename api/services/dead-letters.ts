import { createHash } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { AccountId, Tx } from '../../store/database.js';
import {
  type DeadLetterFilter,
  type DeadLetterState,
  type DeadLetterView,
  getDeadLetter,
  listDeadLetters,
  openDeadLetter,
  setDeadLetterStates,
  storeDeadLetterRecord,
  touchedPlace,
  touchRecords,
} from '../../store/dead-letters.js';
import { addToOutbox } from '../../store/outbox.js';
import { getPipeline } from '../../store/pipelines.js';
import { findOpenRun } from '../../store/runs.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';
import { openOrRefuse, runTarget } from './runs.js';

const resentAtOnce = 10_000;

export interface LetterSelection {
  readonly ids?: readonly string[];
  readonly pipeline?: string;
  readonly flow?: string;
  readonly run?: string;
  readonly code?: string;
}

/** A record's key may be somebody's address: the support tells records apart, and no more. */
export function withoutKeys<Page extends { readonly items: readonly { readonly sourceKey: string }[] }>(
  page: Page,
): Page {
  const hidden = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);
  return { ...page, items: page.items.map((item) => ({ ...item, sourceKey: `hidden-${hidden(item.sourceKey)}` })) };
}

export async function listLetters(
  context: ApiContext,
  accountId: AccountId,
  query: PageQuery & LetterSelection & { readonly state?: DeadLetterState },
) {
  const limit = limitOf(query);
  const after = afterOf(query, uuidForm);
  return context.store.account(accountId, async (tx) => {
    const filter = await filterOf(tx, query);
    const rows = await listDeadLetters(tx, {
      ...filter,
      ...(query.state !== undefined && { state: query.state }),
      after,
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, (last) => last.id);
    return { ...page, items: page.items.map(shown) };
  });
}

async function filterOf(tx: Tx, selection: LetterSelection): Promise<Omit<DeadLetterFilter, 'limit'>> {
  const pipelineUid = selection.pipeline === undefined ? undefined : (await getPipeline(tx, selection.pipeline)).uid;
  return {
    ...(pipelineUid !== undefined && { pipelineUid }),
    ...(selection.flow !== undefined && { flow: selection.flow }),
    ...(selection.run !== undefined && { runId: selection.run }),
    ...(selection.code !== undefined && { code: selection.code }),
    ...(selection.ids !== undefined && { ids: selection.ids }),
  };
}

/** With the record as the source gave it, or as it was edited. */
export async function getLetter(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const row = await getDeadLetter(tx, id);
    return { ...shown(row), record: await openDeadLetter(tx, context.vault, accountId, id) };
  });
}

/** Replaces the kept record; it is what the next resend moves. */
export async function editLetter(context: ApiContext, accountId: AccountId, id: string, record: JsonObject) {
  await context.store.account(accountId, async (tx) => {
    const row = await getDeadLetter(tx, id);
    if (row.state !== 'open') throw notOpen(row);
    await storeDeadLetterRecord(tx, context.vault, accountId, id, record);
  });
  return getLetter(context, accountId, id);
}

export interface ResendAnswer {
  readonly resent: number;
  /** More letters fit the selection than one call takes. */
  readonly isMore: boolean;
  readonly runs: readonly { readonly pipeline: string; readonly runId: string; readonly isNew: boolean }[];
}

/**
 * Moves the records of dead letters again, with the current definition or the one that refused them. Where a run of
 * the pipeline is open it takes them between its batches; else one run is opened for each pipeline (and version).
 */
export async function resend(
  context: ApiContext,
  caller: Caller,
  request: LetterSelection & { readonly definition: 'current' | 'old' },
): Promise<ResendAnswer> {
  return context.store.account(caller.accountId, async (tx) => {
    const rows = await listDeadLetters(tx, {
      ...(await filterOf(tx, request)),
      state: 'open',
      limit: resentAtOnce + 1,
    });
    if (request.ids !== undefined) refuseMissing(request.ids, rows);
    const taken = rows.slice(0, resentAtOnce);
    const runs: { pipeline: string; runId: string; isNew: boolean }[] = [];
    for (const group of groupsOf(taken, request.definition)) {
      runs.push(await resendGroup(tx, context, caller, group));
    }
    return { resent: taken.length, isMore: rows.length > resentAtOnce, runs };
  });
}

interface LetterGroup {
  readonly pipelineUid: string;
  readonly version: number | undefined;
  readonly letters: DeadLetterView[];
}

/** By pipeline; with the old definition a pipeline's newest refused version goes first, the others wait for its end. */
function groupsOf(rows: readonly DeadLetterView[], definition: 'current' | 'old'): LetterGroup[] {
  const groups = new Map<string, LetterGroup>();
  for (const row of rows) {
    const version = definition === 'old' ? row.version : undefined;
    const key = `${row.pipelineUid} ${version ?? ''}`;
    const group = groups.get(key) ?? { pipelineUid: row.pipelineUid, version, letters: [] };
    group.letters.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function resendGroup(tx: Tx, context: ApiContext, caller: Caller, group: LetterGroup) {
  const sealer = await context.vault.sealer(caller.accountId);
  const touched: { flowId: number; sourceKey: string; record: Buffer | null }[] = [];
  for (const letter of group.letters) {
    const record = await openDeadLetter(tx, context.vault, caller.accountId, letter.id);
    if (record === null && letter.hasRecord) throw noRecord(letter);
    touched.push({
      flowId: letter.flowId,
      sourceKey: letter.sourceKey,
      record: record === null ? null : sealer(touchedPlace(letter.sourceKey), record),
    });
  }
  await touchRecords(tx, caller.accountId, touched);
  await setDeadLetterStates(
    tx,
    group.letters.map((letter) => letter.id),
    'resent',
  );
  const pipeline = group.letters[0]?.pipeline ?? '';
  const open = await findOpenRun(tx, group.pipelineUid);
  if (open !== undefined && group.version === undefined) {
    // Should that run end before it takes them, the drain opens another.
    await addToOutbox(tx, caller.accountId, 'wake_drain', { pipelineUid: group.pipelineUid });
    return { pipeline, runId: open.id, isNew: false };
  }
  const target = await runTarget(tx, group.pipelineUid, group.version);
  const flows = [...new Set(group.letters.map((letter) => letter.flow))].filter((name) =>
    target.plan.flows.some((flow) => flow.id === name),
  );
  return { pipeline, runId: await openOrRefuse(tx, context.tariffs, caller, target, 'resend', { flows }), isNew: true };
}

export async function discard(context: ApiContext, accountId: AccountId, selection: LetterSelection) {
  return context.store.account(accountId, async (tx) => {
    const rows = await listDeadLetters(tx, {
      ...(await filterOf(tx, selection)),
      state: 'open',
      limit: resentAtOnce,
    });
    if (selection.ids !== undefined) refuseMissing(selection.ids, rows);
    const discarded = await setDeadLetterStates(
      tx,
      rows.map((row) => row.id),
      'discarded',
    );
    return { discarded };
  });
}

function refuseMissing(ids: readonly string[], found: readonly DeadLetterView[]): void {
  const missing = ids.filter((id) => !found.some((row) => row.id === id));
  if (missing.length === 0) return;
  throw new Failure('dead_letter/not_open', {
    message: `There is no open dead letter ${missing
      .slice(0, 3)
      .map((id) => `\`${id}\``)
      .join(', ')}.`,
    hint: 'Those that were solved, resent or discarded cannot be taken again; list the open ones.',
    details: { ids: missing.slice(0, 100) },
  });
}

function shown({ flowId, ...row }: DeadLetterView) {
  return row;
}

function notOpen(row: DeadLetterView): Failure {
  return new Failure('dead_letter/not_open', {
    message: `Dead letter \`${row.id}\` is ${row.state}.`,
    hint: 'Only open ones can be edited.',
  });
}

function noRecord(row: DeadLetterView): Failure {
  return new Failure('dead_letter/no_record', {
    message: `The record of dead letter \`${row.id}\` cannot be opened.`,
    hint: 'Replay its run instead: the record is then read from the source again.',
  });
}
