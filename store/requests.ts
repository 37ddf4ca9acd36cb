import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { AccountId, Tx } from './database.js';

export const requestKinds = ['setup', 'feature', 'problem', 'other'] as const;
export type RequestKind = (typeof requestKinds)[number];
export const requestStates = ['open', 'answered', 'closed'] as const;
export type RequestState = (typeof requestStates)[number];

export interface RequestRow {
  readonly id: string;
  readonly number: number;
  /** Null for visitors without an account. */
  readonly accountId: AccountId | null;
  /** The servicing company that asks for the account's owner. */
  readonly partnerAccountId: AccountId | null;
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly kind: RequestKind;
  readonly subject: string;
  readonly state: RequestState;
  readonly tokenHash: Buffer;
  /** In the address that answers by mail go to. */
  readonly mark: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface MessageRow {
  readonly id: string;
  readonly author: 'visitor' | 'customer' | 'operator';
  readonly authorName: string;
  readonly body: string;
  readonly way: 'web' | 'mail';
  readonly at: Date;
}

export interface NewRequest {
  readonly id: string;
  readonly accountId: AccountId | null;
  readonly partnerAccountId: AccountId | null;
  readonly userId: string | null;
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly kind: RequestKind;
  readonly subject: string;
  readonly tokenHash: Buffer;
  readonly mark: string;
}

export interface NewMessage {
  readonly author: MessageRow['author'];
  readonly authorName: string;
  readonly userId: string | null;
  readonly body: string;
  readonly way: 'web' | 'mail';
  /** Of a letter: the same one is never taken twice. */
  readonly mailMessageId?: string;
}

const columns = [
  'id',
  'number',
  'account_id as accountId',
  'partner_account_id as partnerAccountId',
  'email',
  'name',
  'language',
  'kind',
  'subject',
  'state',
  'token_hash as tokenHash',
  'mark',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

/** Returns the number that people call it by. */
export async function addRequest(tx: Tx, next: NewRequest): Promise<number> {
  const row = await tx
    .insertInto('request')
    .values({
      id: next.id,
      account_id: next.accountId,
      partner_account_id: next.partnerAccountId,
      user_id: next.userId,
      email: next.email,
      name: next.name,
      language: next.language,
      kind: next.kind,
      subject: next.subject,
      token_hash: next.tokenHash,
      mark: next.mark,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

/** Appends to the thread; false when this letter stands there already. */
export async function addMessage(
  tx: Tx,
  request: Pick<RequestRow, 'id' | 'accountId'>,
  message: NewMessage,
): Promise<boolean> {
  const added = await tx
    .insertInto('request_message')
    .values({
      id: uuidv7(),
      request_id: request.id,
      account_id: request.accountId,
      author: message.author,
      author_name: message.authorName,
      user_id: message.userId,
      body: message.body,
      way: message.way,
      mail_message_id: message.mailMessageId ?? null,
    })
    .onConflict((conflict) => conflict.columns(['request_id', 'mail_message_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function setRequestState(tx: Tx, id: string, state: RequestState): Promise<void> {
  await tx
    .updateTable('request')
    .set({ state, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}

export interface RequestFilter {
  readonly state?: RequestState | undefined;
  readonly kind?: RequestKind | undefined;
  /** The number, or part of the subject, of the name or of the address. */
  readonly search?: string | undefined;
  /** Only those that this servicing company filed. */
  readonly partnerAccountId?: AccountId | undefined;
  /** Before this number; null: from the newest one. */
  readonly before: number | null;
  readonly limit: number;
}

/** Those that the transaction's role sees: an account's own, or all of them. */
export async function listRequests(tx: Tx, filter: RequestFilter): Promise<readonly RequestRow[]> {
  let query = tx.selectFrom('request').select(columns).orderBy('number', 'desc').limit(filter.limit);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.search !== undefined) query = query.where(holds(filter.search));
  if (filter.partnerAccountId !== undefined) query = query.where('partner_account_id', '=', filter.partnerAccountId);
  if (filter.before !== null) query = query.where('number', '<', filter.before);
  return query.execute();
}

function holds(search: string) {
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(number::text = ${search.replace(/^#/, '')} or subject ilike ${part} or name ilike ${part} or email ilike ${part})`;
}

/** Held until the end of the transaction. Throws `api/not_found`. */
export async function getRequest(tx: Tx, id: string): Promise<RequestRow> {
  const row = await tx.selectFrom('request').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  if (row !== undefined) return row;
  throw noRequest();
}

/** A visitor's thread by the hash of its link's token. Throws `api/not_found`. */
export async function getRequestByToken(tx: Tx, tokenHash: Buffer): Promise<RequestRow> {
  const row = await tx
    .selectFrom('request')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .where('account_id', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw noRequest();
}

export async function findRequestByMark(tx: Tx, mark: string): Promise<RequestRow | null> {
  const row = await tx.selectFrom('request').select(columns).where('mark', '=', mark).forUpdate().executeTakeFirst();
  return row ?? null;
}

/** In their order; a thread of more is shown from its newest part. */
export async function listMessages(tx: Tx, requestId: string): Promise<readonly MessageRow[]> {
  const rows = await tx
    .selectFrom('request_message')
    .select(['id', 'author', 'author_name as authorName', 'body', 'way', 'at'])
    .where('request_id', '=', requestId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.reverse();
}

/** Who hears of new requests among those who run the installation. As the second role. */
export async function listOperators(
  tx: Tx,
): Promise<readonly { readonly email: string; readonly language: string | null }[]> {
  const { rows } = await sql<{ email: string; language: string | null }>`
    select u."email" as email, u."language" as language from staff s join auth."user" u on u."id" = s.user_id
     where s.role = 'operator' order by u."email"`.execute(tx);
  return rows;
}

/** Names of accounts, for those who run the installation. */
export async function accountNames(tx: Tx, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export function noRequest(): Failure {
  return new Failure('api/not_found', {
    message: 'There is no such request.',
    hint: 'Check its address, or file a new one.',
  });
}
