import type { TObject } from 'typebox';
import type { Connector, StreamDeclaration } from '../../connectors/kit/index.js';
import { parseSettings } from '../../connectors/kit/settings.js';
import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { type AuditLine, appendAudit } from '../../store/audit.js';
import {
  addConnection,
  type ConnectionRow,
  changeConnection,
  getConnection,
  listConnections,
  markConnection,
  readSecretRevision,
  removeConnection,
  storeRenewed,
  usesOfConnection,
  wakeStoppedRuns,
} from '../../store/connections-admin.js';
import type { AccountId, Tx } from '../../store/database.js';
import { breakConnection } from '../../store/events.js';
import { actorOf } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext, OpenedForApi } from '../context.js';

const askMs = 20_000;

export async function listAll(context: ApiContext, accountId: AccountId) {
  const rows = await context.store.account(accountId, listConnections);
  return { items: rows.map(shown), next: null };
}

export async function getOne(context: ApiContext, accountId: AccountId, id: string) {
  return shown(await context.store.account(accountId, (tx) => getConnection(tx, id)));
}

/** Secrets are never shown, not even their shape. */
export function shown(row: ConnectionRow) {
  return {
    id: row.id,
    name: row.name,
    connector: row.connector,
    settings: row.settings,
    hosts: row.hosts,
    state: row.state,
    failure: row.failure,
    hasSecret: row.hasSecret,
    createdAt: row.createdAt,
  };
}

export interface AddRequest {
  readonly name: string;
  readonly connector: string;
  readonly settings?: JsonObject;
  readonly secret?: JsonObject | null;
}

export async function add(context: ApiContext, caller: Caller, request: AddRequest) {
  const connector = findConnector(context, request.connector);
  const settings = parseSettings(connector.settings, request.settings ?? {}) as JsonObject;
  const secret = parseSecret(connector, request.secret ?? null);
  const row = await context.store.account(caller.accountId, (tx) =>
    addConnection(tx, context.vault, caller.accountId, {
      name: request.name,
      connector: connector.id,
      settings,
      secret,
      hosts: connector.hosts(settings),
    }),
  );
  return shown(row);
}

export function parseSecret(connector: Connector, secret: JsonObject | null): JsonObject | null {
  if (connector.secret !== null) {
    if (secret === null && isOptional(connector.secret)) return null;
    return parseSettings(connector.secret, secret ?? {}, 'secret') as JsonObject;
  }
  if (secret === null || Object.keys(secret).length === 0) return null;
  throw new Failure('connection/invalid_secret', {
    message: `Connector \`${connector.id}\` takes no secret.`,
    hint: 'Leave the secret out.',
  });
}

function isOptional(schema: TObject): boolean {
  return ((schema.required ?? []) as readonly string[]).length === 0;
}

/** A new secret for the same account at the vendor; runs that stopped for the old one go on. */
export async function reconnect(context: ApiContext, caller: Caller, id: string, secret: JsonObject) {
  const { accountId } = caller;
  const row = await context.store.account(accountId, (tx) => getConnection(tx, id));
  const parsed = parseSecret(findConnector(context, row.connector), secret);
  await context.store.account(accountId, async (tx) => {
    const revision = await readSecretRevision(tx, row.id);
    const isStored = await storeRenewed(tx, context.vault, accountId, row.id, revision, parsed ?? {});
    if (!isStored) throw raced(row.name);
    await wakeStoppedRuns(tx, accountId);
  });
  return getOne(context, accountId, row.id);
}

export interface ChangeRequest {
  readonly name?: string;
  /** All of them, in place of the present ones. */
  readonly settings?: JsonObject;
  readonly secret?: JsonObject;
}

/** A change of hosts leaves a line of its own: from then on the secret may be sent elsewhere. */
export async function change(
  context: ApiContext,
  caller: Caller,
  id: string,
  request: ChangeRequest,
  requestId: string,
) {
  const { accountId } = caller;
  return context.store.account(accountId, async (tx) => {
    const row = await getConnection(tx, id);
    const connector = findConnector(context, row.connector);
    const settings =
      request.settings === undefined
        ? row.settings
        : (parseSettings(connector.settings, request.settings) as JsonObject);
    const hosts = connector.hosts(settings);
    const secret = request.secret === undefined ? undefined : (parseSecret(connector, request.secret) ?? {});
    const changed = await changeConnection(tx, context.vault, accountId, row.id, {
      ...(request.name !== undefined && { name: request.name }),
      settings,
      hosts,
      ...(secret !== undefined && { secret }),
    });
    if (request.settings !== undefined || secret !== undefined) await wakeStoppedRuns(tx, accountId);
    await noteMove(context, tx, { ...actorOf(caller), accountId, requestId }, row, changed);
    return shown(changed);
  });
}

/** Who does something, in a line of the audit log. */
export type Doer = Pick<AuditLine, 'accountId' | 'actor' | 'onBehalfOf' | 'requestId'>;

/** The line `connection.moved` where the host set is another one than before. */
export async function noteMove(
  context: ApiContext,
  tx: Tx,
  doer: Doer,
  before: ConnectionRow,
  after: ConnectionRow,
): Promise<void> {
  const [from, to] = [before, after].map(({ hosts }) => [...hosts].sort().join(', '));
  if (from === to) return;
  await appendAudit(tx, context.vault.keys, {
    ...doer,
    action: 'connection.moved',
    object: after.name,
    details: { from: from ?? '', to: to ?? '' },
  });
}

/** Pipelines that work with the connection. */
export async function uses(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const { id: connectionId } = await getConnection(tx, id);
    return { items: await usesOfConnection(tx, connectionId), next: null };
  });
}

export async function remove(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, (tx) => removeConnection(tx, id));
}

/** One cheap call with the stored credentials. A refusal is an answer here, not an error. */
export async function check(context: ApiContext, accountId: AccountId, id: string) {
  return use(context, accountId, id, async ({ connection, connector, row }) => {
    const { setup } = connector;
    try {
      const report = await connection.check(AbortSignal.timeout(askMs));
      await context.store.account(accountId, (tx) => markConnection(tx, row.id, 'active', null));
      return { isWorking: true, ...report, failure: null, setup };
    } catch (error) {
      if (!isFailure(error)) throw error;
      const failure = error.toReport();
      if (error.kind === 'auth') {
        await context.store.account(accountId, (tx) => breakConnection(tx, accountId, row.id, failure));
      }
      return { isWorking: false, account: null, rightsFound: [], rightsMissing: [], failure, setup };
    }
  });
}

export async function streams(context: ApiContext, accountId: AccountId, id: string) {
  return use(context, accountId, id, async (opened) => ({ items: (await askAll(opened)).map(outline), next: null }));
}

function outline({ fields, ...stream }: StreamDeclaration) {
  return { ...stream, fieldCount: fields.length };
}

export async function fields(context: ApiContext, accountId: AccountId, id: string, name: string) {
  return use(context, accountId, id, async (opened) => {
    const stream = await findStream(opened, name);
    return { stream: stream.name, isOpen: stream.isOpen, key: stream.key, items: stream.fields, next: null };
  });
}

export async function values(context: ApiContext, accountId: AccountId, id: string, name: string, field: string) {
  return use(context, accountId, id, async (opened) => {
    const stream = await findStream(opened, name);
    const declared = stream.fields.find((each) => each.name === field);
    if (declared === undefined && !stream.isOpen) {
      throw new Failure('api/not_found', {
        message: `Stream \`${name}\` has no field \`${field}\`.`,
        hint: `Known fields: ${stream.fields.map((each) => each.name).join(', ')}.`,
      });
    }
    const asked = await opened.connection.values?.(name, field, AbortSignal.timeout(askMs));
    return { items: asked ?? declared?.values ?? [], next: null };
  });
}

async function findStream(opened: OpenedForApi, name: string): Promise<StreamDeclaration> {
  const all = await askAll(opened);
  const stream = all.find((each) => each.name === name);
  if (stream !== undefined) return stream;
  throw new Failure('api/not_found', {
    message: `Connection \`${opened.row.name}\` has no stream \`${name}\`.`,
    hint: `Known streams: ${all.map((each) => each.name).join(', ')}.`,
  });
}

function askAll(opened: OpenedForApi): Promise<readonly StreamDeclaration[]> {
  return opened.connection.streams(AbortSignal.timeout(askMs));
}

async function use<T>(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  work: (opened: OpenedForApi) => Promise<T>,
): Promise<T> {
  const opened = await context.openConnection(accountId, id);
  try {
    return await work(opened);
  } finally {
    await opened.connection.close();
  }
}

export function findConnector(context: ApiContext, id: string): Connector {
  const connector = context.connectors.get(id);
  if (connector !== undefined) return connector;
  throw new Failure('connection/unknown_connector', {
    message: `There is no connector \`${id}\`.`,
    hint: `Known connectors: ${[...context.connectors.keys()].sort().join(', ')}.`,
  });
}

function raced(name: string): Failure {
  return new Failure('api/precondition_failed', {
    message: `The secret of connection \`${name}\` was renewed at the same moment.`,
    hint: 'Try again.',
  });
}
