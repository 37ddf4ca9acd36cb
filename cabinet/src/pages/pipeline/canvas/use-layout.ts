import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { answerOf, api } from '../../../api.js';
import type { PipelineView } from '../pipeline-view.js';
import type { Positions } from './layout.js';

const storeAfterMs = 600;
const none: Positions = {};

/** Where parts were put, kept beside the draft: a moment after the last move, and never part of the text. */
export function useLayout(pipeline: PipelineView): {
  readonly positions: Positions;
  move(id: string, place: { readonly x: number; readonly y: number }): void;
} {
  const queries = useQueryClient();
  const { id } = pipeline;
  const asked = useQuery({
    queryKey: ['layout', id],
    queryFn: () => answerOf(api.GET('/pipelines/{id}/layout', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const positions = asked.data?.positions ?? none;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const waiting = useRef<Positions | null>(null);

  const store = useCallback(() => {
    const sent = waiting.current;
    waiting.current = null;
    if (timer.current !== null) clearTimeout(timer.current);
    if (sent === null) return;
    // A place that is lost costs one drag; nobody is stopped for it.
    void api
      .PUT('/pipelines/{id}/layout', { params: { path: { id } }, body: { positions: { ...sent } } })
      .catch(() => null);
  }, [id]);
  useEffect(() => store, [store]);

  const move = useCallback(
    (part: string, place: { readonly x: number; readonly y: number }) => {
      const before = queries.getQueryData<{ positions: Positions }>(['layout', id])?.positions ?? none;
      const next = { ...before, [part]: { x: Math.round(place.x), y: Math.round(place.y) } };
      queries.setQueryData(['layout', id], { positions: next });
      waiting.current = next;
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(store, storeAfterMs);
    },
    [queries, id, store],
  );
  return { positions, move };
}
