import { isUtf8 } from 'node:buffer';
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/index.js';
import { textAt } from '../kit/json-path.js';
import { streamOfObject } from './streams/index.js';
import { isGuid } from './values.js';

const mostEvents = 1_000;
const secretHeader = 'x-pipewright-secret';
const signatureHeader = 'x-pipewright-signature';

/**
 * The instance has no webhooks of its own that leave it: a business process calls us, in a form of our own.
 * `{ EntityName, Id, Operation?, EventId?, ModifiedOn? }`, one or `{ events: [...] }`, with the secret in a header or,
 * where the process can compute it, an HMAC-SHA256 over the bytes.
 */
export function parseCreatioEvents(request: IncomingWebhook, secret: string): readonly WebhookEvent[] {
  if (secret === '') throw noSecret();
  if (!isTrusted(request, secret)) throw badSignature();
  const body = parseBody(request.rawBody);
  const events = isJsonObject(body) && Array.isArray(body.events) ? body.events : Array.isArray(body) ? body : [body];
  if (events.length > mostEvents)
    throw invalidBody(`it holds ${events.length} events, and at most ${mostEvents} are taken`);
  return events.map((event, index) => eventOf(event, index + 1, request.receivedAtMs));
}

function isTrusted(request: IncomingWebhook, secret: string): boolean {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const signature = headers.get(signatureHeader);
  if (signature !== undefined) {
    const expected = createHmac('sha256', secret).update(request.rawBody).digest('hex');
    return isEqual(signature.replace(/^sha256=/, '').toLowerCase(), expected);
  }
  return isEqual(headers.get(secretHeader) ?? '', secret);
}

/** Compared as hashes, so that neither length nor place of a difference shows in the time. */
function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

function parseBody(bytes: Uint8Array): JsonValue {
  try {
    if (isUtf8(bytes)) return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Told below, with what is expected.
  }
  throw invalidBody('it is not JSON');
}

function eventOf(event: JsonValue, number: number, receivedAtMs: number): WebhookEvent {
  const object = textAt(event, ['EntityName']) ?? '';
  const id = textAt(event, ['Id']) ?? textAt(event, ['RecordId']) ?? '';
  if (!/^[A-Za-z]\w*$/.test(object)) throw invalidBody(`event ${number} has no \`EntityName\``);
  if (!isGuid(id)) throw invalidBody(`event ${number} has no GUID as \`Id\``);
  return {
    eventId: eventIdOf(event as JsonObject, receivedAtMs),
    stream: streamOfObject(object),
    key: id.toLowerCase(),
    isDeletion: /^delete/i.test(textAt(event, ['Operation']) ?? ''),
    record: null,
  };
}

/** Without an id or a moment of its own, the same event may come twice a day: then each delivery counts. */
function eventIdOf(event: JsonObject, receivedAtMs: number): string {
  const own = textAt(event, ['EventId']);
  if (own !== null && own !== '') return own.slice(0, 100);
  const isTold = textAt(event, ['ModifiedOn']) !== null;
  return hash('sha256', `${stableStringify(event)}${isTold ? '' : `\n${receivedAtMs}`}`, 'hex').slice(0, 32);
}

function noSecret(): Failure {
  return new Failure('webhook/no_secret', {
    message: 'Events of this connection cannot be verified, so they are refused.',
    hint: 'Register the webhook again and enter the secret shown there into the business process.',
  });
}

function badSignature(): Failure {
  return new Failure('webhook/bad_signature', {
    message: 'The event does not carry the secret of this connection.',
    hint: `Send the secret in the header \`${secretHeader}\`, or an HMAC-SHA256 of the body in \`${signatureHeader}\`.`,
  });
}

function invalidBody(why: string): Failure {
  return new Failure('webhook/invalid_body', {
    message: `The body of the delivery cannot be taken: ${why}.`,
    hint: 'Send `{ "EntityName": "Contact", "Id": "…", "Operation": "Update", "ModifiedOn": "…" }`.',
  });
}
