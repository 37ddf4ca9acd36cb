import type { Connector } from '../../connectors/kit/index.js';
import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { getConnection } from '../../store/connections.js';
import type { AccountId } from '../../store/database.js';
import { addHook, getHook, listHooks, removeHook, setHookRegistration } from '../../store/hooks.js';
import type { ApiContext, OpenedForApi } from '../context.js';

const askMs = 20_000;

/** What became of a webhook intake, as a sentence for people. `url` holds a secret: it is shown once. */
export interface HookReport {
  readonly id: string | null;
  readonly connection: string;
  readonly url: string | null;
  readonly signingSecret: string | null;
  readonly isRegistered: boolean;
  readonly message: string;
}

export async function listAll(context: ApiContext, accountId: AccountId) {
  const rows = await context.store.account(accountId, (tx) => listHooks(tx));
  return {
    items: rows.map(({ registration, ...row }) => ({ ...row, isRegistered: registration !== null })),
    next: null,
  };
}

export interface CreateHook {
  readonly connection: string;
  /** Ask the vendor to deliver, where it can be asked. Default true. */
  readonly register?: boolean;
  readonly streams?: readonly string[];
  /** The vendor's own signing secret, where it is not ours to choose. */
  readonly signingSecret?: string;
}

export async function create(context: ApiContext, accountId: AccountId, request: CreateHook): Promise<HookReport> {
  const opened = await context.openConnection(accountId, request.connection);
  try {
    const { webhook } = opened.connector;
    if (webhook === null) throw notOffered(opened);
    const mayRegister = request.register !== false && webhook.canRegister && request.signingSecret === undefined;
    if (mayRegister) refuseUnreachable(context, opened);
    const { id, secrets } = await context.store.account(accountId, (tx) =>
      addHook(tx, context.vault, accountId, opened.row.id, request.signingSecret),
    );
    const url = `${context.publicUrl.origin}/hooks/${secrets.path}`;
    const shown = { id, connection: opened.row.name, url, signingSecret: secrets.signing };
    if (!mayRegister) return notRegistered(shown, opened);
    await register(context, accountId, id, opened, url, secrets.signing, request.streams);
    const message = `Events of connection \`${opened.row.name}\` are delivered to this server from now on.`;
    return { ...shown, isRegistered: true, message };
  } finally {
    await opened.connection.close();
  }
}

function notRegistered(shown: Omit<HookReport, 'isRegistered' | 'message'>, opened: OpenedForApi): HookReport {
  const isOwn = hasOwnSigningSecret(opened.connector);
  const sign = isOwn ? 'sign with the secret of the connection' : 'sign with the secret shown here';
  const message = `Give the sender of connection \`${opened.row.name}\` the intake address, and let it ${sign}.`;
  return { ...shown, ...(isOwn && { signingSecret: null }), isRegistered: false, message };
}

/** Connectors whose connections keep a signing secret of their own, shared with the sender. */
export function hasOwnSigningSecret(connector: Connector): boolean {
  return connector.secret !== null && 'signing_secret' in connector.secret.properties;
}

async function register(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  opened: OpenedForApi,
  url: string,
  signing: string,
  wanted: readonly string[] | undefined,
): Promise<void> {
  const signal = AbortSignal.timeout(askMs);
  try {
    const streams = wanted ?? (await opened.connection.streams(signal)).map((stream) => stream.name);
    const registration = await opened.connection.registerWebhook?.(url, signing, streams, signal);
    if (registration === undefined) throw notOffered(opened);
    await context.store.account(accountId, (tx) => setHookRegistration(tx, id, registration));
  } catch (error) {
    await context.store.account(accountId, (tx) => removeHook(tx, id));
    throw error;
  }
}

/** Takes the registration at the vendor back too; a vendor that cannot be asked does not keep the intake alive. */
export async function remove(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  const hook = await context.store.account(accountId, (tx) => getHook(tx, id));
  if (hook.registration !== null) await unregister(context, accountId, hook.connectionId, hook.registration);
  await context.store.account(accountId, (tx) => removeHook(tx, id));
}

async function unregister(
  context: ApiContext,
  accountId: AccountId,
  connectionId: string,
  registration: JsonObject,
): Promise<void> {
  const opened = await context.openConnection(accountId, connectionId);
  try {
    await opened.connection.removeWebhook?.(registration, AbortSignal.timeout(askMs));
  } catch (error) {
    if (!isFailure(error)) throw error;
  } finally {
    await opened.connection.close();
  }
}

/** `trigger: webhook`: every connection that a flow reads and whose connector has webhooks gets an intake once. */
export async function ensureHooks(
  context: ApiContext,
  accountId: AccountId,
  plan: Plan,
  bindings: Readonly<Record<string, string>>,
): Promise<HookReport[]> {
  const reports: HookReport[] = [];
  const streams = new Map<string, Set<string>>();
  for (const flow of plan.flows) {
    const id = bindings[flow.from.slot];
    if (id !== undefined) streams.set(id, (streams.get(id) ?? new Set()).add(flow.from.stream));
  }
  for (const [connectionId, names] of streams) {
    const row = await context.store.account(accountId, (tx) => getConnection(tx, connectionId));
    if (context.connectors.get(row.connector)?.webhook == null) continue;
    const existing = await context.store.account(accountId, (tx) => listHooks(tx, connectionId));
    if (existing.length > 0) continue;
    reports.push(await ensureOne(context, accountId, connectionId, row.name, [...names]));
  }
  return reports;
}

/** The version stands even where the vendor cannot be asked: the reconciling poll works meanwhile. */
async function ensureOne(
  context: ApiContext,
  accountId: AccountId,
  connectionId: string,
  connection: string,
  streams: readonly string[],
): Promise<HookReport> {
  try {
    return await create(context, accountId, { connection: connectionId, streams });
  } catch (error) {
    if (!isFailure(error)) throw error;
    const message = `No webhook was registered for connection \`${connection}\` (the reconciling poll goes on): ${error.message} ${error.hint}`;
    return { id: null, connection, url: null, signingSecret: null, isRegistered: false, message };
  }
}

/** Without PUBLIC_URL only vendors on this machine (sandboxes) can reach us. */
function refuseUnreachable(context: ApiContext, { row }: OpenedForApi): void {
  const isLocal = row.hosts.every((host) => /^(127\.|localhost[:]|\[?::1\]?:)/.test(host));
  if (context.publicUrl.isSet || isLocal) return;
  throw new Failure('webhook/no_public_url', {
    message: `The vendor of connection \`${row.name}\` cannot reach this server.`,
    hint: 'Set PUBLIC_URL to the address under which this server is reached from outside, and publish again.',
  });
}

function notOffered({ row }: OpenedForApi): Failure {
  return new Failure('webhook/not_offered', {
    message: `Connector \`${row.connector}\` of connection \`${row.name}\` has no webhooks.`,
    hint: 'Use a polled trigger such as `every: 5m`.',
  });
}
