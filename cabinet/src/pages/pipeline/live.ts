import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { answerOf, api } from '../../api.js';
import type { LiveField, LiveSource, Named } from '../../parts/editor/live-source.js';
import type { PipelineView } from './pipeline-view.js';

const freshMs = 60_000;

/** The connection behind a slot: that of the published version, else the one named so, else the only one that fits. */
export function connectionOf(
  slot: string,
  connector: string | undefined,
  bound: Readonly<Record<string, string>>,
  known: readonly { readonly name: string; readonly connector: string }[],
): string | null {
  const fitting = known.filter((each) => connector === undefined || each.connector === connector);
  const isFitting = (name: string | undefined): boolean => fitting.some((each) => each.name === name);
  if (isFitting(bound[slot])) return bound[slot] ?? null;
  if (isFitting(slot)) return slot;
  return fitting.length === 1 ? (fitting[0]?.name ?? null) : null;
}

/** The live account behind the slots of a text; what cannot be asked is left out. */
export function useLiveSource(pipeline: PipelineView, slots: ReadonlyMap<string, string>): LiveSource {
  const queries = useQueryClient();
  const now = useRef({ pipeline, slots });
  now.current = { pipeline, slots };
  return useMemo(() => {
    const bound = async (slot: string): Promise<string | null> => {
      const connections = await askConnections(queries);
      return connectionOf(slot, now.current.slots.get(slot), now.current.pipeline.connections, connections);
    };
    return {
      connectors: () => quietly(askConnectors(queries)),
      streams: async (slot) => {
        const connection = await bound(slot).catch(() => null);
        return connection === null ? [] : quietly(askStreams(queries, connection));
      },
      fields: async (stream) => {
        const [slot = '', ...name] = stream.split('.');
        const connection = await bound(slot).catch(() => null);
        return connection === null || name.length === 0 ? [] : quietly(askFields(queries, connection, name.join('.')));
      },
    };
  }, [queries]);
}

function askConnections(queries: QueryClient) {
  return queries
    .fetchQuery({ queryKey: ['connections'], queryFn: () => answerOf(api.GET('/connections')), staleTime: 10_000 })
    .then(({ items }) => items);
}

async function askConnectors(queries: QueryClient): Promise<readonly Named[]> {
  const { items } = await queries.fetchQuery({
    queryKey: ['connectors', 'live'],
    queryFn: () => answerOf(api.GET('/connectors')),
    staleTime: freshMs,
  });
  return items.map(({ id, title }) => ({ name: id, title }));
}

async function askStreams(queries: QueryClient, connection: string): Promise<readonly Named[]> {
  const { items } = await queries.fetchQuery({
    queryKey: ['streams', connection],
    queryFn: () => answerOf(api.GET('/connections/{id}/streams', { params: { path: { id: connection } } })),
    staleTime: freshMs,
  });
  return items.map(({ name, title }) => ({ name, title: title === name ? '' : title }));
}

async function askFields(queries: QueryClient, connection: string, stream: string): Promise<readonly LiveField[]> {
  const path = { id: connection, stream };
  const { items } = await queries.fetchQuery({
    queryKey: ['fields', connection, stream],
    queryFn: () => answerOf(api.GET('/connections/{id}/streams/{stream}/fields', { params: { path } })),
    staleTime: freshMs,
  });
  return items.map(({ name, title, type, isRequired = false, isReadOnly = false }) => ({
    name,
    title: title === undefined || title === name ? '' : title,
    type,
    isRequired,
    isReadOnly,
  }));
}

/** Help that cannot be had is no trouble: the form and the check tell what is wrong with a connection. */
async function quietly<Item>(asked: Promise<readonly Item[]>): Promise<readonly Item[]> {
  return asked.catch(() => []);
}
