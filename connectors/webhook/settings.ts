import { type Static, Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { parseSettings } from '../kit/settings.js';

const path = (title: string, description: string) =>
  Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\s.]+(\\.[^\\s.]+)*$', title, description });

const streamSettings = Type.Object(
  {
    key: path('Key', 'Where an event holds the key of its record, e.g. `id` or `data.id`.'),
    event_id: Type.Optional(
      path('Event id', 'Where an event holds its own id; its content counts as its id when absent.'),
    ),
    deleted: Type.Optional(path('Deleted', 'Where an event says that its record is gone (`true`, `deleted`).')),
    record: Type.Optional(path('Record', 'Where the record stands inside the event; the whole event when absent.')),
  },
  { additionalProperties: false, title: 'Stream' },
);

const signatureSettings = Type.Object(
  {
    header: Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '^[A-Za-z0-9-]+$',
      title: 'Header',
      description: 'Header that carries the signature, e.g. `X-Signature`.',
    }),
    algorithm: Type.Optional(
      Type.Literal('sha256', { title: 'Algorithm', description: 'HMAC with SHA-256, the only one.' }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('hex'), Type.Literal('base64')], {
        title: 'Format',
        description: 'How the signature is written; `hex` when absent.',
      }),
    ),
    prefix: Type.Optional(
      Type.String({ maxLength: 20, title: 'Prefix', description: 'Text in front of it, e.g. `sha256=`.' }),
    ),
    timestamp_header: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: '^[A-Za-z0-9-]+$',
        title: 'Time header',
        description: 'Header that carries the time of sending: seconds or milliseconds since 1970, or ISO 8601.',
      }),
    ),
    signs: Type.Optional(
      Type.Union([Type.Literal('body'), Type.Literal('time.body')], {
        title: 'Signs',
        description:
          'What is signed: the raw body, or the time header, a dot and the raw body. The latter when a time header is set.',
      }),
    ),
    tolerance: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 3_600,
        title: 'Tolerance',
        description: 'Seconds that the time may be off; 300 when absent.',
      }),
    ),
  },
  { additionalProperties: false, title: 'Signature', description: 'How an event proves who sent it.' },
);

export const webhookSettings = Type.Object(
  {
    signature: signatureSettings,
    path: Type.Optional(path('Path', 'Where the body holds its event or list of events; the body itself when absent.')),
    stream: Type.Optional(path('Stream', 'Where an event names its stream; needed where there are several streams.')),
    streams: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' }), streamSettings, {
        minProperties: 1,
        title: 'Streams',
        description: 'Kinds of events by name; one stream `events` with the key `id` when absent.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const webhookSecret = Type.Object(
  {
    signing_secret: Type.String({
      minLength: 16,
      maxLength: 1_000,
      title: 'Signing secret',
      description: 'Shared with the sender; at least 16 characters.',
    }),
  },
  { additionalProperties: false },
);

export type WebhookStream = Static<typeof streamSettings>;
export type SignatureSettings = Static<typeof signatureSettings>;

export interface Intake {
  readonly signature: SignatureSettings;
  readonly path: string | null;
  readonly streamPath: string | null;
  readonly streams: ReadonlyMap<string, WebhookStream>;
}

/** Throws `connection/invalid_settings`. */
export function parseIntake(settings: JsonObject): Intake {
  const parsed = parseSettings(webhookSettings, settings);
  const streams = new Map(Object.entries(parsed.streams ?? { events: { key: 'id' } }));
  if (streams.size > 1 && parsed.stream === undefined) {
    throw new Failure('connection/invalid_settings', {
      message: `The connection has ${streams.size} streams, and nothing tells which one an event belongs to.`,
      hint: 'Set `stream` to the place in an event that names its stream.',
    });
  }
  return { signature: parsed.signature, path: parsed.path ?? null, streamPath: parsed.stream ?? null, streams };
}
