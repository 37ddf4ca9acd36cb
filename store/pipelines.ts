import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { Tx } from './database.js';

export interface PipelineRow {
  readonly uid: string;
  readonly id: string;
  readonly title: string;
  readonly state: 'active' | 'paused' | 'deleted';
  readonly publishedVersion: number | null;
  readonly pauseReason: JsonObject | null;
  readonly nextDueAt: Date | null;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Finds a pipeline by its kebab-case id or uuid; throws `api/not_found`. */
export async function getPipeline(tx: Tx, idOrUid: string): Promise<PipelineRow> {
  const column = uuidPattern.test(idOrUid) ? 'uid' : 'id';
  const row = await tx
    .selectFrom('pipeline')
    .selectAll()
    .where(column, '=', idOrUid)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  if (row === undefined) {
    throw new Failure('api/not_found', {
      message: `There is no pipeline \`${idOrUid}\`.`,
      hint: 'List the pipelines with `pipewright status`, or publish the file first.',
    });
  }
  return pipelineOf(row);
}

interface PipelineColumns {
  uid: string;
  id: string;
  title: string;
  state: 'active' | 'paused' | 'deleted';
  published_version: number | null;
  pause_reason: JsonObject | null;
  next_due_at: Date | null;
}

function pipelineOf(row: PipelineColumns): PipelineRow {
  return {
    uid: row.uid,
    id: row.id,
    title: row.title,
    state: row.state,
    publishedVersion: row.published_version,
    pauseReason: row.pause_reason,
    nextDueAt: row.next_due_at,
  };
}

export async function listPipelines(tx: Tx, after: string | null, limit: number): Promise<readonly PipelineRow[]> {
  const rows = await tx
    .selectFrom('pipeline')
    .selectAll()
    .where('state', '<>', 'deleted')
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(pipelineOf);
}
