import type { ApiClient, ClientOptions, Run } from './client.js';
import { readEvents } from './events.js';
import { Refusal, take } from './refusal.js';

const longestPauseMs = 2_000;
const mostFailures = 30;

/** A new key for one request: a repeat with the same key gets the first answer, whatever became of that one. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** The run each time it changed, at last as it ended. A broken connection is made again; nothing is missed by that. */
export async function* followRun(
  options: ClientOptions,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<Run, void, undefined> {
  for (let failures = 0; ; failures += 1) {
    try {
      for await (const { event, data } of readEvents(options.address, `/runs/${id}/events`, options.key, signal)) {
        failures = 0;
        yield data as Run;
        if (event === 'end') return;
      }
    } catch (error) {
      if (signal?.aborted === true || failures >= mostFailures) throw error;
    }
    await pause(Math.min(200 * (failures + 1), longestPauseMs), signal);
  }
}

/** Waits for the end of a run (or a migration: it has the same id); a server that is away for a moment is asked again. */
export async function waitForRun(client: ApiClient, id: string, signal?: AbortSignal): Promise<Run> {
  for (let asked = 1, failures = 0; ; asked += 1) {
    try {
      const run = await take(client.GET('/runs/{id}', { params: { path: { id } }, ...(signal && { signal }) }));
      if (run.endedAt !== null) return run;
      failures = 0;
    } catch (error) {
      const isFinal = error instanceof Refusal && error.status < 500 && error.status !== 429;
      failures += 1;
      if (isFinal || signal?.aborted === true || failures > mostFailures) throw error;
    }
    await pause(Math.min(100 * asked, longestPauseMs), signal);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}
