import type { Operation } from '../../connectors/kit/contract.js';
import { type Counts, noCounts } from '../../core/counts.js';
import type { Cursor } from '../../core/cursor.js';
import type { FailureReport } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import type { DeadLetterRow, LateRefRow, LinkRow, WaitingRow } from '../../store/commits.js';
import type { Link } from '../../store/links.js';

/** One record handed to the data path, wherever it came from. */
export interface SourceItem {
  readonly record: SourceRecord;
  readonly sourceKey: string;
  readonly isDeletion: boolean;
  /** Set when the item is a touched row: settled with this sequence. */
  readonly touchedSeq: number | null;
  /** Set when the item is a waiting row of one part; `isThisRun` when this run counted it already. */
  readonly waiting: { readonly part: string; readonly isThisRun: boolean } | null;
  /** Set when the source itself could not read the record: it becomes a dead letter at once. */
  readonly refusal: FailureReport | null;
}

/** A change on its way to one target. */
export interface PreparedChange {
  readonly target: number;
  readonly sourceKey: string;
  readonly part: string;
  readonly recordKey: string;
  readonly fields: JsonObject;
  readonly contentHash: string;
  readonly link: Link | undefined;
  readonly lateRefs: readonly LateRefRow[];
  /** The raw record, for a dead letter. */
  readonly record: SourceRecord;
  operation: Operation;
  targetKey: string | null;
}

/** A batch whose creates a crash would leave in doubt, as its intent in the store says. */
export interface SentBatch {
  readonly id: string;
  /** Members of which nobody knows at this moment whether they arrived. */
  readonly doubtful: Set<PreparedChange>;
}

export type MutableCounts = { -readonly [name in keyof Counts]: number };

/** Where the reading stands after a page. */
export interface PageEnd {
  readonly next: Cursor | null;
  readonly bookmark: Cursor | null;
}

/**
 * One page on its way: what it holds, what it led to, and everything that its commit will store. Pages are
 * committed in the order they were read, so each is counted once.
 */
export class PageJob {
  readonly counts: MutableCounts[];
  readonly changes: PreparedChange[] = [];
  readonly links: LinkRow[] = [];
  readonly deadLetters: DeadLetterRow[] = [];
  readonly solved: { sourceKey: string; part: string }[] = [];
  readonly waiting: WaitingRow[] = [];
  readonly noLongerWaiting: { sourceKey: string; part: string }[] = [];
  readonly lateRefs: LateRefRow[] = [];
  readonly settledTouches: { sourceKey: string; seq: number }[] = [];
  readonly batches: SentBatch[] = [];
  readonly positions: Record<string, Cursor> = {};
  isConfirmed = false;

  constructor(
    readonly items: readonly SourceItem[],
    /** Null for work that does not move the reading position (touched and waiting rows). */
    readonly end: PageEnd | null,
    targetCount: number,
  ) {
    this.counts = Array.from({ length: targetCount }, () => ({ ...noCounts }));
  }

  /** The counts of one target; a target index is always within the plan. */
  count(target: number): MutableCounts {
    return this.counts[target] as MutableCounts;
  }

  countAll(name: 'read' | 'filtered' | 'sources'): void {
    for (const counts of this.counts) counts[name] += 1;
  }
}
