import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AnswerOf, answerOf, api } from '../../../api.js';
import type { PipelineView } from '../pipeline-view.js';

export type ConnectionView = AnswerOf<'listConnections'>['items'][number];

export interface Bindings {
  /** Name of the connection that a slot stands for; null where somebody has to choose. */
  of(slot: string): string | null;
  /** Connections that could stand for a slot. */
  choices(slot: string): readonly ConnectionView[];
  choose(slot: string, connection: string): void;
  /** What was chosen or found, by slot. */
  readonly all: Readonly<Record<string, string>>;
  readonly isLoading: boolean;
}

/**
 * The connections behind the slots of a draft: those of the published version, else the one named as the slot, else the
 * only one of its connector. What somebody chooses is kept as long as the browser's tab is.
 */
export function useBindings(pipeline: PipelineView, slots: ReadonlyMap<string, string>): Bindings {
  const place = `pipewright-bindings-${pipeline.uid}`;
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(() => readKept(place));
  const asked = useQuery({ queryKey: ['connections'], queryFn: () => answerOf(api.GET('/connections')) });
  const known = asked.data?.items ?? [];
  const choices = (slot: string): readonly ConnectionView[] =>
    known.filter((each) => each.connector === slots.get(slot));
  const of = (slot: string): string | null => {
    const names = [chosen[slot], pipeline.connections[slot], slot];
    const found = names.find((name) => name !== undefined && choices(slot).some((each) => each.name === name));
    const fitting = choices(slot);
    return found ?? (fitting.length === 1 ? (fitting[0]?.name ?? null) : null);
  };
  const all = Object.fromEntries(
    [...slots.keys()].flatMap((slot) => {
      const name = of(slot);
      return name === null ? [] : [[slot, name]];
    }),
  );
  return {
    of,
    choices,
    choose: (slot, connection) => {
      const next = { ...chosen, [slot]: connection };
      sessionStorage.setItem(place, JSON.stringify(next));
      setChosen(next);
    },
    all,
    isLoading: asked.isPending,
  };
}

function readKept(place: string): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}');
    return Object.fromEntries(Object.entries(kept ?? {}).filter(([, name]) => typeof name === 'string'));
  } catch {
    return {};
  }
}
