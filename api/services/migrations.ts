import type { ServerResponse } from 'node:http';
import { reconciliationGap } from '../../core/counts.js';
import { Failure } from '../../core/failures.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { AccountId } from '../../store/database.js';
import { type DeadLetterView, listDeadLetters, openDeadLetter } from '../../store/dead-letters.js';
import { getPipeline } from '../../store/pipelines.js';
import type { RunView } from '../../store/run-lists.js';
import { getVersion } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { writePiece } from '../http/slow-reader.js';
import { hasEnded, readRunView, startRun } from './runs.js';

const lettersAtOnce = 200;

export interface MigrationRequest {
  readonly definition?: string;
  readonly pipeline?: string;
  readonly connections?: Readonly<Record<string, string>>;
  readonly flows?: readonly string[];
  readonly createFields?: boolean;
  readonly allowDeletes?: boolean;
}

/** A migration is a one-off run: its definition is published, or found published, and run once. */
export async function start(context: ApiContext, caller: Caller, request: MigrationRequest) {
  const { definition, pipeline, ...rest } = request;
  if ((definition === undefined) === (pipeline === undefined)) throw oneOfTwo();
  const text = definition ?? (await rebound(context, caller.accountId, request));
  const run = await startRun(context, caller, {
    ...rest,
    ...(text === null ? { pipeline } : { definition: text }),
    oneOff: true,
  });
  return { ...(await getOne(context, caller.accountId, run.id)), problems: run.problems, notes: run.notes };
}

/** The text of a published pipeline that is to run over other connections; null where it runs as it is. */
async function rebound(context: ApiContext, accountId: AccountId, request: MigrationRequest): Promise<string | null> {
  if (request.connections === undefined || Object.keys(request.connections).length === 0) return null;
  return context.store.account(accountId, async (tx) => {
    const row = await getPipeline(tx, request.pipeline ?? '');
    if (row.publishedVersion === null) return null;
    const { definition, plan } = await getVersion(tx, row.uid, row.publishedVersion);
    if ((plan as unknown as Plan).trigger.kind !== 'manual') throw runsByItself(row.id);
    return definition;
  });
}

export async function getOne(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const run = await readRunView(tx, id);
    if (!isMigration(run)) throw unknown(id);
    return {
      id: run.id,
      pipeline: run.pipeline,
      version: run.version,
      state: run.state,
      isOver: hasEnded(run.state),
      totals: run.totals,
      recordsPerSecond: run.recordsPerSecond,
      forecast: run.forecast,
      waitReason: run.waitReason,
      waitUntil: run.waitUntil,
      failure: run.failure,
      openedAt: run.openedAt,
      startedAt: run.startedAt,
      endedAt: run.endedAt,
      flows: run.flows,
      links: { events: `/api/v1/runs/${run.id}/events`, result: `/api/v1/migrations/${run.id}/result` },
    };
  });
}

function isMigration(run: RunView): boolean {
  return run.kind === 'manual' && run.options.isOneOff === true;
}

/**
 * The result as JSON lines, read and sent piece by piece: the migration, one line for each flow and target, one for
 * each dead letter, and a last one with their numbers, without which the file is cut short.
 */
export async function result(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  withRecords: boolean,
): Promise<(response: ServerResponse) => Promise<void>> {
  const migration = await getOne(context, accountId, id);
  if (!migration.isOver) throw notEnded(id, migration.state);
  const { flows, links: _links, ...head } = migration;
  return async (response) => {
    const write = (line: object) => writePiece(response, `${JSON.stringify(line)}\n`);
    await write({ kind: 'migration', ...head });
    for (const { state: _state, ...counts } of flows) {
      await write({ kind: 'reconciliation', ...counts, isBalanced: reconciliationGap(counts) === null });
    }
    let after: string | null = null;
    let deadLetters = 0;
    while (!response.destroyed) {
      const letters = await readLetters(context, accountId, id, after, withRecords);
      for (const letter of letters) await write({ kind: 'dead_letter', ...letter });
      deadLetters += letters.length;
      after = letters.at(-1)?.id ?? null;
      if (letters.length < lettersAtOnce) break;
    }
    await write({ kind: 'end', reconciliations: flows.length, deadLetters });
    response.end();
  };
}

async function readLetters(
  context: ApiContext,
  accountId: AccountId,
  runId: string,
  after: string | null,
  withRecords: boolean,
) {
  return context.store.account(accountId, async (tx) => {
    const rows = await listDeadLetters(tx, { runId, after, limit: lettersAtOnce });
    const letters = [];
    for (const row of rows) {
      const record = withRecords ? { record: await openDeadLetter(tx, context.vault, accountId, row.id) } : {};
      letters.push({ ...shown(row), ...record });
    }
    return letters;
  });
}

function shown({ id, flow, sourceKey, part, code, message, hint, state, at }: DeadLetterView) {
  return { id, flow, sourceKey, part, code, message, hint, state, at };
}

function oneOfTwo(): Failure {
  return new Failure('api/bad_request', {
    message: 'A migration needs either a definition or a pipeline.',
    hint: 'Send `definition` with the text of one, or `pipeline` with the id of a published one.',
  });
}

function runsByItself(id: string): Failure {
  return new Failure('api/bad_request', {
    message: `Pipeline \`${id}\` runs by itself, so its connections are not changed for a migration.`,
    hint: 'Send its text as `definition` under another id and with a manual trigger.',
  });
}

function unknown(id: string): Failure {
  return new Failure('api/not_found', {
    message: `There is no migration \`${id}\`.`,
    hint: 'Start one with `POST /api/v1/migrations`; other runs are at `/api/v1/runs`.',
  });
}

function notEnded(id: string, state: string): Failure {
  return new Failure('run/not_ended', {
    message: `Migration \`${id}\` is still ${state}.`,
    hint: 'Follow it to its end, then ask for its result.',
  });
}
