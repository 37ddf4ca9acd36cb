import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../../core/failures.js';
import type { Tx } from '../../store/database.js';
import {
  accountNames,
  addMessage,
  addRequest,
  getRequest,
  listMessages,
  listRequests,
  type NewRequest,
  noRequest,
  type RequestKind,
  type RequestRow,
  type RequestState,
  setRequestState,
} from '../../store/requests.js';
import type { Caller, Person } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf } from '../http/paging.js';
import {
  type Addressee,
  confirmReceipt,
  hashOfToken,
  linkTokenOf,
  makeMark,
  readOperators,
  sendAnswer,
  tellOperators,
} from './request-letters.js';

export interface RequestBody {
  readonly kind: RequestKind;
  readonly subject: string;
  readonly text: string;
}

const numberForm = /^[0-9]{1,15}$/;

/** A member asks for the account, or a servicing company for its customer. */
export async function file(context: ApiContext, caller: Caller, body: RequestBody, language: string) {
  const person = personOf(caller);
  const operators = await readOperators(context);
  const next: NewRequest = {
    ...newRequest(context, body, language),
    accountId: caller.accountId,
    partnerAccountId: caller.kind === 'partner' ? caller.onBehalfOf : null,
    userId: person.userId,
    email: person.email,
    name: person.name,
  };
  return context.store.account(caller.accountId, async (tx) => {
    await open(context, tx, operators, next, 'customer', body.text);
    const request = await getRequest(tx, next.id);
    await confirmReceipt(context, tx, request);
    return threadOf(tx, request);
  });
}

export function newRequest(context: ApiContext, { kind, subject }: RequestBody, language: string) {
  const id = uuidv7();
  const tokenHash = hashOfToken(linkTokenOf(context.vault.keys, id));
  return { id, kind, subject, language, tokenHash, mark: makeMark() };
}

/** The request with its first message, and letters to those who answer. */
export async function open(
  context: ApiContext,
  tx: Tx,
  operators: readonly Addressee[],
  next: NewRequest,
  author: 'visitor' | 'customer',
  text: string,
): Promise<void> {
  const number = await addRequest(tx, next);
  const { name: authorName, userId } = next;
  await addMessage(tx, next, { author, authorName, userId, body: text, way: 'web' });
  await tellOperators(context, tx, operators, { ...next, number });
}

export async function listOwn(
  context: ApiContext,
  caller: Caller,
  query: PageQuery & { readonly state?: RequestState },
) {
  const limit = limitOf(query);
  const rows = await context.store.account(caller.accountId, (tx) =>
    listRequests(tx, { ...filterOf(query), partnerAccountId: partnerOf(caller), limit: limit + 1 }),
  );
  const page = pageOf(rows, limit, (last) => String(last.number));
  return { ...page, items: page.items.map(outlineOf) };
}

export async function getOwn(context: ApiContext, caller: Caller, id: string) {
  return context.store.account(caller.accountId, async (tx) => threadOf(tx, await ownRequest(tx, caller, id)));
}

/** Another message of those who asked; a closed request is opened again by it. */
export async function writeOwn(context: ApiContext, caller: Caller, id: string, text: string) {
  const person = personOf(caller);
  const operators = await readOperators(context);
  return context.store.account(caller.accountId, async (tx) => {
    const request = await ownRequest(tx, caller, id);
    await addMessage(tx, request, {
      author: 'customer',
      authorName: person.name,
      userId: person.userId,
      body: text,
      way: 'web',
    });
    await setRequestState(tx, request.id, 'open');
    await tellOperators(context, tx, operators, request);
    return threadOf(tx, await getRequest(tx, request.id));
  });
}

export interface AllRequestsQuery extends PageQuery {
  readonly state?: RequestState;
  readonly kind?: RequestKind;
  readonly search?: string;
}

export async function listAll(context: ApiContext, query: AllRequestsQuery) {
  const limit = limitOf(query);
  const { kind } = query;
  const search = query.search?.trim() || undefined;
  return context.store.system(async (tx) => {
    const rows = await listRequests(tx, { ...filterOf(query), kind, search, limit: limit + 1 });
    const names = await namesOf(tx, rows);
    const page = pageOf(rows, limit, (last) => String(last.number));
    return { ...page, items: page.items.map((row) => withRequester(row, names)) };
  });
}

export async function getOne(context: ApiContext, id: string) {
  return context.store.system(async (tx) => operatorThread(tx, await getRequest(tx, id)));
}

/** An operator's answer goes to the requester by mail. */
export async function answer(context: ApiContext, caller: Caller, id: string, text: string) {
  const person = personOf(caller);
  return context.store.system(async (tx) => {
    const request = await getRequest(tx, id);
    await addMessage(tx, request, {
      author: 'operator',
      authorName: person.name,
      userId: person.userId,
      body: text,
      way: 'web',
    });
    await setRequestState(tx, id, 'answered');
    await sendAnswer(context, tx, request, text);
    return operatorThread(tx, await getRequest(tx, id));
  });
}

export async function setState(context: ApiContext, id: string, state: 'open' | 'closed') {
  return context.store.system(async (tx) => {
    await getRequest(tx, id);
    await setRequestState(tx, id, state);
    return operatorThread(tx, await getRequest(tx, id));
  });
}

async function ownRequest(tx: Tx, caller: Caller, id: string): Promise<RequestRow> {
  const request = await getRequest(tx, id);
  const partner = partnerOf(caller);
  // What others filed for the same customer is no matter of a servicing company.
  if (partner !== undefined && request.partnerAccountId !== partner) throw noRequest();
  return request;
}

function partnerOf(caller: Caller): string | undefined {
  return caller.kind === 'partner' ? (caller.onBehalfOf ?? '') : undefined;
}

function personOf(caller: Caller): Person {
  if (caller.person !== null) return caller.person;
  throw new Failure('api/forbidden', {
    message: 'Requests are filed by people, who can be answered.',
    hint: 'Sign in, or use the form for visitors.',
  });
}

function filterOf(query: PageQuery & { readonly state?: RequestState }) {
  const after = afterOf(query, numberForm);
  return { state: query.state, before: after === null ? null : Number(after) };
}

function outlineOf(request: RequestRow) {
  const { id, number, kind, subject, state, name, createdAt, updatedAt } = request;
  return {
    id,
    number,
    kind,
    subject,
    state,
    name,
    isByPartner: request.partnerAccountId !== null,
    createdAt,
    updatedAt,
  };
}

async function threadOf(tx: Tx, request: RequestRow) {
  return { ...outlineOf(request), messages: await listMessages(tx, request.id) };
}

async function operatorThread(tx: Tx, request: RequestRow) {
  const names = await namesOf(tx, [request]);
  return { ...withRequester(request, names), messages: await listMessages(tx, request.id) };
}

async function namesOf(tx: Tx, rows: readonly RequestRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => [row.accountId, row.partnerAccountId]).filter((id) => id !== null);
  return accountNames(tx, [...new Set(ids)]);
}

function withRequester(row: RequestRow, names: ReadonlyMap<string, string>) {
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const { email, language } = row;
  return { ...outlineOf(row), email, language, account: named(row.accountId), partner: named(row.partnerAccountId) };
}
