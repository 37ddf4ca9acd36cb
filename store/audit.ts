import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { type JsonObject, stableStringify } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';
import type { InstallationKeys } from './installation-keys.js';

/** Lines about the installation itself, which belong to no customer, stand under this account. */
export const installationAccount: AccountId = '00000000-0000-0000-0000-000000000000';

/** What somebody did, to be kept for good. Texts lose their control characters and what exceeds 300 characters. */
export interface AuditLine {
  readonly accountId: AccountId;
  /** `key:<public id>`, `person:<address>`, `support:<address>`, `partner:<address>`, `visitor` or `system`. */
  readonly actor: string;
  /** Who let the actor in: the customer's person for a support visit, the servicing company for a partner. */
  readonly onBehalfOf?: string | null;
  /** Noun and verb in the past, such as `key.created`. */
  readonly action: string;
  readonly object?: string | null;
  /** Values that belong to it. Never a secret, never a record's content. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  readonly requestId?: string | null;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly action: string;
  readonly object: string | null;
  readonly details: JsonObject;
  readonly requestId: string | null;
  readonly keyId: string;
  readonly hash: string;
}

const nothingBefore = Buffer.alloc(32);
const maxText = 300;
// Control characters, line separators and the marks that turn the direction of text.
const unseen = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Adds the line to its account's chain, within the caller's transaction (of that account, or of the second role).
 * Lines of one account wait for each other until the transaction ends, so append last or in a transaction of its own.
 */
export async function appendAudit(tx: Tx, keys: InstallationKeys, line: AuditLine): Promise<void> {
  const { accountId } = line;
  const head = await lockHead(tx, accountId);
  const row: Omit<AuditRow, 'hash'> = {
    seq: head.seq + 1,
    at: `${new Date().toISOString().slice(0, -1)}000`,
    actor: plainText(line.actor),
    onBehalfOf: line.onBehalfOf == null ? null : plainText(line.onBehalfOf),
    action: plainText(line.action),
    object: line.object == null ? null : plainText(line.object),
    details: Object.fromEntries(
      Object.entries(line.details ?? {}).map(([name, value]) => [
        name,
        typeof value === 'string' ? plainText(value) : value,
      ]),
    ),
    requestId: line.requestId ?? null,
    keyId: keys.currentId,
  };
  const hash = hashOf(keys.derived('audit'), head.hash, accountId, row);
  await sql`
    with line as (
      insert into audit (account_id, seq, at, actor, on_behalf_of, action, object, details, request_id, key_id, hash)
      values (${accountId}, ${row.seq}, ${`${row.at}Z`}::timestamptz, ${row.actor}, ${row.onBehalfOf}, ${row.action},
              ${row.object}, ${JSON.stringify(row.details)}::jsonb, ${row.requestId}, ${row.keyId}, ${hash})
    )
    update audit_head set seq = ${row.seq}, hash = ${hash} where account_id = ${accountId}`.execute(tx);
}

/** The same in a transaction of its own. */
export async function writeAudit(store: Store, keys: InstallationKeys, line: AuditLine): Promise<void> {
  await store.account(line.accountId, (tx) => appendAudit(tx, keys, line));
}

async function lockHead(tx: Tx, accountId: AccountId): Promise<{ seq: number; hash: Buffer }> {
  const locked = () =>
    tx
      .selectFrom('audit_head')
      .select(['seq', 'hash'])
      .where('account_id', '=', accountId)
      .forUpdate()
      .executeTakeFirst();
  const head = await locked();
  if (head !== undefined) return head;
  await tx
    .insertInto('audit_head')
    .values({ account_id: accountId, seq: 0, hash: nothingBefore })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await locked()) ?? { seq: 0, hash: nothingBefore };
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only lines before this number: the next page. */
  readonly before?: number | undefined;
}

/** The newest lines first. */
export async function listAudit(tx: Tx, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
  const conditions = [
    filter.actor !== undefined && sql`actor = ${filter.actor}`,
    filter.action !== undefined && sql`action = ${filter.action}`,
    filter.object !== undefined && sql`object = ${filter.object}`,
    filter.requestId !== undefined && sql`request_id = ${filter.requestId}`,
    filter.from !== undefined && sql`at >= ${filter.from}::timestamptz`,
    filter.to !== undefined && sql`at < ${filter.to}::timestamptz`,
    filter.before !== undefined && sql`seq < ${filter.before}`,
  ].filter((condition) => condition !== false);
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<AuditRow>`
    select ${columns} from audit ${where} order by seq desc limit ${limit}`.execute(tx);
  return rows;
}

/** What a check of a chain found. `lines` were read; `brokenAt` is the first line that is not as it was written. */
export interface AuditVerdict {
  readonly lines: number;
  readonly brokenAt: number | null;
  /** One sentence; null when all is whole. */
  readonly problem: string | null;
}

const linesAtOnce = 1_000;

/** Reads the account's whole chain and says where it was changed, cut or filled in, if anywhere. */
export async function verifyAudit(store: Store, keys: InstallationKeys, accountId: AccountId): Promise<AuditVerdict> {
  return store.account(accountId, async (tx) => {
    let before: Buffer = nothingBefore;
    let seq = 0;
    for (;;) {
      // The head is read first: lines that are written meanwhile come after it.
      const head = await readHead(tx, accountId);
      const rows = await readLines(tx, accountId, seq);
      for (const row of rows) {
        const problem = problemOf(keys, before, accountId, seq + 1, row);
        if (problem !== null) return { lines: seq, brokenAt: seq + 1, problem };
        before = Buffer.from(row.hash, 'hex');
        seq = row.seq;
      }
      if (rows.length > 0) continue;
      const problem = endProblem(head, seq, before);
      return { lines: seq, brokenAt: problem === null ? null : seq + 1, problem };
    }
  });
}

interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

async function readHead(tx: Tx, accountId: AccountId): Promise<Head> {
  const head = await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return head ?? { seq: 0, hash: nothingBefore };
}

async function readLines(tx: Tx, accountId: AccountId, after: number): Promise<readonly AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${columns} from audit where account_id = ${accountId} and seq > ${after}
     order by seq limit ${linesAtOnce}`.execute(tx);
  return rows;
}

function endProblem(head: Head, seq: number, last: Buffer): string | null {
  if (head.seq > seq) {
    return `The log ends at line ${seq}, but ${head.seq} lines were written: its end was cut off.`;
  }
  if (head.seq === seq && timingSafeEqual(sized(head.hash), last)) return null;
  return `The head of the log names line ${head.seq}, its last line is ${seq}: one of them was changed.`;
}

function problemOf(
  keys: InstallationKeys,
  before: Buffer,
  accountId: AccountId,
  wanted: number,
  row: AuditRow,
): string | null {
  if (row.seq !== wanted) return `Line ${wanted} is missing.`;
  const key = keys.derivedOf(row.keyId, 'audit');
  if (key === undefined) {
    return `Line ${row.seq} was written under the key \`${row.keyId}\`, which this installation does not have. If its master key was changed, name the former one in MASTER_KEY_PREVIOUS.`;
  }
  const isWhole = timingSafeEqual(hashOf(key, before, accountId, row), sized(Buffer.from(row.hash, 'hex')));
  return isWhole ? null : `Line ${row.seq} is not as it was written.`;
}

/** Comparing in constant time needs equal lengths; a hash of another length is wrong anyhow. */
function sized(hash: Buffer): Buffer {
  return hash.length === 32 ? hash : Buffer.alloc(32);
}

/** The chains of all accounts that ever had a line, for the people who run the installation. */
export async function listAuditedAccounts(store: Store): Promise<readonly AccountId[]> {
  const { rows } = await store.system((tx) =>
    sql<{ account_id: string }>`
      select account_id from audit_head union select account_id from audit order by account_id`.execute(tx),
  );
  return rows.map((row) => row.account_id);
}

// The time as text with microseconds: what is hashed must be what stands there.
const columns = sql.raw(
  `seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, actor, on_behalf_of as "onBehalfOf", action,
   object, details, request_id as "requestId", key_id as "keyId", encode(hash, 'hex') as hash`,
);

function hashOf(key: Buffer, before: Buffer, accountId: AccountId, row: Omit<AuditRow, 'hash'>): Buffer {
  const { seq, at, actor, onBehalfOf, action, object, details, requestId, keyId } = row;
  const text = stableStringify([accountId, seq, at, actor, onBehalfOf, action, object, details, requestId, keyId]);
  return createHmac('sha256', key).update(before).update(text).digest();
}

function plainText(text: string): string {
  return text.replace(unseen, ' ').slice(0, maxText);
}
