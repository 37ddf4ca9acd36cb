import { useQuery } from '@tanstack/react-query';
import { type AnswerOf, answerOf, api } from '../../../api.js';
import type { Place } from './model.js';

export type StreamView = AnswerOf<'listStreams'>['items'][number];
export type SampleView = AnswerOf<'listSamples'>['items'][number];

const freshMs = 60_000;

export function useStreams(connection: string | null) {
  return useQuery({
    queryKey: ['streams', connection],
    queryFn: () => answerOf(api.GET('/connections/{id}/streams', { params: { path: { id: connection ?? '' } } })),
    enabled: connection !== null,
    staleTime: freshMs,
  });
}

/** A stream of a connection with its fields and first records, all as they are now. */
export function useStream(connection: string | null, place: Place | null, limit = 5) {
  const stream = place?.stream ?? '';
  const isKnown = connection !== null && place !== null;
  const path = { id: connection ?? '', stream };
  const streams = useStreams(isKnown ? connection : null);
  const found = streams.data?.items.find((each) => each.name === stream) ?? null;
  const fields = useQuery({
    queryKey: ['fields', connection, stream],
    queryFn: () => answerOf(api.GET('/connections/{id}/streams/{stream}/fields', { params: { path } })),
    // A stream that is not there is told by the list already.
    enabled: found !== null,
    staleTime: freshMs,
  });
  const samples = useSamples(found !== null && found.read !== null ? connection : null, stream, limit);
  return {
    stream: found,
    isMissing: streams.isSuccess && found === null && isKnown,
    fields: fields.data?.items ?? null,
    records: samples.data?.items ?? [],
    isLoading: isKnown && (streams.isPending || fields.isLoading),
    error: streams.error ?? fields.error ?? samples.error,
  };
}

export function useSamples(connection: string | null, stream: string, limit: number) {
  return useQuery({
    queryKey: ['samples', connection, stream, limit],
    queryFn: () =>
      answerOf(
        api.GET('/connections/{id}/streams/{stream}/samples', {
          params: { path: { id: connection ?? '', stream }, query: { limit } },
        }),
      ),
    enabled: connection !== null && stream !== '',
    staleTime: freshMs,
  });
}

/** The values that a field may take; empty where the vendor does not tell them. */
export function useValues(connection: string | null, stream: string, field: string | null) {
  return useQuery({
    queryKey: ['values', connection, stream, field],
    queryFn: () =>
      answerOf(
        api.GET('/connections/{id}/streams/{stream}/fields/{field}/values', {
          params: { path: { id: connection ?? '', stream, field: field ?? '' } },
        }),
      ),
    enabled: connection !== null && stream !== '' && field !== null && field !== '',
    staleTime: freshMs,
  });
}
