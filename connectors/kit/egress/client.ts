import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, buildConnector, request as undiciRequest } from 'undici';
import { errorText, Failure, isFailure } from '../../../core/failures.js';
import type { JsonValue } from '../../../core/json.js';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http-contract.js';
import { type AllowedPlaces, addressRefused, normalHost, resolveGuarded } from './addresses.js';
import type { Pacer } from './pacer.js';

const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 32 * 1024 * 1024;
const maxUnpackedBytes = 64 * 1024 * 1024;
const connectTimeoutMs = 10_000;

/** One connection's way out: the hosts it declared, the budgets it shares. */
export interface EgressBinding {
  /** `host:port` of the connector's declared host set. */
  readonly hosts: readonly string[];
  readonly pacer: Pacer;
}

/** The sockets of one process, shared by all connections; every new socket passes the guard. */
export class Egress {
  readonly #agent: Agent;

  constructor(readonly allowed: AllowedPlaces) {
    const connect = buildConnector({ timeout: connectTimeoutMs });
    this.#agent = new Agent({
      connections: 64,
      pipelining: 1,
      keepAliveTimeout: 20_000,
      headersTimeout: defaultTimeoutMs,
      bodyTimeout: defaultTimeoutMs,
      connect: (options, callback) => {
        const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
        resolveGuarded(options.hostname, port, allowed).then(
          ({ address }) =>
            connect(
              {
                ...options,
                hostname: address,
                ...(options.protocol === 'https:' && { servername: options.servername ?? options.hostname }),
              },
              callback,
            ),
          (error: unknown) => callback(error as Error, null),
        );
      },
    });
  }

  client(binding: EgressBinding): HttpClient {
    const hosts = new Set(binding.hosts.map(normalHost));
    return {
      request: async (request) => {
        const url = this.#check(request.url, hosts);
        await binding.pacer.take(request.cost ?? 1, request.signal);
        try {
          const answer = await this.#send(url, request);
          if (answer.status === 429) binding.pacer.refused(retryAfterOf(answer.headers));
          return answer;
        } finally {
          binding.pacer.done();
        }
      },
    };
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  /** Only declared hosts, only https; an operator's EGRESS_ALLOW entry may also speak plain http. */
  #check(text: string, hosts: ReadonlySet<string>): URL {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.username !== '' || url.password !== '') throw addressRefused();
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const host = normalHost(url.hostname);
    if (!hosts.has(`${host}:${port}`)) throw addressRefused();
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.allowed.has(host, port)))
      throw addressRefused();
    return url;
  }

  async #send(url: URL, request: HttpRequest): Promise<HttpAnswer> {
    const progress = {
      wasSent: request.method === 'GET' || request.method === 'HEAD' ? false : (null as boolean | null),
    };
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const body = bodyOf(request, progress);
      const answer = await undiciRequest(url, {
        method: request.method,
        headers: { ...request.headers, ...(body !== null && { 'content-length': String(body.length) }) },
        body: body?.content ?? null,
        signal: AbortSignal.any([request.signal, timeout]),
        dispatcher: this.#agent,
      });
      const raw = await readBody(
        answer.body,
        request.maxBytes ?? defaultMaxBytes,
        Number(answer.headers['content-length'] ?? -1),
      );
      const headers = flatHeaders(answer.headers);
      const bytes = await unpack(raw, headers['content-encoding']);
      return new Answer(answer.statusCode, headers, bytes);
    } catch (error) {
      throw egressFailure(error, request, timeout.aborted ? timeoutMs : null, progress.wasSent ?? false);
    }
  }
}

interface Body {
  readonly length: number;
  readonly content: Readable;
}

/** A guarded body is made lazily: the guard runs in its first pull, on an open connection, just before the bytes leave. */
function bodyOf(request: HttpRequest, progress: { wasSent: boolean | null }): Body | null {
  const bytes = typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? null);
  if (progress.wasSent !== false && bytes === null) {
    request.beforeSend?.();
    progress.wasSent = true;
    return null;
  }
  if (bytes === null) return null;
  const { beforeSend } = request;
  async function* pull(): AsyncGenerator<Uint8Array> {
    beforeSend?.();
    progress.wasSent = true;
    yield bytes as Uint8Array;
  }
  return { length: bytes.byteLength, content: Readable.from(pull(), { objectMode: false }) };
}

async function readBody(
  body: AsyncIterable<Buffer> & { arrayBuffer(): Promise<ArrayBuffer>; destroy(): void },
  maxBytes: number,
  declared: number,
): Promise<Buffer> {
  if (declared > maxBytes) {
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
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

const unpackers: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>,
  deflate: promisify(inflate) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>,
  br: promisify(brotliDecompress) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>,
};

async function unpack(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  const unpacker = encoding === undefined ? undefined : unpackers[encoding];
  if (unpacker === undefined || bytes.length === 0) return bytes;
  try {
    return await unpacker(bytes, { maxOutputLength: maxUnpackedBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxUnpackedBytes);
    throw error;
  }
}

function tooLarge(bytes: number): Failure {
  return new Failure('egress/answer_too_large', {
    message: `The service answered with more than ${Math.round(bytes / 1024 / 1024)} MB.`,
    hint: 'Choose a smaller page or batch for this stream.',
  });
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

class Answer implements HttpAnswer {
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
      return JSON.parse(this.text()) as JsonValue;
    } catch {
      throw new Failure('read/bad_answer', {
        message: `The service answered with ${this.bytes.length === 0 ? 'an empty body' : 'something else than JSON'} (status ${this.status}).`,
        hint: 'The request is repeated; if this stays, the service is down or its address is wrong.',
        details: { status: this.status, wasSent: true },
      });
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

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function egressFailure(error: unknown, request: HttpRequest, timedOutMs: number | null, wasSent: boolean): unknown {
  const inner = (error as { cause?: unknown } | null)?.cause;
  if (isFailure(error) || isFailure(inner)) return withSent((isFailure(error) ? error : inner) as Failure, wasSent);
  if (request.signal.aborted) return request.signal.reason;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const details = { wasSent: wasSent && !neverConnected.has(code), cause: code };
  if (timedOutMs !== null || code.includes('TIMEOUT')) {
    return new Failure('egress/timeout', {
      message: `The service did not answer within ${Math.round((timedOutMs ?? connectTimeoutMs) / 1_000)} seconds.`,
      hint: 'The request is repeated; if this stays, ask the service or raise the pause between polls.',
      details,
      cause: error,
    });
  }
  return new Failure('egress/unreachable', {
    message: `The service cannot be reached: ${code === '' ? errorText(error) : code}.`,
    hint: 'The request is repeated; check the address of the connection if this stays.',
    details,
    cause: error,
  });
}

/** A failure made before or after sending says so, since it decides whether a write's outcome is known. */
function withSent(failure: Failure, wasSent: boolean): Failure {
  if (failure.details?.wasSent !== undefined || failure.code === 'engine/fence_lost') return failure;
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    ...(failure.where && { where: failure.where }),
    details: { ...failure.details, wasSent },
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    cause: failure,
  });
}
