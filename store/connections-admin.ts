import type { AccountId, Tx } from './database.js';
import { addToOutbox } from './outbox.js';

export {
  type ConnectionUse,
  changeConnection,
  refuseTakenName,
  removeConnection,
  usesOfConnection,
} from './connection-changes.js';
export {
  addConnection,
  type ConnectionRow,
  getConnection,
  listConnections,
  markConnection,
  readSecret,
  storeRenewed,
} from './connections.js';

export async function readSecretRevision(tx: Tx, connectionId: string): Promise<number> {
  const row = await tx
    .selectFrom('connection')
    .select('secret_revision')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow();
  return row.secret_revision;
}

/** Runs that stand still for broken credentials look again; those that a person paused stay. */
export async function wakeStoppedRuns(tx: Tx, accountId: AccountId): Promise<number> {
  const rows = await tx
    .selectFrom('run')
    .select('id')
    .where('state', '=', 'paused')
    .where('pause_requested', '=', false)
    .execute();
  for (const row of rows) await addToOutbox(tx, accountId, 'wake_run', { runId: row.id });
  return rows.length;
}
