import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { api } from './api.js';
import { readEvents } from './parts/event-stream.js';

/** What a run may change; asked again when the server says that one did. */
const touched = [['runs'], ['pipelines'], ['dead-letters', 'newest']];
const gatherMs = 1_000;
const againMs = 10_000;
/** While events come: only for what no run says, such as a connection that broke. */
const seldomMs = 30_000;

let isLive = false;
const listeners = new Set<() => void>();

function setLive(now: boolean): void {
  if (isLive === now) return;
  isLive = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server tells by itself what changed. */
function useIsLive(): boolean {
  return useSyncExternalStore(subscribe, () => isLive);
}

/** How often a list is to be asked again: seldom while the server tells by itself, else as the list wants. */
export function useAskAgain(everyMs: number): number {
  return useIsLive() ? Math.max(everyMs, seldomMs) : everyMs;
}

/**
 * Follows the runs of the account that the pages show, once for all lists. While the tab is hidden nothing is
 * followed: a browser keeps few connections to one server, and they are for the tabs that somebody looks at.
 */
export function useLiveLists(account: string | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (account === null) return;
    let gone: AbortController | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      gone?.abort();
      gone = null;
      setLive(false);
    };
    const start = (): void => {
      if (gone !== null || document.hidden) return;
      gone = new AbortController();
      const { signal } = gone;
      follow(queries, signal)
        .catch(() => undefined)
        .finally(() => {
          if (signal.aborted) return;
          stop();
          timer = setTimeout(start, againMs);
        });
    };
    const turn = (): void => {
      if (document.hidden) stop();
      else start();
    };
    start();
    document.addEventListener('visibilitychange', turn);
    return () => {
      document.removeEventListener('visibilitychange', turn);
      stop();
    };
  }, [account, queries]);
}

async function follow(queries: QueryClient, signal: AbortSignal): Promise<void> {
  const { data } = await api.GET('/events', { parseAs: 'stream', signal });
  if (data == null) return;
  setLive(true);
  // What happened between the last answer and the first event.
  const askAgain = gathered(queries, signal);
  askAgain();
  await readEvents(data as ReadableStream<Uint8Array>, askAgain);
}

/** Many events in one moment ask once. */
function gathered(queries: QueryClient, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const queryKey of touched) void queries.invalidateQueries({ queryKey });
    }, gatherMs);
  };
}
