import { sql } from 'kysely';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import { changeConnection } from './connection-changes.js';
import { addConnection, getConnection, markConnection } from './connections.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

export interface ImportedConnection {
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
  /** The host set that the connector declares for these settings. */
  readonly hosts: readonly string[];
}

/** A connection without its secret. `isBroken`: it can do nothing until somebody connects it again. */
export async function addImported(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  next: ImportedConnection,
  isBroken: boolean,
): Promise<void> {
  const row = await addConnection(tx, vault, accountId, { ...next, secret: null });
  if (isBroken) await markConnection(tx, row.id, 'broken', { ...withoutSecret(next.name).toReport() } as never);
}

/** Other settings; a secret goes only to hosts that it was given for, so with new ones it is forgotten. */
export async function replaceSettings(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  next: ImportedConnection,
  isBroken: boolean,
): Promise<void> {
  const row = await getConnection(tx, next.name);
  if (next.hosts.every((host) => row.hosts.includes(host))) {
    await changeConnection(tx, vault, accountId, row.id, { settings: next.settings, hosts: next.hosts });
    return;
  }
  const mustConnect = isBroken || row.hasSecret;
  const failure = mustConnect ? JSON.stringify(withoutSecret(next.name).toReport()) : null;
  await tx
    .updateTable('connection')
    .set((eb) => ({
      settings: JSON.stringify(next.settings),
      hosts: [...next.hosts],
      secret: null,
      secret_revision: eb('secret_revision', '+', 1),
      state: mustConnect ? ('broken' as const) : ('active' as const),
      failure,
      updated_at: sql<Date>`clock_timestamp()`,
    }))
    .where('id', '=', row.id)
    .execute();
}

function withoutSecret(name: string): Failure {
  return new Failure('connection/missing_secret', {
    message: `Connection \`${name}\` was imported without its secret.`,
    hint: `Connect it again: \`pipewright connect secret ${name}\`.`,
  });
}
