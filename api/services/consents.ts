import { createHash, randomBytes } from 'node:crypto';
import type { Connector } from '../../connectors/kit/index.js';
import { parseSettings } from '../../connectors/kit/settings.js';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import { appendAudit } from '../../store/audit.js';
import { type FoundLink, findConnectLinkById, takeConnectLink } from '../../store/connect-links.js';
import {
  addConnection,
  type ConnectionRow,
  changeConnection,
  getConnection,
  readSecret,
  refuseTakenName,
  wakeStoppedRuns,
} from '../../store/connections-admin.js';
import type { AccountId, Tx } from '../../store/database.js';
import {
  addOAuthState,
  consentMinutes,
  hashOfToken,
  type OAuthState,
  takeOAuthState,
} from '../../store/oauth-states.js';
import { findMemberships } from '../../store/people.js';
import { type Caller, type Person, type Role, roles } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { findConnector, noteMove } from './connections.js';

/** Where vendors send browsers back to: this goes into the card of the application at the vendor. */
export const callbackPath = '/oauth/callback';
/** Pages of ours that a consent may end on; nothing else is ever named in a redirect. */
export const returnPages = ['/oauth/connected', '/connections'] as const;
export type ReturnPage = (typeof returnPages)[number];

const exchangeMs = 30_000;
const cookieStart = 'pipewright-consent-';
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** The vendor's application: its id and key, as the vendor shows them. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ConsentRequest {
  readonly connection?: string;
  readonly connector?: string;
  readonly name?: string;
  readonly settings?: JsonObject;
  readonly application?: Application;
  readonly returnTo?: ReturnPage;
}

export interface Begun {
  readonly authorizeUrl: string;
  readonly expiresAt: Date;
  /** A whole `Set-Cookie` line. */
  readonly cookie: string;
}

/** What a consent will become. */
interface Intent {
  readonly accountId: AccountId;
  readonly userId: string | null;
  readonly linkId: string | null;
  readonly connector: Connector;
  /** Null makes a new connection. */
  readonly connectionId: string | null;
  readonly name: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject;
  readonly returnTo: ReturnPage;
}

/** A signed-in member begins: for a new connection, or to connect one again. */
export async function start(context: ApiContext, caller: Caller, request: ConsentRequest): Promise<Begun> {
  const { accountId } = caller;
  const common = {
    accountId,
    userId: caller.person?.userId ?? null,
    linkId: null,
    returnTo: request.returnTo ?? returnPages[0],
  };
  if (request.connection !== undefined)
    return begin(context, { ...common, ...(await again(context, accountId, request)) });
  const { connector, name, settings = {} } = request;
  if (connector === undefined || name === undefined) throw nothingNamed();
  await context.store.account(accountId, (tx) => refuseTakenName(tx, name));
  const secret = secretOf(request.application);
  return begin(context, {
    ...common,
    connector: findConnector(context, connector),
    connectionId: null,
    name,
    settings,
    secret,
  });
}

/** A connection that is there keeps its settings, and its application where no other is named. */
async function again(context: ApiContext, accountId: AccountId, request: ConsentRequest) {
  return context.store.account(accountId, async (tx) => {
    const row = await getConnection(tx, request.connection ?? '');
    const stored = row.hasSecret ? (await readSecret(tx, context.vault, accountId, row.id)).secret : {};
    return {
      connector: findConnector(context, row.connector),
      connectionId: row.id,
      name: row.name,
      settings: row.settings,
      secret: request.application === undefined ? applicationIn(stored) : secretOf(request.application),
    };
  });
}

/** The same for somebody who holds a connect link. */
export async function startByLink(
  context: ApiContext,
  link: FoundLink,
  intent: { readonly settings: JsonObject; readonly secret: JsonObject },
): Promise<Begun> {
  return begin(context, {
    accountId: link.accountId,
    userId: null,
    linkId: link.id,
    connector: findConnector(context, link.connector),
    connectionId: link.connectionId,
    name: link.name,
    settings: intent.settings,
    secret: intent.secret,
    returnTo: '/oauth/connected',
  });
}

async function begin(context: ApiContext, intent: Intent): Promise<Begun> {
  const { connector, accountId } = intent;
  const oauth = oauthOf(connector);
  const settings = parseSettings(connector.settings, { ...intent.settings, ...oauth.settings }) as JsonObject;
  const { client_id: clientId, client_secret: clientSecret } = intent.secret;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') throw withoutApplication(connector);
  const [state, cookie, verifier] = [newToken(), newToken(), newToken()];
  const authorizeUrl = oauth.authorizeUrl(settings, {
    clientId,
    redirectUri: redirectUri(context),
    state,
    ...(oauth.hasPkce === true && { challenge: createHash('sha256').update(verifier).digest('base64url') }),
  });
  if (!/^https?:\/\//.test(authorizeUrl)) throw noAddress(connector);
  const stateHash = hashOfToken(state);
  const request = await context.vault.seal(accountId, statePlace(stateHash), {
    name: intent.name,
    settings,
    secret: intent.secret,
    ...(oauth.hasPkce === true && { verifier }),
  });
  await context.store.account(accountId, (tx) =>
    addOAuthState(tx, {
      stateHash,
      accountId,
      userId: intent.userId,
      connectLinkId: intent.linkId,
      cookieHash: hashOfToken(cookie),
      connector: connector.id,
      connectionId: intent.connectionId,
      request,
      returnTo: intent.returnTo,
    }),
  );
  return {
    authorizeUrl,
    expiresAt: new Date(Date.now() + consentMinutes * 60_000),
    cookie: cookieLine(context, cookieName(context, stateHash), cookie, consentMinutes * 60),
  };
}

export interface CallbackAnswer {
  readonly state: string;
  readonly query: Readonly<Record<string, string>>;
  /** The request's `Cookie` header. */
  readonly cookies: string;
  /** Who is signed in, in the browser that comes back. */
  readonly person: Person | null;
  readonly requestId: string;
}

export interface Finished {
  readonly returnTo: ReturnPage;
  readonly connectionId: string;
  /** Takes the cookie back. */
  readonly cookie: string;
}

/**
 * The browser came back: trades the code and stores what it brings. Throws `connection/consent_invalid`, alike for
 * states that are unknown, used, too old, of another browser and of another person; nothing is stored then.
 */
export async function finish(context: ApiContext, answer: CallbackAnswer): Promise<Finished> {
  const stateHash = hashOfToken(answer.state);
  const name = cookieName(context, stateHash);
  const cookies = tokenForm.test(answer.state) ? cookiesNamed(answer.cookies, name) : [];
  const found = await takeOAuthState(context.store, stateHash, cookies.map(hashOfToken));
  if (found === null) throw invalid();
  const doer = await doerOf(context, found, answer);
  const connector = findConnector(context, found.connector);
  const oauth = oauthOf(connector);
  const request = await context.vault.open(found.accountId, statePlace(found.stateHash), found.request);
  if (!isJsonObject(request) || !isJsonObject(request.settings) || !isJsonObject(request.secret)) throw invalid();
  const exchanged = await oauth.exchange({
    settings: request.settings,
    secret: request.secret,
    query: answer.query,
    redirectUri: redirectUri(context),
    ...(typeof request.verifier === 'string' && { verifier: request.verifier }),
    http: context.vendorHttp(found.accountId, connector, request.settings),
    signal: AbortSignal.timeout(exchangeMs),
  });
  const settings = parseSettings(connector.settings, { ...request.settings, ...exchanged.settings }) as JsonObject;
  const connection = await context.store.account(found.accountId, (tx) =>
    keep(
      context,
      tx,
      found,
      connector,
      { ...doer, requestId: answer.requestId },
      {
        name: String(request.name),
        settings,
        secret: exchanged.secret,
      },
    ),
  );
  return {
    returnTo: returnPages.find((page) => page === found.returnTo) ?? returnPages[0],
    connectionId: connection.id,
    cookie: cookieLine(context, name, '', 0),
  };
}

async function keep(
  context: ApiContext,
  tx: Tx,
  found: OAuthState,
  connector: Connector,
  doer: { readonly actor: string; readonly onBehalfOf: string | null; readonly requestId: string },
  next: { readonly name: string; readonly settings: JsonObject; readonly secret: JsonObject },
): Promise<ConnectionRow> {
  const { accountId, connectionId, connectLinkId } = found;
  const hosts = connector.hosts(next.settings);
  const before = connectionId === null ? null : await getConnection(tx, connectionId);
  const connection =
    before === null
      ? await addConnection(tx, context.vault, accountId, { ...next, connector: connector.id, hosts })
      : await changeConnection(tx, context.vault, accountId, before.id, { ...next, name: before.name, hosts });
  if (connectLinkId !== null && !(await takeConnectLink(tx, connectLinkId, connection.id))) throw linkClosed('used');
  if (before !== null) await wakeStoppedRuns(tx, accountId);
  const line = { ...doer, accountId };
  await appendAudit(tx, context.vault.keys, {
    ...line,
    action: before === null ? 'connection.added' : 'connection.reconnected',
    object: connection.name,
    details: { way: 'consent' },
  });
  if (before !== null) await noteMove(context, tx, line, before, connection);
  return connection;
}

/** A member must still be signed in and an editor; a link must still be open. */
async function doerOf(
  context: ApiContext,
  found: OAuthState,
  { person }: CallbackAnswer,
): Promise<{ actor: string; onBehalfOf: string | null }> {
  if (found.connectLinkId !== null) {
    const link = await findConnectLinkById(context.store, found.connectLinkId);
    if (link === null || link.state !== 'open') throw linkClosed(link?.state ?? 'withdrawn');
    return { actor: 'visitor', onBehalfOf: link.createdBy };
  }
  if (person === null || person.userId !== found.userId) throw invalid();
  const memberships = await findMemberships(context.store, person.userId);
  const role = memberships.find(({ accountId }) => accountId === found.accountId)?.role;
  if (roles.indexOf(role as Role) < roles.indexOf('editor')) throw invalid();
  return { actor: `person:${person.email}`, onBehalfOf: null };
}

function oauthOf(connector: Connector) {
  if (connector.oauth !== undefined) return connector.oauth;
  throw new Failure('connection/consent_not_offered', {
    message: `Connector \`${connector.id}\` has no consent page.`,
    hint: 'Give the connection a secret instead.',
  });
}

export function secretOf(application: Application | undefined): JsonObject {
  return application === undefined ? {} : { client_id: application.clientId, client_secret: application.clientSecret };
}

/** Of a stored secret only what belongs to the application; the rest is the old consent's. */
function applicationIn({ client_id, client_secret }: JsonObject): JsonObject {
  return { ...(client_id !== undefined && { client_id }), ...(client_secret !== undefined && { client_secret }) };
}

function redirectUri(context: ApiContext): string {
  return context.publicUrl.origin + callbackPath;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function statePlace(stateHash: Buffer): string {
  return `oauth_state|${stateHash.toString('hex')}`;
}

/** A name for each state, so that two tabs do not take each other's. */
function cookieName(context: ApiContext, stateHash: Buffer): string {
  return `${isHttps(context) ? '__Secure-' : ''}${cookieStart}${stateHash.toString('hex', 0, 8)}`;
}

function cookieLine(context: ApiContext, name: string, value: string, seconds: number): string {
  // Lax: the browser comes back by a link of the vendor's page, which is another site.
  const flags = `Path=${callbackPath}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isHttps(context) ? '; Secure' : ''}`;
  return `${name}=${value}; ${flags}`;
}

function isHttps(context: ApiContext): boolean {
  return context.publicUrl.origin.startsWith('https:');
}

/** Somebody may plant a second cookie of the name under another path: each is compared. */
function cookiesNamed(header: string, name: string): string[] {
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
    .filter((value) => tokenForm.test(value))
    .slice(0, 5);
}

function invalid(): Failure {
  return new Failure('connection/consent_invalid', {
    message: 'This answer belongs to no consent that you began in this browser within the last ten minutes.',
    hint: 'Sign in and begin again from the connection; nothing was stored.',
  });
}

export function linkClosed(state: FoundLink['state']): Failure {
  const became = { used: 'was used already', withdrawn: 'was withdrawn', expired: 'has run out', open: 'is closed' };
  return new Failure('connection/link_closed', {
    message: `This link ${became[state]}.`,
    hint: 'Ask whoever sent it for a new one.',
  });
}

function nothingNamed(): Failure {
  return new Failure('api/bad_request', {
    message: 'The request names neither a connection nor a connector with a name.',
    hint: 'Send `connection` to connect one again, or `connector` and `name` to make one.',
  });
}

function withoutApplication(connector: Connector): Failure {
  return new Failure('connection/consent_not_offered', {
    message: `The consent page of \`${connector.id}\` needs the application’s id and key.`,
    hint: 'Send `application` with `clientId` and `clientSecret`, as the vendor shows them.',
  });
}

function noAddress(connector: Connector): Failure {
  return new Failure('connection/invalid_settings', {
    message: `The settings lead to no consent page of \`${connector.id}\`.`,
    hint: 'Write addresses like `https://example.com`.',
  });
}
