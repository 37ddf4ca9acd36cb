import type { RunState } from '../parts/state-badge.js';

/** A part of an address as text; the router reads digits as a number. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  return names.find((name) => name === value);
}

export const pipelineTabs = ['definition', 'versions', 'runs'] as const;
export type PipelineTab = (typeof pipelineTabs)[number];

export const runStates = [
  'queued',
  'running',
  'waiting',
  'paused',
  'done',
  'done_with_dead_letters',
  'failed',
  'cancelled',
] as const satisfies readonly RunState[];

export const letterStates = ['open', 'resent', 'solved', 'discarded', 'all'] as const;
export type LetterState = (typeof letterStates)[number];

type Found = Record<string, unknown>;

/** What stands in the address of each page; parts of another shape count as absent. */
export const workSearch = {
  pipeline: (
    found: Found,
  ): { tab?: PipelineTab | undefined; from?: number | undefined; cursor?: string | undefined } => ({
    tab: oneOf(pipelineTabs, found.tab),
    from: typeof found.from === 'number' && Number.isInteger(found.from) && found.from > 0 ? found.from : undefined,
    cursor: text(found.cursor),
  }),
  runs: (
    found: Found,
  ): { pipeline?: string | undefined; state?: RunState | undefined; cursor?: string | undefined } => ({
    pipeline: text(found.pipeline),
    state: oneOf(runStates, found.state),
    cursor: text(found.cursor),
  }),
  deadLetters: (found: Found): LetterSearch => ({
    run: text(found.run),
    pipeline: text(found.pipeline),
    flow: text(found.flow),
    code: text(found.code),
    state: oneOf(letterStates, found.state),
    cursor: text(found.cursor),
  }),
};

export interface LetterSearch {
  readonly run?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly flow?: string | undefined;
  readonly code?: string | undefined;
  /** Absent: those that are open. */
  readonly state?: LetterState | undefined;
  readonly cursor?: string | undefined;
}
