import { createHash, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import { shortHash } from '../kit/hash.js';
import type { IncomingWebhook, WebhookDeclaration, WebhookEvent } from '../kit/index.js';
import type { Account } from './account.js';
import { parseBracketForm } from './bracket-form.js';

/** The vendor's names of lists in event bodies, with the stream of their records and that of their notes. */
const lists: Readonly<Record<string, { readonly stream: string; readonly notes?: string }>> = {
  leads: { stream: 'leads', notes: 'lead_notes' },
  contacts: { stream: 'contacts', notes: 'contact_notes' },
  companies: { stream: 'companies', notes: 'company_notes' },
  task: { stream: 'tasks' },
  tasks: { stream: 'tasks' },
};

/** What is ordered for a stream. */
const orders: Readonly<Record<string, readonly string[]>> = {
  leads: ['add_lead', 'update_lead', 'delete_lead', 'restore_lead', 'status_lead', 'responsible_lead'],
  contacts: ['add_contact', 'update_contact', 'delete_contact', 'restore_contact', 'responsible_contact'],
  companies: ['add_company', 'update_company', 'delete_company', 'restore_company', 'responsible_company'],
  tasks: ['add_task', 'update_task', 'delete_task', 'responsible_task'],
  lead_notes: ['note_lead'],
  contact_notes: ['note_contact'],
  company_notes: ['note_company'],
};

/**
 * The vendor signs nothing: whoever knows the address could send events. So the address carries a secret, and an event
 * says only which record to read again.
 */
export const webhook: WebhookDeclaration = { canRegister: true, parse: parseEvents };

function parseEvents(request: IncomingWebhook, secret: string): readonly WebhookEvent[] {
  if (secret === '') throw noSecret();
  if (!isSame(request.query.key ?? '', secret)) throw badKey();
  const body = parseBracketForm(Buffer.from(request.rawBody).toString('utf8'));
  const events = new Map<string, WebhookEvent>();
  for (const [name, { stream, notes }] of Object.entries(lists)) {
    const actions = body[name];
    if (!isJsonObject(actions)) continue;
    for (const [action, items] of Object.entries(actions)) {
      for (const item of itemsOf(items)) {
        const event = action === 'note' ? noteEvent(notes, item) : eventOf(streamOfItem(stream, item), action, item);
        if (event !== null) events.set(event.eventId, event);
      }
    }
  }
  return [...events.values()];
}

/** Companies have come among contacts, told by their type. */
function streamOfItem(stream: string, item: JsonObject): string {
  return stream === 'contacts' && item.type === 'company' ? 'companies' : stream;
}

/** Told again after a failure, an event has the same content, and so the same id. */
function eventOf(stream: string, action: string, item: JsonObject): WebhookEvent | null {
  const key = keyText(item.id);
  if (key === null) return null;
  const eventId = shortHash(`${stream}\n${action}\n${JSON.stringify(item)}`);
  return { eventId, stream, key, isDeletion: action === 'delete', record: null };
}

function noteEvent(stream: string | undefined, item: JsonObject): WebhookEvent | null {
  const note = isJsonObject(item.note) ? item.note : item;
  return stream === undefined ? null : eventOf(stream, 'note', note);
}

function itemsOf(items: JsonValue): JsonObject[] {
  const list = Array.isArray(items) ? items : isJsonObject(items) ? Object.values(items) : [];
  return list.filter(isJsonObject);
}

/** Orders events of these streams for an address; streams without events are left to polling. */
export async function registerWebhook(
  account: Account,
  url: string,
  secret: string,
  streams: readonly string[],
  signal: AbortSignal,
): Promise<JsonObject> {
  const settings = [...new Set(streams.flatMap((stream) => orders[stream] ?? []))];
  if (settings.length === 0) throw noEvents(streams);
  const destination = new URL(url);
  destination.searchParams.set('key', secret);
  const body = { destination: destination.href, settings };
  const answer = await account.client.send({ method: 'POST', path: '/webhooks', body, signal });
  const made = account.client.bodyOf(answer);
  // The address holds the key, so it is not kept: the vendor knows it by the id.
  return { id: keyText(made?.id) };
}

/** The vendor takes a webhook away by its address; one that is gone already is what was wanted. */
export async function removeWebhook(account: Account, registration: JsonObject, signal: AbortSignal): Promise<void> {
  const id = keyText(registration.id);
  const { client } = account;
  const known = id === null ? [] : await account.all('/webhooks', 'webhooks', {}, signal);
  const destination = known.find((row) => keyText(row.id) === id)?.destination;
  if (typeof destination !== 'string') return;
  const answer = await client.send({ method: 'DELETE', path: '/webhooks', body: { destination }, signal });
  if (answer.status >= 300 && answer.status !== 404) throw client.failureOf(answer);
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function badKey(): Failure {
  return new Failure('webhook/bad_signature', {
    message: 'The event does not carry the key of this intake.',
    hint: 'Give amoCRM the intake address with `?key=` and the signing secret behind it, or let it be registered.',
  });
}

function noSecret(): Failure {
  return new Failure('webhook/no_secret', {
    message: 'Events of amoCRM cannot be verified without a key, so they are refused.',
    hint: 'Create the intake anew, so that it has a key.',
  });
}

function noEvents(streams: readonly string[]): Failure {
  return new Failure('webhook/not_offered', {
    message: `amoCRM tells of no events for ${streams.map((stream) => `\`${stream}\``).join(', ')}.`,
    hint: `Streams with events: ${Object.keys(orders).sort().join(', ')}.`,
  });
}
