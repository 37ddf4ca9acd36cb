import type { ServerResponse } from 'node:http';
import type { SandboxClock } from './clock.js';
import type { Answer } from './exchange.js';

const DRIP_PIECES = 20;

/** Writes an answer whole. A list of pieces is streamed and waits for a slow reader. */
export async function deliver(response: ServerResponse, answer: Answer): Promise<void> {
  const { body = '' } = answer;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    writeHead(response, answer, Buffer.byteLength(body));
    response.end(body);
    return;
  }
  response.writeHead(answer.status, { ...answer.headers });
  for (const piece of body) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

/** Sends about half of the body, either with the full length announced and the connection cut, or as if it were all. */
export function deliverTruncated(response: ServerResponse, answer: Answer, honestLength: boolean): void {
  const body = wholeBody(answer);
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (!honestLength) {
    writeHead(response, answer, half.length);
    response.end(half);
    return;
  }
  writeHead(response, answer, body.length);
  response.write(half, () => response.socket?.destroy());
  if (half.length === 0) response.socket?.destroy();
}

/** Sends the body in small pieces with pauses, `overMs` sandbox milliseconds in all. */
export async function deliverDripping(
  response: ServerResponse,
  answer: Answer,
  clock: SandboxClock,
  overMs: number,
): Promise<void> {
  const body = wholeBody(answer);
  const step = Math.max(1, Math.ceil(body.length / DRIP_PIECES));
  writeHead(response, answer, body.length);
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await clock.sleep(overMs / DRIP_PIECES);
  }
  response.end();
}

function writeHead(response: ServerResponse, answer: Answer, length: number): void {
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, { ...answer.headers, ...(hasBody ? { 'content-length': length } : {}) });
}

function wholeBody({ body = '' }: Answer): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.concat([...body].map((piece) => Buffer.from(piece)));
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
