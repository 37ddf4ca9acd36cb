import type { LiveSource } from '../../../parts/editor/live-source.js';
import type { Known } from '../../../parts/editor/offers.js';
import type { Graph, Part } from './parts.js';
import type { Choices } from './settings-form.js';

/** What every form of the canvas works with. */
export interface Bench {
  readonly graph: Graph;
  readonly known: Known;
  readonly live: LiveSource;
  readonly isReadOnly: boolean;
  /** Whether the pipeline runs already, so that names have links behind them. */
  readonly isPublished: boolean;
  /** An edit of the text; false where it was refused. */
  edit(work: (text: string) => string): boolean;
  choose(id: string | null): void;
  /** Goes to the page where the fields of a flow are mapped side by side; the draft is stored before. */
  map(flow: string, target: string): void;
  remove(part: Part): void;
}

/** What somebody is about to add. */
export interface Adding {
  readonly kind: AddKind;
  /** The flow that it is added to. */
  readonly flow?: string;
  /** The flow that is referred to. */
  readonly to?: string;
  readonly place?: { readonly x: number; readonly y: number };
}

export const addKinds = ['slot', 'flow', 'step', 'target', 'reference'] as const;
export type AddKind = (typeof addKinds)[number] | 'trigger';

export type { Choices };
