import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { JsonValue } from '../core/json.js';
import { isJsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

export interface EndpointRow {
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly string[];
  readonly description: string;
  readonly state: 'active' | 'disabled';
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Secrets that a delivery is signed with: the present one, and for a day after a rotation the former one. */
export interface EndpointSecrets {
  readonly current: string;
  readonly former?: { readonly secret: string; readonly until: string };
}

const shown = [
  'id',
  'url',
  'kinds',
  'description',
  'state',
  'disabled_reason as disabledReason',
  'failing_since as failingSince',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

export function endpointPlace(id: string): string {
  return `webhook_endpoint|${id}|secret`;
}

export async function listEndpoints(tx: Tx): Promise<readonly EndpointRow[]> {
  return tx.selectFrom('webhook_endpoint').select(shown).orderBy('id').execute();
}

/** Throws `api/not_found`. */
export async function getEndpoint(tx: Tx, id: string): Promise<EndpointRow> {
  const row = await tx.selectFrom('webhook_endpoint').select(shown).where('id', '=', id).executeTakeFirst();
  if (row !== undefined) return row;
  throw new Failure('api/not_found', {
    message: `There is no webhook endpoint \`${id}\`.`,
    hint: 'List them with `pipewright webhooks`.',
  });
}

export async function addEndpoint(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  next: { readonly url: string; readonly kinds: readonly string[]; readonly description: string },
  secret: string,
): Promise<string> {
  const id = uuidv7();
  const sealed = await vault.seal(accountId, endpointPlace(id), { current: secret });
  await tx
    .insertInto('webhook_endpoint')
    .values({
      id,
      account_id: accountId,
      url: next.url,
      secret: sealed,
      kinds: [...next.kinds],
      description: next.description,
      disabled_reason: null,
      failing_since: null,
    })
    .execute();
  return id;
}

export interface EndpointChanges {
  readonly url?: string;
  readonly kinds?: readonly string[];
  readonly description?: string;
  readonly state?: 'active' | 'disabled';
}

export async function changeEndpoint(tx: Tx, id: string, changes: EndpointChanges): Promise<void> {
  const { kinds, state, ...texts } = changes;
  await tx
    .updateTable('webhook_endpoint')
    .set({
      ...texts,
      ...(kinds !== undefined && { kinds: [...kinds] }),
      ...(state !== undefined && {
        state,
        disabled_reason: state === 'disabled' ? 'Disabled by hand.' : null,
        failing_since: null,
      }),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function removeEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoint').where('id', '=', id).execute();
}

export async function storeSecrets(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  id: string,
  secrets: EndpointSecrets,
): Promise<void> {
  const sealed = await vault.seal(accountId, endpointPlace(id), { ...secrets } as JsonValue);
  await tx
    .updateTable('webhook_endpoint')
    .set({ secret: sealed, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}

export async function readSecrets(tx: Tx, vault: Vault, accountId: AccountId, id: string): Promise<EndpointSecrets> {
  const row = await tx
    .selectFrom('webhook_endpoint')
    .select('secret')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return openSecrets(vault, accountId, id, row.secret);
}

export async function openSecrets(
  vault: Vault,
  accountId: AccountId,
  id: string,
  sealed: Buffer,
): Promise<EndpointSecrets> {
  const value = await vault.open(accountId, endpointPlace(id), sealed);
  const { current, former } = isJsonObject(value) ? value : {};
  return {
    current: String(current),
    ...(isJsonObject(former ?? null) && { former: former as { secret: string; until: string } }),
  };
}
