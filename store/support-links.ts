import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import { appendAudit } from './audit.js';
import type { AccountId, Store, Tx } from './database.js';
import type { InstallationKeys } from './installation-keys.js';

export const linkMinutes = 10;
export const visitMinutes = 60;

export interface SupportLinkRow {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly openedBy: string | null;
  readonly openedAt: Date | null;
  readonly endsAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** A visit as the person of the support sees it. */
export interface SupportVisit {
  readonly id: string;
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly endsAt: Date;
}

/** Who opens or leaves a visit: `email` is the name that the customer sees. */
export interface Visitor {
  readonly email: string;
  readonly sessionId: string;
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const columns = [
  'id',
  'created_by',
  'created_at',
  'expires_at',
  'opened_by',
  'opened_at',
  'ends_at',
  'withdrawn_at',
] as const;

export async function addSupportLink(
  tx: Tx,
  link: { readonly accountId: AccountId; readonly tokenHash: Buffer; readonly createdBy: string },
): Promise<SupportLinkRow> {
  const row = await tx
    .insertInto('support_link')
    .values({
      id: uuidv7(),
      account_id: link.accountId,
      token_hash: link.tokenHash,
      created_by: link.createdBy,
      expires_at: sql<Date>`clock_timestamp() + make_interval(mins => ${linkMinutes})`,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return rowOf(row);
}

/** The newest first; the last hundred. */
export async function listSupportLinks(tx: Tx): Promise<readonly SupportLinkRow[]> {
  return (await tx.selectFrom('support_link').select(columns).orderBy('id', 'desc').limit(100).execute()).map(rowOf);
}

/**
 * Opens the link once, for this person's session alone, and tells the customer's log of it in the same transaction.
 * Throws `api/not_found` for a token that never was, `support/link_spent` for one that is used, withdrawn or too old.
 */
export async function openSupportLink(
  store: Store,
  keys: InstallationKeys,
  token: string,
  visitor: Visitor,
  requestId: string,
): Promise<SupportVisit> {
  const hash = hashOfToken(token);
  return store.system(async (tx) => {
    const row = await tx
      .updateTable('support_link')
      .set({
        opened_by: visitor.email,
        opened_session: visitor.sessionId,
        opened_at: sql<Date>`clock_timestamp()`,
        ends_at: sql<Date>`clock_timestamp() + make_interval(mins => ${visitMinutes})`,
      })
      .where('token_hash', '=', hash)
      .where('opened_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('expires_at', '>', sql<Date>`clock_timestamp()`)
      .returning(['id', 'account_id', 'created_by', 'ends_at'])
      .executeTakeFirst();
    if (row === undefined || row.ends_at === null) throw await unopened(tx, hash);
    const account = await tx.selectFrom('account').select('name').where('id', '=', row.account_id).executeTakeFirst();
    await appendAudit(tx, keys, {
      accountId: row.account_id,
      actor: `support:${visitor.email}`,
      onBehalfOf: row.created_by,
      action: 'support.opened',
      object: row.id,
      details: { until: row.ends_at.toISOString() },
      requestId,
    });
    return { id: row.id, accountId: row.account_id, accountName: account?.name ?? '', endsAt: row.ends_at };
  });
}

async function unopened(tx: Tx, hash: Buffer): Promise<Failure> {
  const known = await tx.selectFrom('support_link').select('id').where('token_hash', '=', hash).executeTakeFirst();
  if (known === undefined) {
    return new Failure('api/not_found', {
      message: 'There is no such support link.',
      hint: 'Check that the link was copied whole.',
    });
  }
  return new Failure('support/link_spent', {
    message: 'This support link was opened before, was withdrawn, or is older than ten minutes.',
    hint: 'Ask the customer for a new one.',
  });
}

export async function listVisits(store: Store, sessionId: string): Promise<readonly SupportVisit[]> {
  const rows = await store.system((tx) =>
    tx
      .selectFrom('support_link')
      .innerJoin('account', 'account.id', 'support_link.account_id')
      .select(['support_link.id', 'support_link.account_id', 'account.name', 'support_link.ends_at'])
      .where('opened_session', '=', sessionId)
      .where('withdrawn_at', 'is', null)
      .where('ends_at', '>', sql<Date>`clock_timestamp()`)
      .orderBy('ends_at')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    accountName: row.name,
    endsAt: row.ends_at ?? new Date(0),
  }));
}

/** The customer takes it back: nothing is opened any more, and an open visit is over. Throws `api/not_found`. */
export async function withdrawSupportLink(tx: Tx, keys: InstallationKeys, id: string, by: string): Promise<void> {
  const row = await tx
    .updateTable('support_link')
    .set({ withdrawn_at: sql<Date>`coalesce(withdrawn_at, clock_timestamp())` })
    .where('id', '=', id)
    .returning(endColumns)
    .executeTakeFirst();
  if (row === undefined) {
    throw new Failure('api/not_found', {
      message: `There is no support link \`${id}\`.`,
      hint: 'List them with `GET /api/v1/support-links`.',
    });
  }
  if (row.opened_at !== null && row.ended_at === null) await noteEnd(tx, keys, row, `withdrawn by ${by}`);
}

/** The person of the support leaves. Throws `support/visit_over`. */
export async function leaveVisit(store: Store, keys: InstallationKeys, id: string, visitor: Visitor): Promise<void> {
  await store.system(async (tx) => {
    const row = await tx
      .updateTable('support_link')
      .set({ ends_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', id)
      .where('opened_session', '=', visitor.sessionId)
      .where('ended_at', 'is', null)
      .returning(endColumns)
      .executeTakeFirst();
    if (row === undefined) {
      throw new Failure('support/visit_over', {
        message: 'This visit is over already, or was never yours.',
        hint: 'List your visits with `GET /api/v1/support-visits`.',
      });
    }
    await noteEnd(tx, keys, row, 'left by support');
  });
}

/** Tells the customers' logs of visits whose hour is over; returns how many. */
export async function noteEndedVisits(store: Store, keys: InstallationKeys): Promise<number> {
  return store.system(async (tx) => {
    const rows = await tx
      .selectFrom('support_link')
      .select(endColumns)
      .where('ended_at', 'is', null)
      .where('ends_at', '<=', sql<Date>`clock_timestamp()`)
      .orderBy('account_id')
      .limit(100)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const row of rows) await noteEnd(tx, keys, row, 'the hour is over');
    return rows.length;
  });
}

const endColumns = ['id', 'account_id', 'created_by', 'opened_by', 'opened_at', 'ended_at'] as const;

interface EndedLink {
  readonly id: string;
  readonly account_id: AccountId;
  readonly created_by: string;
  readonly opened_by: string | null;
}

async function noteEnd(tx: Tx, keys: InstallationKeys, link: EndedLink, why: string): Promise<void> {
  await tx
    .updateTable('support_link')
    .set({ ended_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', link.id)
    .execute();
  await appendAudit(tx, keys, {
    accountId: link.account_id,
    actor: `support:${link.opened_by ?? ''}`,
    onBehalfOf: link.created_by,
    action: 'support.ended',
    object: link.id,
    details: { why },
  });
}

function rowOf(row: {
  id: string;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  opened_by: string | null;
  opened_at: Date | null;
  ends_at: Date | null;
  withdrawn_at: Date | null;
}): SupportLinkRow {
  return {
    id: row.id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    endsAt: row.ends_at,
    withdrawnAt: row.withdrawn_at,
  };
}
