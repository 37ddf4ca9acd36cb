import { createHmac, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { parseExactJson } from '../kit/exact-json.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/index.js';
import { parseJsonPath, textAt } from '../kit/json-path.js';
import type { Service } from './service.js';

const windowMs = 300_000;

/** Verifies a service's signature over the raw bytes, then takes its events out. */
export function parseServiceEvents(
  service: Service,
  request: IncomingWebhook,
  secret: string,
): readonly WebhookEvent[] {
  const rule = service.webhook;
  if (rule === undefined || secret === '') throw noSecret(service);
  const given = request.headers[rule.signature_header.toLowerCase()] ?? '';
  const expected = `${rule.prefix ?? ''}${createHmac('sha256', secret).update(request.rawBody).digest('hex')}`;
  if (!isSame(given, expected)) throw badSignature();
  if (rule.timestamp_header !== undefined) checkAge(request, rule.timestamp_header);
  const body = bodyOf(request);
  const events = Array.isArray(body) ? body : [body];
  return events.map((event) => eventOf(rule, event));
}

function bodyOf(request: IncomingWebhook): JsonValue {
  try {
    return parseExactJson(Buffer.from(request.rawBody).toString('utf8'));
  } catch {
    throw invalidBody('is not JSON');
  }
}

function eventOf(rule: NonNullable<Service['webhook']>, event: JsonValue): WebhookEvent {
  const part = (name: 'event_id' | 'stream' | 'key'): string => {
    const text = textAt(event, parseJsonPath(rule[name]));
    if (text === null || text === '') throw invalidBody(`has nothing at \`${rule[name]}\``);
    return text;
  };
  const kind = rule.event === undefined ? null : textAt(event, parseJsonPath(rule.event));
  return {
    eventId: part('event_id'),
    stream: part('stream'),
    key: part('key'),
    isDeletion: kind !== null && (rule.deleted ?? []).includes(kind),
    record: null,
  };
}

function invalidBody(what: string): Failure {
  return new Failure('webhook/invalid_body', {
    message: `The body of the event ${what}.`,
    hint: 'Correct `webhook` in the service definition, or the event at the service.',
  });
}

function isSame(given: string, expected: string): boolean {
  const one = createHmac('sha256', 'compare').update(given).digest();
  const other = createHmac('sha256', 'compare').update(expected).digest();
  return timingSafeEqual(one, other);
}

/** The time stands beside the body, in seconds or milliseconds since the epoch, or as ISO text. */
function checkAge(request: IncomingWebhook, header: string): void {
  const text = request.headers[header.toLowerCase()] ?? '';
  const number = Number(text);
  const atMs =
    text === '' ? Number.NaN : Number.isNaN(number) ? Date.parse(text) : number < 1e11 ? number * 1_000 : number;
  if (Math.abs(request.receivedAtMs - atMs) <= windowMs) return;
  throw new Failure('webhook/stale', {
    message: 'The event is older than five minutes, or its time is missing.',
    hint: 'Check the clocks of both sides; the reconciling poll brings the change.',
  });
}

function badSignature(): Failure {
  return new Failure('webhook/bad_signature', {
    message: 'The signature of the event does not fit its bytes.',
    hint: 'Check the signing secret at the service.',
  });
}

function noSecret(service: Service): Failure {
  return new Failure('webhook/no_secret', {
    message: `Events of \`${service.service}\` cannot be verified, so they are refused.`,
    hint: 'Add a signing secret to the connection.',
  });
}
