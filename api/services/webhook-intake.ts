import type { IncomingWebhook, WebhookEvent } from '../../connectors/kit/index.js';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import { readSecret } from '../../store/connections.js';
import { touchedPlace } from '../../store/dead-letters.js';
import {
  type FoundHook,
  findHookByPath,
  findHookedConnection,
  findListeningFlows,
  noteEvents,
  openHookSecrets,
  touchAnnounced,
} from '../../store/hooks.js';
import { addToOutbox } from '../../store/outbox.js';
import type { ApiContext } from '../context.js';
import { findConnector } from './connections.js';
import { hasOwnSigningSecret } from './hooks.js';
import { SharedTurns } from './shared-turns.js';

export interface IntakeResult {
  readonly connectionId: string;
  readonly events: number;
  /** Events that were not known yet; a repeat of a delivery has none. */
  readonly fresh: number;
}

/**
 * Verifies a delivery and stores what it announces, all in one transaction: event ids, touched rows of every flow that
 * listens, one doorbell for each pipeline. Resolves after the commit. Throws `api/not_found` for an unknown path,
 * `webhook/*` for what cannot be trusted.
 */
export async function receive(context: ApiContext, path: string, delivery: IncomingWebhook): Promise<IntakeResult> {
  const hook = /^[A-Za-z0-9_-]{43}$/.test(path) ? await findHookByPath(context.store, path) : null;
  if (hook === null) throw unknownHook();
  const secrets = await openHookSecrets(context.vault, hook);
  const row = await findHookedConnection(context.store, hook);
  if (row === null) throw unknownHook();
  const connector = findConnector(context, row.connector);
  if (connector.webhook === null) throw unknownHook();
  const signing = hasOwnSigningSecret(connector) ? await ownSigningSecret(context, hook) : secrets.signing;
  const events = parse(() => connector.webhook?.parse(delivery, signing, row.settings) ?? []);
  const fresh = await storeTogether(context, { hook, events });
  return { connectionId: hook.connectionId, events: events.length, fresh };
}

/** Where sender and connection share a secret of their own, that one signs, also after it was changed. */
async function ownSigningSecret(context: ApiContext, hook: FoundHook): Promise<string> {
  const { secret } = await context.store.account(hook.accountId, (tx) =>
    readSecret(tx, context.vault, hook.accountId, hook.connectionId),
  );
  return typeof secret.signing_secret === 'string' ? secret.signing_secret : '';
}

/** What is signed rightly but cannot be read is the vendor's mistake, not ours. */
function parse(work: () => readonly WebhookEvent[]): readonly WebhookEvent[] {
  try {
    const events = work();
    for (const event of events)
      if (event.eventId === '' || event.stream === '' || event.key === '') throw unreadable('');
    return events;
  } catch (error) {
    throw isFailure(error) ? error : unreadable(errorText(error));
  }
}

interface Delivered {
  readonly hook: FoundHook;
  readonly events: readonly WebhookEvent[];
}

const deliveriesAtOnce = 100;
const turnsOf = new WeakMap<ApiContext, SharedTurns<Delivered, number>>();

/** Stores a delivery, together with others of its connection that come at the same time; resolves after the commit. */
function storeTogether(context: ApiContext, delivered: Delivered): Promise<number> {
  if (delivered.events.length === 0) return Promise.resolve(0);
  const turns =
    turnsOf.get(context) ??
    new SharedTurns<Delivered, number>((deliveries) => storeAll(context, deliveries), deliveriesAtOnce);
  turnsOf.set(context, turns);
  return turns.take(delivered.hook.connectionId, delivered);
}

/** How many events of each delivery were new; one that two of them carried counts for the first. */
async function storeAll(context: ApiContext, deliveries: readonly Delivered[]): Promise<number[]> {
  const [first] = deliveries;
  if (first === undefined) return [];
  const fresh = await store(
    context,
    first.hook,
    deliveries.flatMap(({ events }) => events),
  );
  return deliveries.map(({ events }) => events.filter((event) => fresh.delete(event.eventId)).length);
}

async function store(context: ApiContext, hook: FoundHook, events: readonly WebhookEvent[]): Promise<Set<string>> {
  const { accountId, connectionId } = hook;
  const sealer = await context.vault.sealer(accountId);
  return context.store.account(accountId, async (tx) => {
    const ids = events.map((event) => event.eventId);
    const fresh = await noteEvents(tx, accountId, connectionId, ids);
    const news = events.filter((event) => fresh.has(event.eventId));
    if (news.length === 0) return new Set();
    const flows = await findListeningFlows(tx, connectionId, [...new Set(news.map((event) => event.stream))]);
    const rows = news.flatMap((event) =>
      flows
        .filter((flow) => flow.stream === event.stream)
        .map((flow) => ({
          flowId: flow.flowId,
          sourceKey: event.key,
          isDeletion: event.isDeletion,
          record: event.record === null ? null : sealer(touchedPlace(event.key), event.record as never),
        })),
    );
    await touchAnnounced(tx, accountId, rows);
    for (const pipelineUid of new Set(flows.map((flow) => flow.pipelineUid))) {
      await addToOutbox(tx, accountId, 'wake_drain', { pipelineUid });
    }
    return new Set(fresh);
  });
}

function unknownHook(): Failure {
  return new Failure('api/not_found', {
    message: 'There is no webhook intake at this address.',
    hint: 'Create one with `pipewright hooks create <connection>` and give the vendor its address.',
  });
}

function unreadable(why: string): Failure {
  return new Failure('api/bad_request', {
    message: `The delivery cannot be read${why === '' ? '' : `: ${why.slice(0, 80)}`}.`,
    hint: 'Check that the vendor sends events of the kind that the connection expects.',
  });
}
