import type { IncomingWebhook, WebhookEvent } from '../../connectors/kit/index.js';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import { getConnection, readSecret } from '../../store/connections.js';
import { touchedPlace } from '../../store/dead-letters.js';
import {
  type FoundHook,
  findHookByPath,
  findListeningFlows,
  noteEvents,
  openHookSecrets,
  touchAnnounced,
} from '../../store/hooks.js';
import { addToOutbox } from '../../store/outbox.js';
import type { ApiContext } from '../context.js';
import { findConnector } from './connections.js';
import { hasOwnSigningSecret } from './hooks.js';

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
  const row = await context.store.account(hook.accountId, (tx) => getConnection(tx, hook.connectionId));
  const connector = findConnector(context, row.connector);
  if (connector.webhook === null) throw unknownHook();
  const signing = hasOwnSigningSecret(connector) ? await ownSigningSecret(context, hook) : secrets.signing;
  const events = parse(() => connector.webhook?.parse(delivery, signing, row.settings) ?? []);
  const fresh = await store(context, hook, events);
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

async function store(context: ApiContext, hook: FoundHook, events: readonly WebhookEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const { accountId, connectionId } = hook;
  const sealer = await context.vault.sealer(accountId);
  return context.store.account(accountId, async (tx) => {
    const ids = events.map((event) => event.eventId);
    const fresh = await noteEvents(tx, accountId, connectionId, ids);
    const news = events.filter((event) => fresh.has(event.eventId));
    if (news.length === 0) return 0;
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
    return news.length;
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
