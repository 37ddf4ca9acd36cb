import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Failure } from '../../../core/failures.js';
import type { JsonValue } from '../../../core/json.js';
import { parseExactJson } from '../exact-json.js';
import type { HttpAnswer } from '../http-contract.js';

const maxUnpackedBytes = 64 * 1024 * 1024;

/** An answer that arrived whole, unpacked. */
export class Answer implements HttpAnswer {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly bytes: Buffer,
  ) {}

  text(): string {
    return this.bytes.toString('utf8');
  }

  json(): JsonValue {
    try {
      return parseExactJson(this.text());
    } catch {
      throw badAnswer(
        `The service answered with ${this.bytes.length === 0 ? 'an empty body' : 'something else than JSON'} (status ${this.status}).`,
        { status: this.status },
      );
    }
  }
}

/** `Retry-After` in ms: seconds or a date; null where the service says nothing. */
export function retryAfterOf(headers: Readonly<Record<string, string>>, nowMs = Date.now()): number | null {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/** A body as it comes from the socket; reading it to its end frees the connection. */
interface IncomingBody extends AsyncIterable<Buffer> {
  arrayBuffer(): Promise<ArrayBuffer>;
  destroy(): unknown;
  on(event: 'error', listener: () => void): unknown;
}

/** The bytes of a body, cut where they outgrow `maxBytes`: by what the service declares, else while they arrive. */
export async function readBody(body: IncomingBody, maxBytes: number, declared: number): Promise<Buffer> {
  if (declared > maxBytes) {
    body.on('error', () => undefined);
    body.destroy();
    throw tooLarge(maxBytes);
  }
  if (declared >= 0) return Buffer.from(await body.arrayBuffer());
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

type Unpacker = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unpackers: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
  ['br', promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
]);

/** Unpacks what a service packed unasked, to 64 MB at most. */
export async function unpack(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  const unpacker = encoding === undefined ? undefined : unpackers.get(encoding.trim().toLowerCase());
  if (unpacker === undefined || bytes.length === 0) return bytes;
  try {
    return await unpacker(bytes, { maxOutputLength: maxUnpackedBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxUnpackedBytes);
    throw badAnswer(`The service's answer cannot be unpacked as \`${encoding}\`.`, {});
  }
}

function badAnswer(message: string, details: { readonly status?: number }): Failure {
  return new Failure('read/bad_answer', {
    message,
    hint: 'The request is repeated; if this stays, the service is down or its address is wrong.',
    details: { ...details, wasSent: true },
  });
}

export function tooLarge(bytes: number): Failure {
  const size = bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${bytes} bytes`;
  return new Failure('egress/answer_too_large', {
    message: `The service answered with more than ${size}.`,
    hint: 'Choose a smaller page or batch for this stream.',
  });
}
