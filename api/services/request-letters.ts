import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chooseLanguage, mailText } from '../../languages/index.js';
import type { Tx } from '../../store/database.js';
import type { InstallationKeys } from '../../store/installation-keys.js';
import { queueMail } from '../../store/mails.js';
import { listOperators, type RequestRow } from '../../store/requests.js';
import type { ApiContext } from '../context.js';

/** A new mark for the address that answers go to: unguessable, and the same in capitals. */
export function makeMark(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The token of a visitor's link. It comes from the request's id and the installation's key, so that a later letter can hold the
 * link again although only the token's hash is stored.
 */
export function linkTokenOf(keys: InstallationKeys, requestId: string): string {
  return createHmac('sha256', keys.derived('links of requests')).update(requestId).digest('base64url');
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function visitorLink(context: ApiContext, token: string): string {
  return `${context.publicUrl.origin}/visitor-request?token=${encodeURIComponent(token)}`;
}

/** `requests@example.com` with a mark: `requests+<mark>@example.com`. Without an intake people answer to the contact. */
function replyAddressOf(context: ApiContext, mark: string): string | undefined {
  const address = context.mailReplyAddress;
  if (address === undefined) return context.contacts.email;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${mark}${address.slice(at)}`;
}

export interface Addressee {
  readonly email: string;
  readonly language: string | null;
}

/** Operators and the address of the contacts page, each once. Asked before a transaction of an account begins. */
export async function readOperators(context: ApiContext): Promise<readonly Addressee[]> {
  const operators = await context.store.system(listOperators);
  const { email } = context.contacts;
  const isKnown = operators.some((one) => one.email.toLowerCase() === email?.toLowerCase());
  return email === undefined || isKnown ? operators : [...operators, { email, language: null }];
}

/** Tells those who run the installation that somebody waits for an answer. */
export async function tellOperators(
  context: ApiContext,
  tx: Tx,
  operators: readonly Addressee[],
  request: Pick<RequestRow, 'id' | 'number' | 'subject' | 'name'>,
): Promise<void> {
  const { id, number, subject, name } = request;
  const link = `${context.publicUrl.origin}/operator/requests/${id}`;
  for (const { email, language: wanted } of operators) {
    const language = chooseLanguage(wanted, undefined);
    const letter = mailText(language, { kind: 'operator_new_request', number, subject, from: name, link });
    const head = { accountId: null, to: email, kind: 'operator_new_request', language };
    await queueMail(tx, context.vault.keys, { ...head, ...letter });
  }
}

/** A member learns that the request has arrived; visitors do not, since their address may be somebody else's. */
export async function confirmReceipt(context: ApiContext, tx: Tx, request: Omit<RequestRow, 'state'>): Promise<void> {
  const { number, subject } = request;
  const language = chooseLanguage(request.language, undefined);
  const letter = mailText(language, { kind: 'request_received', number, subject, ...linkOf(context, request) });
  await queueMail(tx, context.vault.keys, { ...headOf(context, request, 'request_received'), ...letter });
}

export async function sendAnswer(context: ApiContext, tx: Tx, request: RequestRow, answer: string): Promise<void> {
  const { number, subject } = request;
  const language = chooseLanguage(request.language, undefined);
  const letter = mailText(language, { kind: 'request_answered', number, subject, answer, ...linkOf(context, request) });
  await queueMail(tx, context.vault.keys, { ...headOf(context, request, 'request_answered'), ...letter });
}

function headOf(context: ApiContext, request: Omit<RequestRow, 'state'>, kind: string) {
  return {
    accountId: request.accountId,
    to: request.email,
    kind,
    language: chooseLanguage(request.language, undefined),
    replyTo: replyAddressOf(context, request.mark),
  };
}

/** A visitor's link only where the token is still the one that was given out (the master key may have changed). */
function linkOf(context: ApiContext, request: Omit<RequestRow, 'state'>): { readonly link?: string } {
  if (request.accountId !== null) return { link: `${context.publicUrl.origin}/requests/${request.id}` };
  const token = linkTokenOf(context.vault.keys, request.id);
  return timingSafeEqual(hashOfToken(token), request.tokenHash) ? { link: visitorLink(context, token) } : {};
}
