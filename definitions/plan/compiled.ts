import type { FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import type { RefSource } from './plan.js';

/**
 * A flow compiled once per pipeline version into plain functions. The engine runs the stages over a page of work
 * in order, does the look-ups between them in batches, and takes the changes with `produce`.
 */
export interface CompiledFlow {
  readonly stages: readonly Stage[];
  /** Changes of one piece of work, one per target, in the order of the plan's targets. Never throws. */
  produce(work: Work): readonly (ProducedChange | FailureReport)[];
}

/** One record on its way, or one piece of it after a `split`. Mutable only inside its page. */
export interface Work {
  readonly record: SourceRecord;
  readonly sourceKey: string;
  /** Name of the `split` piece, '' before any split. */
  readonly piece: string;
  /** Names made by steps (`as`, `set`). */
  readonly names: Record<string, unknown>;
  /** 'open' goes on; 'filtered' and 'rejected' leave the remaining stages out. */
  state: 'open' | 'filtered' | 'rejected';
  failure: FailureReport | null;
}

export type Stage =
  /**
   * Takes the open work of a page and returns what stands in its place, in order, filtered and rejected work included;
   * sets states and failures in place. A `split` puts its pieces in the place of the work they came from (pieces
   * share its record and source key); a record whose list is empty comes back as filtered.
   */
  | { readonly kind: 'pure'; apply(work: readonly Work[]): Work[] }
  | {
      readonly kind: 'lookup';
      readonly as: string;
      readonly slot: string;
      readonly stream: string;
      readonly by: string;
      readonly many: boolean;
      readonly onMissing: 'keep' | 'reject';
      keyOf(work: Work): string | null;
    }
  | {
      readonly kind: 'enrich';
      readonly as: string;
      readonly slot: string;
      readonly lookup: string;
      readonly onMissing: 'keep' | 'reject' | 'skip';
      readonly freshMs: number | null;
      keyOf(work: Work): string | null;
    };

export interface ProducedChange {
  /** Index into the plan's targets. */
  readonly target: number;
  readonly fields: JsonObject;
  readonly refs: readonly ProducedRef[];
}

/** A field that the engine fills from the link table. */
export interface ProducedRef {
  readonly field: string;
  readonly source: RefSource;
  /** Source keys referred to; empty when the path is absent, null or an empty list. */
  readonly keys: readonly string[];
  /** True when the path held null: the field is cleared, so that a relation ended at the source ends at the target. */
  readonly isCleared: boolean;
  /** True when the path held a list: the field gets a list of ids. */
  readonly isList: boolean;
}

/** Value tables with `matched` ones already looked up at both sides, by table name and then key text. */
export type ResolvedValueTables = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
