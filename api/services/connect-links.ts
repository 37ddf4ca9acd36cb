import { createHash, randomBytes } from 'node:crypto';
import { type TObject, type TSchema, Type } from 'typebox';
import type { Connector } from '../../connectors/kit/index.js';
import { parseSettings } from '../../connectors/kit/settings.js';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import { type Language, mailText } from '../../languages/index.js';
import { appendAudit } from '../../store/audit.js';
import {
  addConnectLink,
  type FoundLink,
  findConnectLink,
  linkSecretPlace,
  listConnectLinks,
  takeConnectLink,
  withdrawConnectLink,
} from '../../store/connect-links.js';
import {
  addConnection,
  changeConnection,
  getConnection,
  refuseTakenName,
  wakeStoppedRuns,
} from '../../store/connections-admin.js';
import type { AccountId, Tx } from '../../store/database.js';
import { queueMail } from '../../store/mails.js';
import { hashOfToken } from '../../store/oauth-states.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';
import { findConnector, noteMove, parseSecret } from './connections.js';
import { type Application, type Begun, linkClosed, secretOf, startByLink } from './consents.js';

const usualDays = 7;
const checkMs = 20_000;
const tokenForm = /^[A-Za-z0-9_-]{43}$/;
/** Letters that one account may have sent in a day. */
const mails = { name: 'connect_link_mail', points: 50, seconds: 86_400 };
/** Looks and tries of one address; an address' secret has 256 bits, so this only keeps the noise down. */
const tries = { name: 'connect_link', points: 60, seconds: 900 };

export interface LinkRequest {
  readonly connection?: string;
  readonly connector?: string;
  readonly name?: string;
  readonly settings?: JsonObject;
  readonly application?: Application;
  readonly days?: number;
  /** Who gets the address by mail, and in which language. */
  readonly email?: string;
  readonly language?: Language;
}

/** The link's address is in this answer and nowhere else. */
export async function create(context: ApiContext, caller: Caller, request: LinkRequest) {
  const { accountId } = caller;
  const token = randomBytes(32).toString('base64url');
  const link = await context.store.account(accountId, async (tx) => {
    const row = request.connection === undefined ? null : await getConnection(tx, request.connection);
    const name = row?.name ?? request.name;
    const id = row?.connector ?? request.connector;
    if (name === undefined || id === undefined) throw nothingNamed();
    const connector = findConnector(context, id);
    if (connector.secret === null) throw nothingToAsk(connector);
    if (row === null) await refuseTakenName(tx, name);
    const settings = row?.settings ?? request.settings ?? {};
    const secret = request.application === undefined ? null : secretOf(request.application);
    // Whoever fills in the link must not choose where the key of the application is sent.
    if (secret !== null || row !== null) parseSettings(connector.settings, settings);
    else parseSettings(partial(connector.settings), settings);
    if (secret !== null && connector.oauth === undefined) throw nothingToAsk(connector);
    const days = request.days ?? usualDays;
    const url = addressOf(context, token);
    if (request.email !== undefined) await send(tx, context, caller, request, { connector, days, link: url });
    return addConnectLink(tx, context.vault, accountId, {
      connector: connector.id,
      name,
      settings,
      secret,
      connectionId: row?.id ?? null,
      createdBy: caller.name,
      days,
      tokenHash: hashOfToken(token),
    });
  });
  return { ...link, url: addressOf(context, token), token };
}

function addressOf(context: ApiContext, token: string): string {
  return `${context.publicUrl.origin}/connect/${token}`;
}

async function send(
  tx: Tx,
  context: ApiContext,
  caller: Caller,
  { email = '', language = 'en' }: LinkRequest,
  about: { readonly connector: Connector; readonly days: number; readonly link: string },
): Promise<void> {
  await context.limits.take(mails, caller.accountId);
  const { accountId } = caller;
  const { name } = await tx.selectFrom('account').select('name').where('id', '=', accountId).executeTakeFirstOrThrow();
  const mail = { kind: 'connect_link', account: name, connector: about.connector.title, from: caller.name } as const;
  const { subject, text } = mailText(language, { ...mail, link: about.link, days: about.days });
  const { keys } = context.vault;
  await queueMail(tx, keys, { accountId, to: email, kind: 'connect_link', language, subject, text });
}

export async function listAll(context: ApiContext, accountId: AccountId, query: PageQuery) {
  const limit = limitOf(query);
  const after = afterOf(query, uuidForm);
  const rows = await context.store.account(accountId, (tx) => listConnectLinks(tx, after, limit + 1));
  return pageOf(rows, limit, (last) => last.id);
}

export async function withdraw(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, (tx) => withdrawConnectLink(tx, id));
}

/** What a link asks for; whoever holds it sees this and nothing else of the account. */
export async function describe(context: ApiContext, token: string, address: string) {
  const { link, connector } = await open(context, token, address);
  const hasApplication = link.secret !== null;
  const asked = missingSettings(connector, link);
  return {
    account: link.accountName,
    name: link.name,
    isReconnect: link.connectionId !== null,
    expiresAt: link.expiresAt,
    connector: { id: connector.id, title: connector.title, setup: connector.setup },
    ways: [
      ...(hasApplication ? [] : (['secret'] as const)),
      ...(connector.oauth === undefined ? [] : (['consent'] as const)),
    ],
    settings: Object.keys(asked.properties).length === 0 ? null : asked,
    secret: hasApplication || connector.secret === null ? null : askedSecret(connector.secret),
    needsApplication: connector.oauth !== undefined && !hasApplication,
  };
}

/** Credentials that work use the link up; a link whose credentials were refused may be tried again. */
export async function complete(
  context: ApiContext,
  token: string,
  given: { readonly settings?: JsonObject; readonly secret: JsonObject },
  from: { readonly address: string; readonly requestId: string },
) {
  const { link, connector } = await open(context, token, from.address);
  if (link.secret !== null) throw onlyByConsent(connector);
  const settings = parseSettings(connector.settings, settingsOf(connector, link, given.settings)) as JsonObject;
  const typed = parseSecret(connector, given.secret) ?? {};
  const { report, secret } = await prove(context, link, connector, settings, typed);
  const hosts = connector.hosts(settings);
  await context.store.account(link.accountId, async (tx) => {
    const before = link.connectionId === null ? null : await getConnection(tx, link.connectionId);
    const next = { name: before?.name ?? link.name, settings, secret, hosts };
    const connection =
      before === null
        ? await addConnection(tx, context.vault, link.accountId, { ...next, connector: connector.id })
        : await changeConnection(tx, context.vault, link.accountId, before.id, next);
    if (!(await takeConnectLink(tx, link.id, connection.id))) throw linkClosed('used');
    if (before !== null) await wakeStoppedRuns(tx, link.accountId);
    const line = {
      accountId: link.accountId,
      actor: 'visitor',
      onBehalfOf: link.createdBy,
      requestId: from.requestId,
    };
    await appendAudit(tx, context.vault.keys, {
      ...line,
      action: before === null ? 'connection.added' : 'connection.reconnected',
      object: connection.name,
      details: { way: 'connect link' },
    });
    if (before !== null) await noteMove(context, tx, line, before, connection);
  });
  return { name: link.name, vendorAccount: report.account, rightsMissing: report.rightsMissing };
}

/** One cheap call with what was typed, before anything of it is kept. */
async function prove(
  context: ApiContext,
  link: FoundLink,
  connector: Connector,
  settings: JsonObject,
  typed: JsonObject,
) {
  const tried = context.tryConnection(link.accountId, { connector, settings, secret: typed });
  try {
    const report = await tried.connection.check(AbortSignal.timeout(checkMs));
    return { report, secret: tried.secret() ?? typed };
  } finally {
    await tried.connection.close();
  }
}

export async function startConsent(
  context: ApiContext,
  token: string,
  given: { readonly settings?: JsonObject; readonly application?: Application },
  address: string,
): Promise<Begun> {
  const { link, connector } = await open(context, token, address);
  const settings = settingsOf(connector, link, given.settings);
  if (link.secret === null) return startByLink(context, link, { settings, secret: secretOf(given.application) });
  const secret = await context.vault.open(link.accountId, linkSecretPlace(link.id), link.secret);
  return startByLink(context, link, { settings, secret: isJsonObject(secret) ? secret : {} });
}

async function open(
  context: ApiContext,
  token: string,
  address: string,
): Promise<{ link: FoundLink; connector: Connector }> {
  await context.limits.take(tries, createHash('sha256').update(address).digest('base64url'));
  const link = tokenForm.test(token) ? await findConnectLink(context.store, hashOfToken(token)) : null;
  if (link === null) throw unknownLink();
  if (link.state !== 'open') throw linkClosed(link.state);
  return { link, connector: findConnector(context, link.connector) };
}

/** What the link says stands; only what it leaves out may be filled in. */
function settingsOf(connector: Connector, link: FoundLink, given: JsonObject = {}): JsonObject {
  const asked = missingSettings(connector, link);
  parseSettings(partial(asked), given);
  return { ...given, ...link.settings };
}

function missingSettings(connector: Connector, link: FoundLink): TObject {
  if (link.secret !== null || link.connectionId !== null) return Type.Object({}, { additionalProperties: false });
  return without(connector.settings, (name) => name in link.settings);
}

/** Without what Pipewright keeps there itself (tokens), which the declaration marks by allowing null. */
function askedSecret(schema: TObject): TObject {
  return without(schema, (_name, property) => mayBeNull(property));
}

function mayBeNull(property: TSchema): boolean {
  const options = (property as { anyOf?: readonly { type?: unknown }[] }).anyOf ?? [];
  return options.some(({ type }) => type === 'null');
}

const made = new WeakMap<TObject, Map<string, TObject>>();

/** A schema with fewer members; the same object each time, since validators are kept by it. */
function without(schema: TObject, isLeftOut: (name: string, property: TSchema) => boolean): TObject {
  const names = Object.keys(schema.properties).filter((name) => !isLeftOut(name, schema.properties[name] as TSchema));
  return keptSchema(schema, names.join(','), () => {
    const required = ((schema.required ?? []) as readonly string[]).filter((name) => names.includes(name));
    const properties = Object.fromEntries(names.map((name) => [name, schema.properties[name] as TSchema]));
    return { ...Type.Object(properties, { additionalProperties: false }), required } as unknown as TObject;
  });
}

/** The same with nothing required. */
function partial(schema: TObject): TObject {
  return keptSchema(schema, '?', () => ({ ...schema, required: [] }) as unknown as TObject);
}

function keptSchema(schema: TObject, name: string, make: () => TObject): TObject {
  const kept = made.get(schema) ?? new Map<string, TObject>();
  made.set(schema, kept);
  const known = kept.get(name) ?? make();
  kept.set(name, known);
  return known;
}

function unknownLink(): Failure {
  return new Failure('api/not_found', {
    message: 'There is no connect link at this address.',
    hint: 'Check that the address is whole, or ask whoever sent it for a new one.',
  });
}

function nothingNamed(): Failure {
  return new Failure('api/bad_request', {
    message: 'The request names neither a connection nor a connector with a name.',
    hint: 'Send `connection` to have one connected again, or `connector` and `name` for a new one.',
  });
}

function nothingToAsk(connector: Connector): Failure {
  return new Failure('connection/consent_not_offered', {
    message: `A connection of \`${connector.id}\` needs nothing that somebody else could give this way.`,
    hint: 'Add the connection yourself.',
  });
}

function onlyByConsent(connector: Connector): Failure {
  return new Failure('connection/consent_not_offered', {
    message: `This link is for the consent page of \`${connector.title}\` alone.`,
    hint: 'Go on to the vendor’s page and agree there.',
  });
}
