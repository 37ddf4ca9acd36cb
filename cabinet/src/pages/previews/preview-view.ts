import { useQuery } from '@tanstack/react-query';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { hasEnded } from '../run/live.js';

export type PreviewView = AnswerOf<'getPreview'>;
export type ChangeView = AnswerOf<'listPreviewChanges'>['items'][number];
export type Operation = ChangeView['operation'];

export const operations = ['create', 'update', 'upsert', 'delete'] as const satisfies readonly Operation[];

const askAgainMs = 1_500;

/** A preview, asked again while it is being made. */
export function usePreview(id: string) {
  return useQuery({
    queryKey: ['preview', id],
    queryFn: () => answerOf(api.GET('/previews/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'open' && !hasEnded(data.run) ? askAgainMs : false),
  });
}

export interface FlowSummary {
  readonly flow: string;
  readonly changes: Readonly<Record<Operation, number>>;
  readonly read: number;
  readonly filtered: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly waiting: number;
}

/** What a preview would do, flow by flow. */
export function summaryOf({ summary, run }: PreviewView): readonly FlowSummary[] {
  const counted = new Map<string, number>();
  for (const change of Array.isArray(summary.changes) ? summary.changes : []) {
    if (isChange(change)) counted.set(`${change.flow} ${change.operation}`, Number(change.count));
  }
  const flows = [...new Set(run.flows.map((each) => each.flow))];
  return flows.map((flow) => {
    const parts = run.flows.filter((each) => each.flow === flow);
    const sum = (name: 'unchanged' | 'deadLetters' | 'waiting'): number =>
      parts.reduce((all, each) => all + each[name], 0);
    const of = (operation: Operation): number => counted.get(`${flow} ${operation}`) ?? 0;
    return {
      flow,
      changes: { create: of('create'), update: of('update'), upsert: of('upsert'), delete: of('delete') },
      // Targets of one flow share what it reads.
      read: Math.max(0, ...parts.map((each) => each.read)),
      filtered: Math.max(0, ...parts.map((each) => each.filtered)),
      unchanged: sum('unchanged'),
      refused: sum('deadLetters'),
      waiting: sum('waiting'),
    };
  });
}

function isChange(value: unknown): value is { flow: string; operation: string; count: unknown } {
  return typeof value === 'object' && value !== null && 'flow' in value && 'operation' in value && 'count' in value;
}
