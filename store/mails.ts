import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AccountId, Store, Tx } from './database.js';
import type { InstallationKeys } from './installation-keys.js';
import { open, seal } from './vault-keys.js';

export interface NewMail {
  /** Null for letters to people without an account. */
  readonly accountId: AccountId | null;
  readonly to: string;
  readonly kind: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly replyTo?: string | undefined;
}

export interface QueuedMail extends NewMail {
  readonly id: string;
  readonly attempts: number;
}

export const mailChannel = 'pipewright_mail';

/** Queues a letter within the business transaction (D10). Its text is sealed: it may hold a link that opens a door. */
export async function queueMail(tx: Tx, keys: InstallationKeys, mail: NewMail): Promise<string> {
  const id = uuidv7();
  await tx
    .insertInto('mail')
    .values({
      id,
      account_id: mail.accountId,
      recipient: mail.to,
      kind: mail.kind,
      language: mail.language,
      subject: mail.subject,
      body: seal(keys.derived('mail'), `mail|${id}`, Buffer.from(mail.text)),
      reply_to: mail.replyTo ?? null,
      last_error: null,
      sent_at: null,
    })
    .execute();
  await sql`select pg_notify(${mailChannel}, '')`.execute(tx);
  return id;
}

/**
 * Takes the next due letter, has it sent and notes what became of it: `kept` where no mail server is set, put off with
 * a growing delay where it failed, given up after three days. Returns whether there was one.
 */
export async function sendNextMail(
  store: Store,
  keys: InstallationKeys,
  send: (mail: QueuedMail) => Promise<'sent' | 'kept'>,
): Promise<boolean> {
  return store.system(async (tx) => {
    const row = await tx
      .selectFrom('mail')
      .selectAll()
      .where('state', '=', 'queued')
      .where('next_try_at', '<=', sql<Date>`clock_timestamp()`)
      .orderBy('next_try_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return false;
    const update = tx.updateTable('mail').where('id', '=', row.id);
    try {
      const state = await send({
        id: row.id,
        accountId: row.account_id,
        to: row.recipient,
        kind: row.kind,
        language: row.language,
        subject: row.subject,
        text: textOf(keys, row.id, row.body),
        replyTo: row.reply_to ?? undefined,
        attempts: row.attempts,
      });
      await update.set({ state, sent_at: sql<Date>`clock_timestamp()`, attempts: row.attempts + 1 }).execute();
    } catch (error) {
      const delaySeconds = Math.min(3_600, 5 * 2 ** row.attempts);
      await update
        .set({
          state: sql<'queued'>`case when created_at < clock_timestamp() - interval '3 days' then 'failed' else 'queued' end`,
          attempts: row.attempts + 1,
          last_error: String((error as { message?: unknown }).message ?? error).slice(0, 500),
          next_try_at: sql<Date>`clock_timestamp() + ${delaySeconds} * interval '1 second'`,
        })
        .execute();
    }
    return true;
  });
}

export function textOf(keys: InstallationKeys, id: string, sealed: Buffer): string {
  return open(keys.derived('mail'), `mail|${id}`, sealed).toString();
}

export interface MailView {
  readonly id: string;
  readonly to: string;
  readonly kind: string;
  readonly language: string;
  readonly subject: string;
  readonly state: 'queued' | 'sent' | 'kept' | 'failed';
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

const viewed = [
  'id',
  'recipient as to',
  'kind',
  'language',
  'subject',
  'state',
  'attempts',
  'created_at as createdAt',
  'sent_at as sentAt',
] as const;

/** Letters of the whole installation, the newest first, for those who run it. */
export async function listMails(tx: Tx, before: string | null, limit: number): Promise<readonly MailView[]> {
  let query = tx.selectFrom('mail').select(viewed).orderBy('id', 'desc').limit(limit);
  if (before !== null) query = query.where('id', '<', before);
  return query.execute();
}

/** With its text where it is `kept` here because no mail server is set; null where there is none. */
export async function findMail(
  tx: Tx,
  keys: InstallationKeys,
  id: string,
): Promise<(MailView & { readonly text: string | null }) | null> {
  const row = await tx
    .selectFrom('mail')
    .select([...viewed, 'body'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { body, ...view } = row;
  return { ...view, text: view.state === 'kept' ? textOf(keys, id, body) : null };
}
