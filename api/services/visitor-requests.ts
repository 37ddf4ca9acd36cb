import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../../store/database.js';
import {
  addMessage,
  findRequestByMark,
  getRequestByToken,
  listMessages,
  type RequestRow,
  setRequestState,
} from '../../store/requests.js';
import type { LimitRule } from '../access/limits.js';
import type { ApiContext } from '../context.js';
import { hashOfToken, linkTokenOf, readOperators, tellOperators, visitorLink } from './request-letters.js';
import { newRequest, open, type RequestBody } from './requests.js';

/** What one address may file and write; docs/api.md names the same figures. */
const filed: LimitRule = { name: 'visitor_requests', points: 5, seconds: 3_600 };
const written: LimitRule = { name: 'visitor_messages', points: 30, seconds: 3_600 };
/** About one mail address, whoever asks: nobody's name is used to flood operators. */
const perPerson: LimitRule = { name: 'visitor_emails', points: 5, seconds: 86_400 };

export interface VisitorBody extends RequestBody {
  readonly name: string;
  readonly email: string;
  /** People do not see this field; programs that fill in everything do. */
  readonly website?: string;
}

/** The answer is the same for everybody, also for those whose address is known here. */
export async function file(context: ApiContext, address: string, body: VisitorBody, language: string) {
  await context.limits.take(filed, digest(address));
  if ((body.website ?? '') !== '') return answerOf(context, randomBytes(32).toString('base64url'));
  await context.limits.take(perPerson, digest(body.email.toLowerCase()));
  const operators = await readOperators(context);
  const next = {
    ...newRequest(context, body, language),
    accountId: null,
    partnerAccountId: null,
    userId: null,
    email: body.email,
    name: body.name,
  };
  await context.store.system((tx) => open(context, tx, operators, next, 'visitor', body.text));
  return answerOf(context, linkTokenOf(context.vault.keys, next.id));
}

export async function getThread(context: ApiContext, token: string) {
  return context.store.system(async (tx) => shown(tx, await getRequestByToken(tx, hashOfToken(token))));
}

export async function write(context: ApiContext, address: string, token: string, text: string) {
  await context.limits.take(written, digest(address));
  const operators = await readOperators(context);
  return context.store.system(async (tx) => {
    const request = await getRequestByToken(tx, hashOfToken(token));
    await addMessage(tx, request, {
      author: 'visitor',
      authorName: request.name,
      userId: null,
      body: text,
      way: 'web',
    });
    await setRequestState(tx, request.id, 'open');
    await tellOperators(context, tx, operators, request);
    return shown(tx, await getRequestByToken(tx, hashOfToken(token)));
  });
}

/** Whether a mark of a reply address is one of ours. */
export async function isKnownMark(context: ApiContext, mark: string): Promise<boolean> {
  return (await context.store.system((tx) => findRequestByMark(tx, mark))) !== null;
}

export interface Reply {
  readonly mark: string;
  /** The address in the letter's `From`. */
  readonly from: string;
  readonly text: string;
  readonly messageId: string;
}

/**
 * An answer by mail. Only from the requester's own address: a letter can say that it is from anybody, so the mark that
 * nobody can guess must come along, and operators answer here alone. A letter that came twice is taken once.
 */
export async function takeReply(context: ApiContext, reply: Reply): Promise<'taken' | 'repeated' | 'refused'> {
  const operators = await readOperators(context);
  return context.store.system(async (tx) => {
    const request = await findRequestByMark(tx, reply.mark);
    if (request === null || request.email.toLowerCase() !== reply.from.toLowerCase()) return 'refused';
    const isNew = await addMessage(tx, request, {
      author: request.accountId === null ? 'visitor' : 'customer',
      authorName: request.name,
      userId: null,
      body: reply.text,
      way: 'mail',
      mailMessageId: reply.messageId,
    });
    if (!isNew) return 'repeated';
    await setRequestState(tx, request.id, 'open');
    await tellOperators(context, tx, operators, request);
    return 'taken';
  });
}

function answerOf(context: ApiContext, token: string) {
  return { token, link: visitorLink(context, token) };
}

/** Without numbers and ids: strangers count nothing here. */
async function shown(tx: Tx, request: RequestRow) {
  const { kind, subject, state, createdAt, updatedAt } = request;
  return { kind, subject, state, createdAt, updatedAt, messages: await listMessages(tx, request.id) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
