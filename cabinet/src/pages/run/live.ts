import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { readEvents } from '../../parts/event-stream.js';

export type RunView = AnswerOf<'getRun'>;

const askAgainMs = 2_000;
const streamAgainMs = 10_000;

export function hasEnded({ state }: Pick<RunView, 'state'>): boolean {
  return state === 'done' || state === 'done_with_dead_letters' || state === 'failed' || state === 'cancelled';
}

/**
 * A run as it is now: told by the server's events, asked every two seconds while there are none. The events are read
 * as a stream of the typed client, since `EventSource` could not name the account that this tab shows.
 */
export function useRun(id: string) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const asked = useQuery({
    queryKey: ['run', id],
    queryFn: () => answerOf(api.GET('/runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (isLive || data === undefined || hasEnded(data) ? false : askAgainMs),
  });
  const isOpen = asked.data !== undefined && !hasEnded(asked.data);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens the stream again
  useEffect(() => {
    if (!isOpen) return;
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (run: RunView): void => {
      setLive(true);
      queries.setQueryData(['run', id], run);
    };
    follow(id, gone.signal, tell)
      .catch(() => undefined)
      .finally(() => {
        if (gone.signal.aborted) return;
        setLive(false);
        timer = setTimeout(() => setAttempt((before) => before + 1), streamAgainMs);
      });
    return () => {
      gone.abort();
      clearTimeout(timer);
      setLive(false);
    };
  }, [id, isOpen, attempt, queries]);

  return { ...asked, isLive };
}

/** Reads the events of a run until the stream ends. */
async function follow(id: string, signal: AbortSignal, tell: (run: RunView) => void): Promise<void> {
  const { data } = await api.GET('/runs/{id}/events', { params: { path: { id } }, parseAs: 'stream', signal });
  if (data == null) return;
  await readEvents(data as ReadableStream<Uint8Array>, (_event, run) => {
    if (isRun(run, id)) tell(run);
  });
}

function isRun(value: unknown, id: string): value is RunView {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id && 'totals' in value;
}
