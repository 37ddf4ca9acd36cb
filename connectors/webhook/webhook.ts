import { isUtf8 } from 'node:buffer';
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/contract.js';
import { parseExactJson } from '../kit/exact-json.js';
import { parseJsonPath, textAt, valueAt } from '../kit/json-path.js';
import { type Intake, parseIntake, type SignatureSettings, type WebhookStream } from './settings.js';

const defaultToleranceS = 300;
const maxEvents = 1_000;

/** Verifies a delivery over its raw bytes, then takes its events out. Nothing of the body is looked at before that. */
export function parseDelivery(request: IncomingWebhook, secret: string, settings: JsonObject): readonly WebhookEvent[] {
  const intake = parseIntake(settings);
  if (secret === '') throw noSecret();
  verify(intake.signature, request, secret);
  const body = parseBody(request.rawBody);
  const found = intake.path === null ? body : valueAt(body, parseJsonPath(intake.path));
  if (found === undefined) throw invalidBody(`it has nothing at \`${intake.path}\``);
  const events = Array.isArray(found) ? found : [found];
  if (events.length > maxEvents)
    throw invalidBody(`it holds ${events.length} events, and at most ${maxEvents} are taken`);
  return events.map((event, index) => eventOf(intake, event, index + 1));
}

function verify(signature: SignatureSettings, request: IncomingWebhook, secret: string): void {
  const header = headerOf(request, signature.header);
  const timeText = signature.timestamp_header === undefined ? null : headerOf(request, signature.timestamp_header);
  const mac = createHmac('sha256', secret);
  if (signature.timestamp_header !== undefined && signature.signs !== 'body') mac.update(`${timeText ?? ''}.`);
  const expected = mac.update(request.rawBody).digest();
  const prefix = signature.prefix ?? '';
  // A sender that changes its secret may sign with both for a while, with a comma between.
  const given = (header ?? '').split(',').map((each) => each.trim());
  const isSigned = given.some((each) => {
    if (!each.startsWith(prefix)) return false;
    const bytes = decode(each.slice(prefix.length), signature.format ?? 'hex');
    return bytes !== null && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  if (!isSigned) throw badSignature();
  if (signature.timestamp_header !== undefined) {
    checkAge(timeText ?? '', request.receivedAtMs, (signature.tolerance ?? defaultToleranceS) * 1_000);
  }
}

/** Only the exact spelling counts: another text of the same bytes is not what the sender wrote. */
function decode(text: string, format: 'hex' | 'base64'): Buffer | null {
  const bytes = Buffer.from(text, format);
  const spelled = bytes.toString(format);
  return spelled === (format === 'hex' ? text.toLowerCase() : text) ? bytes : null;
}

function headerOf(request: IncomingWebhook, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(request.headers)) if (key.toLowerCase() === wanted) return value;
  return null;
}

function checkAge(text: string, receivedAtMs: number, toleranceMs: number): void {
  const number = /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
  const atMs = number === null ? Date.parse(text) : number < 1e11 ? number * 1_000 : number;
  if (Math.abs(receivedAtMs - atMs) <= toleranceMs) return;
  throw new Failure('webhook/stale', {
    message: 'The event was signed too long ago, or its time is missing.',
    hint: 'Check the clocks of both sides, and send the event again with a fresh signature.',
  });
}

function parseBody(bytes: Uint8Array): JsonValue {
  if (!isUtf8(bytes)) throw invalidBody('it is not UTF-8');
  try {
    return parseExactJson(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw invalidBody('it is not JSON');
  }
}

function eventOf(intake: Intake, event: JsonValue, number: number): WebhookEvent {
  const name = streamOf(intake, event, number);
  const rule = intake.streams.get(name) as WebhookStream;
  const key = keyText(valueAt(event, parseJsonPath(rule.key)));
  if (key === null) throw invalidBody(`event ${number} has no key at \`${rule.key}\``);
  const isDeletion = rule.deleted !== undefined && saysDeleted(valueAt(event, parseJsonPath(rule.deleted)));
  const record = rule.record === undefined ? event : valueAt(event, parseJsonPath(rule.record));
  if (!isDeletion && (record === undefined || !isJsonObject(record))) {
    throw invalidBody(`event ${number} has no record${rule.record === undefined ? '' : ` at \`${rule.record}\``}`);
  }
  return {
    eventId: eventIdOf(rule, event, name, number),
    stream: name,
    key,
    isDeletion,
    record: !isDeletion && record !== undefined && isJsonObject(record) ? record : null,
  };
}

function streamOf(intake: Intake, event: JsonValue, number: number): string {
  const [only] = intake.streams.keys();
  const name = intake.streamPath === null ? only : textAt(event, parseJsonPath(intake.streamPath));
  if (name != null && intake.streams.has(name)) return name;
  throw invalidBody(`event ${number} belongs to none of the streams ${[...intake.streams.keys()].join(', ')}`);
}

/** Without an id of its own an event is its content: the same delivery again is the same event. */
function eventIdOf(rule: WebhookStream, event: JsonValue, stream: string, number: number): string {
  if (rule.event_id === undefined) return hash('sha256', `${stream}\n${stableStringify(event)}`, 'hex').slice(0, 32);
  const id = textAt(event, parseJsonPath(rule.event_id));
  if (id !== null && id !== '') return `${stream}/${id}`;
  throw invalidBody(`event ${number} has no id at \`${rule.event_id}\``);
}

function saysDeleted(value: JsonValue | undefined): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(true|1|deleted?|removed?)$/i.test(value));
}

export function noSecret(): Failure {
  return new Failure('webhook/no_secret', {
    message: 'Events of this connection cannot be verified, so they are refused.',
    hint: 'Add a `signing_secret` of at least 16 characters to the connection.',
  });
}

function badSignature(): Failure {
  return new Failure('webhook/bad_signature', {
    message: 'The signature of the event does not fit its bytes.',
    hint: 'Check the signing secret, the header, its format and what is signed.',
  });
}

function invalidBody(why: string): Failure {
  return new Failure('webhook/invalid_body', {
    message: `The body of the delivery cannot be taken: ${why}.`,
    hint: 'Compare what the sender sends with the settings of the connection.',
  });
}
