import { sql } from 'kysely';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import { type ConnectionRow, connectionOf, getConnection, readSecret, secretPlace } from './connections.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

export interface ConnectionChange {
  readonly name?: string;
  readonly settings: JsonObject;
  /** The host set that the connector declares for these settings. */
  readonly hosts: readonly string[];
  /** A new secret; absent: the stored one stays and is bound to the new host set. */
  readonly secret?: JsonObject;
}

/**
 * Changes a connection and binds its secret to the host set anew. A stored secret never goes to a host that it was not
 * given for: new hosts ask for a new secret, else `connection/secret_needed` is thrown. Throws `connection/name_taken`.
 */
export async function changeConnection(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  id: string,
  change: ConnectionChange,
): Promise<ConnectionRow> {
  const row = await tx.selectFrom('connection').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  if (change.name !== undefined && change.name !== row.name) await refuseTakenName(tx, change.name);
  const strange = change.hosts.filter((host) => !row.hosts.includes(host));
  if (strange.length > 0 && row.secret !== null && change.secret === undefined) throw secretNeeded(row.name, strange);
  const plain = change.secret ?? (row.secret === null ? null : (await readSecret(tx, vault, accountId, id)).secret);
  const secret = plain && (await vault.seal(accountId, secretPlace(id, row.connector, change.hosts), plain));
  const changed = await tx
    .updateTable('connection')
    .set((eb) => ({
      name: change.name ?? row.name,
      settings: JSON.stringify(change.settings),
      hosts: [...change.hosts],
      secret,
      // Whoever renews the old secret at this moment finds a newer one and takes that.
      secret_revision: eb('secret_revision', '+', 1),
      ...(change.secret !== undefined && {
        renew_holder: null,
        renew_until: null,
        state: 'active' as const,
        failure: null,
      }),
      updated_at: sql<Date>`clock_timestamp()`,
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return connectionOf(changed);
}

function secretNeeded(name: string, hosts: readonly string[]): Failure {
  return new Failure('connection/secret_needed', {
    message: `The secret of connection \`${name}\` was not given for ${hosts.map((host) => `\`${host}\``).join(', ')}.`,
    hint: 'Send the secret together with the new settings.',
    details: { hosts: [...hosts] },
  });
}

/** Throws `connection/name_taken` where the account has a connection of this name. */
export async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  const taken = await tx.selectFrom('connection').select('id').where('name', '=', name).executeTakeFirst();
  if (taken === undefined) return;
  throw new Failure('connection/name_taken', {
    message: `A connection named \`${name}\` exists already.`,
    hint: 'Choose another name, or remove the old connection first.',
  });
}

/** A pipeline that works with a connection. */
export interface ConnectionUse {
  readonly uid: string;
  readonly pipeline: string;
  readonly title: string;
  readonly state: 'active' | 'paused';
  /** Slots of the definition that the connection stands in. */
  readonly slots: readonly string[];
  /** Whether a run that is under way works with it. */
  readonly isRunning: boolean;
}

/** Pipelines whose published version, or a run under way, is bound to the connection. */
export async function usesOfConnection(tx: Tx, connectionId: string): Promise<readonly ConnectionUse[]> {
  const { rows } = await sql<ConnectionUse>`
    with open_run as (
      select pipeline_uid, version from run
       where state not in ('done', 'done_with_dead_letters', 'failed', 'cancelled')
    ), used as (
      select v.pipeline_uid, b.key as slot, r.version is not null as is_running
        from pipeline_version v
        join pipeline p on p.uid = v.pipeline_uid and p.state <> 'deleted'
        cross join lateral jsonb_each_text(v.bindings) b
        left join open_run r on r.pipeline_uid = v.pipeline_uid and r.version = v.version
       where b.value = ${connectionId} and (v.version = p.published_version or r.version is not null)
    )
    select p.uid, p.id as pipeline, p.title, p.state, array_agg(distinct u.slot order by u.slot) as slots,
           bool_or(u.is_running) as "isRunning"
      from used u join pipeline p on p.uid = u.pipeline_uid
     group by p.uid, p.id, p.title, p.state order by p.id`.execute(tx);
  return rows;
}

/** Removes a connection; throws `connection/in_use` with the pipelines that work with it. */
export async function removeConnection(tx: Tx, nameOrId: string): Promise<void> {
  const connection = await getConnection(tx, nameOrId);
  const users = (await usesOfConnection(tx, connection.id)).map((use) => use.pipeline);
  if (users.length > 0) {
    throw new Failure('connection/in_use', {
      message: `Connection \`${connection.name}\` is used by ${users.map((id) => `\`${id}\``).join(', ')}.`,
      hint: 'Delete these pipelines or publish them with another connection first.',
      details: { pipelines: users },
    });
  }
  await tx.deleteFrom('connection').where('id', '=', connection.id).execute();
}
