import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiContext } from '../context.js';
import { languageOf, tellIn } from './language.js';

const heartbeatMs = 15_000;

export interface SentEvent {
  readonly event: string;
  readonly id?: string;
  readonly body: unknown;
}

/**
 * Server-sent events: asks `next` again and again until it says that it is over, the client goes or the server stops.
 * An answer of null means that nothing new is there.
 */
export async function sendEvents(
  context: ApiContext,
  response: ServerResponse,
  everyMs: number,
  next: () => Promise<{ readonly events: readonly SentEvent[]; readonly isOver: boolean }>,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, context.stopping]);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  let toldAt = performance.now();
  while (!signal.aborted) {
    const { events, isOver } = await next().catch(() => ({ events: [], isOver: false }));
    for (const event of events) response.write(textOf({ ...event, body: tellIn(languageOf(response), event.body) }));
    if (events.length > 0) toldAt = performance.now();
    else if (performance.now() - toldAt > heartbeatMs) {
      response.write(': still here\n\n');
      toldAt = performance.now();
    }
    if (isOver) break;
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
  response.end();
}

function textOf({ event, id, body }: SentEvent): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(body)}\n\n`;
}
