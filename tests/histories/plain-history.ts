import type { Client } from '@temporalio/client';
import type { History, Payload } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';

// The package is CommonJS and names no exports that ES modules could see.
const { History: HistoryMessage } = proto.temporal.api.history.v1;

/** A payload as JSON writes it: bytes in base64. */
interface PayloadText {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** A history as JSON with its payloads decrypted, so that it can be replayed without a key. */
export async function plainHistory(client: Client, history: History): Promise<string> {
  const { payloadCodecs } = client.options.loadedDataConverter;
  const decode = async (payload: PayloadText): Promise<PayloadText> => {
    let payloads = [bytesOf(payload)];
    for (const codec of payloadCodecs) payloads = await codec.decode(payloads);
    return textOf(payloads[0] ?? {});
  };
  const walk = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(walk));
    if (typeof value !== 'object' || value === null) return value;
    if (isPayload(value)) return decode(value);
    const entries = await Promise.all(Object.entries(value).map(async ([name, of]) => [name, await walk(of)] as const));
    return Object.fromEntries(entries);
  };
  const json = await walk(HistoryMessage.fromObject(history).toJSON());
  return `${JSON.stringify(json)}\n`;
}

/** A recorded history for `Worker.runReplayHistories`. */
export function parseHistory(text: string): History {
  return HistoryMessage.fromObject(JSON.parse(text) as Record<string, unknown>);
}

function isPayload(value: object): value is PayloadText {
  const { metadata } = value as { metadata?: unknown };
  return typeof metadata === 'object' && metadata !== null && 'encoding' in metadata;
}

function bytesOf({ metadata, data }: PayloadText): Payload {
  const bytes = Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')] as const);
  return { metadata: Object.fromEntries(bytes), ...(data !== undefined && { data: Buffer.from(data, 'base64') }) };
}

function textOf({ metadata, data }: Payload): PayloadText {
  const texts = Object.entries(metadata ?? {}).map(([name, of]) => [name, Buffer.from(of).toString('base64')] as const);
  return { metadata: Object.fromEntries(texts), ...(data != null && { data: Buffer.from(data).toString('base64') }) };
}
