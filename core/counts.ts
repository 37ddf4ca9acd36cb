/**
 * What a flow did to one target, in records. The two laws of a run's reconciliation:
 * `produced = written + unchanged + deleted + deadLetters + waiting` and `read = filtered + sources`.
 */
export interface Counts {
  /** Records taken from the source (pages, touched rows, waiting rows taken up again). */
  readonly read: number;
  /** Records that a step left out. */
  readonly filtered: number;
  /** Records that led to at least one change or dead letter. */
  readonly sources: number;
  /** Changes for the target, dead letters of the mapping included. */
  readonly produced: number;
  readonly written: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly deadLetters: number;
  readonly waiting: number;
}

export const noCounts: Counts = {
  read: 0,
  filtered: 0,
  sources: 0,
  produced: 0,
  written: 0,
  unchanged: 0,
  deleted: 0,
  deadLetters: 0,
  waiting: 0,
};

/** Null when both laws hold, else a sentence that names the one that does not. */
export function reconciliationGap(counts: Counts): string | null {
  const settled = counts.written + counts.unchanged + counts.deleted + counts.deadLetters + counts.waiting;
  if (counts.produced !== settled) return `${counts.produced} changes were produced but ${settled} are accounted for.`;
  const taken = counts.filtered + counts.sources;
  if (counts.read !== taken) return `${counts.read} records were read but ${taken} are accounted for.`;
  return null;
}
