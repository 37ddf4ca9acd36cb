import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { isJsonObject } from '../../core/json.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/index.js';
import { parseForm } from './form.js';

/** Streams whose records the vendor tells of, by the middle of the event's name. */
const streams: Readonly<Record<string, string>> = {
  LEAD: 'leads',
  DEAL: 'deals',
  CONTACT: 'contacts',
  COMPANY: 'companies',
  ACTIVITY: 'activities',
};

/** Query parameter of the address that events are delivered to; nothing in the body is signed. */
export const secretParameter = 'key';

/** Names of the events to be bound for a stream; none where the vendor tells nothing. */
export function eventsOf(stream: string): string[] {
  const kinds = ['ADD', 'UPDATE', 'DELETE'];
  const named = Object.entries(streams).find(([, name]) => name === stream)?.[0];
  if (named !== undefined) return kinds.map((kind) => `ONCRM${named}${kind}`);
  if (stream === 'tasks') return kinds.map((kind) => `ONTASK${kind}`);
  return /^items_\d+$/.test(stream) ? kinds.map((kind) => `ONCRMDYNAMICITEM${kind}`) : [];
}

/**
 * Takes the events out of a delivery. It is genuine when it carries the portal's application token, or comes to an
 * address that holds our secret. Only an id is told, so the record is read again.
 */
export function parseEvents(request: IncomingWebhook, secret: string): readonly WebhookEvent[] {
  if (secret === '') throw noSecret();
  const body = parseForm(Buffer.from(request.rawBody).toString('utf8'), request.headers['content-type'] ?? '');
  if (body === null) throw invalidBody('cannot be read');
  const auth = isJsonObject(body.auth) ? body.auth : {};
  const token = typeof auth.application_token === 'string' ? auth.application_token : '';
  if (!isSame(token, secret) && !isSame(request.query[secretParameter] ?? '', secret)) throw badSignature();
  const event = eventOf(body, auth);
  return event === null ? [] : [event];
}

function eventOf(body: JsonObject, auth: JsonObject): WebhookEvent | null {
  const name = String(body.event ?? '').toUpperCase();
  const match = /^ON(CRM(LEAD|DEAL|CONTACT|COMPANY|ACTIVITY|DYNAMICITEM)|TASK)(ADD|UPDATE|DELETE)$/.exec(name);
  // Installation, custom fields and whatever comes next are no records of a stream.
  if (match === null) return null;
  const fields = fieldsOf(body.data);
  const key = String(fields.ID ?? fields.id ?? '');
  if (!/^\d+$/.test(key)) throw invalidBody('names no record');
  const typeId = String(fields.ENTITY_TYPE_ID ?? '');
  const stream =
    match[1] === 'TASK' ? 'tasks' : match[2] === 'DYNAMICITEM' ? `items_${typeId}` : streams[match[2] ?? ''];
  if (stream === undefined || (match[2] === 'DYNAMICITEM' && !/^\d+$/.test(typeId)))
    throw invalidBody('names no type of records');
  // Deliveries carry no id of their own: the same event of one moment is one event.
  const told = JSON.stringify([name, body.event_handler_id ?? '', body.ts ?? '', auth.member_id ?? '', fields]);
  return {
    eventId: createHash('sha256').update(told).digest('hex').slice(0, 32),
    stream,
    key,
    isDeletion: match[3] === 'DELETE',
    record: null,
  };
}

/** `data[FIELDS][ID]`; tasks have `FIELDS_AFTER`, and a deleted one only `FIELDS_BEFORE`. */
function fieldsOf(data: JsonValue | undefined): JsonObject {
  if (!isJsonObject(data)) return {};
  const named = [data.FIELDS, data.FIELDS_AFTER, data.FIELDS_BEFORE].filter(isJsonObject);
  return named.find((fields) => /^\d+$/.test(String(fields.ID ?? ''))) ?? named[0] ?? data;
}

function isSame(given: string, expected: string): boolean {
  if (given === '') return false;
  const one = createHmac('sha256', 'compare').update(given).digest();
  const other = createHmac('sha256', 'compare').update(expected).digest();
  return timingSafeEqual(one, other);
}

function badSignature(): Failure {
  return new Failure('webhook/bad_signature', {
    message: 'The delivery carries neither the portal’s application token nor the secret of this address.',
    hint: 'Enter the application token that Bitrix24 shows for the outgoing webhook, or register the events again.',
  });
}

function noSecret(): Failure {
  return new Failure('webhook/no_secret', {
    message: 'Events of this portal cannot be verified, so they are refused.',
    hint: 'Enter the application token that Bitrix24 shows for the outgoing webhook.',
  });
}

function invalidBody(what: string): Failure {
  return new Failure('webhook/invalid_body', {
    message: `The body of the event ${what}.`,
    hint: 'Check that Bitrix24 itself delivers to this address.',
  });
}
