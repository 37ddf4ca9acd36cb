import type { StreamDeclaration } from '../../connectors/kit/index.js';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { type CheckedDefinition, checkDefinition, type Problem } from '../../definitions/check/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { ConnectionRow } from '../../store/connections.js';
import type { AccountId, Tx } from '../../store/database.js';
import type { ApiContext } from '../context.js';
import type { StreamsBySlot } from './new-fields.js';

const askMs = 15_000;

export interface LiveCheck extends CheckedDefinition {
  /** Sentences about connections that could not be asked. */
  readonly notes: readonly string[];
  /** Streams of each slot as they are now; null where the connection could not be asked. */
  readonly streams: StreamsBySlot;
}

/** Checks a text without any connection: what can be said of it offline. */
export function checkOffline(context: ApiContext, text: string, file: string): CheckedDefinition {
  return checkDefinition(text, { file, connectors: context.connectors });
}

/** Checks a text against the streams of the connections it is bound to, where these can be asked. */
export async function checkLive(
  context: ApiContext,
  accountId: AccountId,
  text: string,
  file: string,
  connections: ReadonlyMap<string, ConnectionRow>,
): Promise<LiveCheck> {
  const notes: string[] = [];
  const streams: Record<string, readonly StreamDeclaration[] | null> = {};
  await Promise.all(
    [...connections].map(async ([slot, row]) => {
      const asked = await askStreams(context, accountId, row);
      streams[slot] = asked.streams;
      if (asked.note !== null) notes.push(asked.note);
    }),
  );
  const otherPipelines = await context.store.account(accountId, readPlans);
  const checked = checkDefinition(text, { file, connectors: context.connectors, streams, otherPipelines });
  return { ...checked, notes, streams };
}

/** Streams of a connection as the account has them now; a vendor that cannot be asked leaves what is declared. */
async function askStreams(
  context: ApiContext,
  accountId: AccountId,
  row: ConnectionRow,
): Promise<{ readonly streams: readonly StreamDeclaration[] | null; readonly note: string | null }> {
  const opened = await context.openConnection(accountId, row.id);
  try {
    return { streams: await opened.connection.streams(AbortSignal.timeout(askMs)), note: null };
  } catch (error) {
    const why = isFailure(error) ? error.message : errorText(error);
    const declared = opened.connector.declaredStreams(row.settings);
    return { streams: declared, note: `Connection \`${row.name}\` could not be asked for its streams: ${why}` };
  } finally {
    await opened.connection.close();
  }
}

/** Published plans of the account by pipeline id, for references across pipelines. */
async function readPlans(tx: Tx): Promise<ReadonlyMap<string, Plan>> {
  const rows = await tx
    .selectFrom('pipeline')
    .innerJoin('pipeline_version', (join) =>
      join
        .onRef('pipeline_version.pipeline_uid', '=', 'pipeline.uid')
        .onRef('pipeline_version.version', '=', 'pipeline.published_version'),
    )
    .select(['pipeline.id', 'pipeline_version.plan'])
    .where('pipeline.state', '<>', 'deleted')
    .execute();
  return new Map(rows.map((row) => [row.id, row.plan as unknown as Plan]));
}

/** All errors of a definition as one failure; `details.problems` holds every problem with its place. */
export function invalidDefinition(problems: readonly Problem[]): Failure {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Failure('definition/invalid', {
    message: `The definition has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: line ${first?.line ?? 0}: ${first?.message ?? ''}${more}`,
    hint: first?.hint ?? 'Run `pipewright check` on the file.',
    details: problemDetails(problems),
  });
}

function problemDetails(problems: readonly Problem[]): JsonObject {
  return { problems: problems.map((problem) => ({ ...problem }) as unknown as JsonValue) };
}
