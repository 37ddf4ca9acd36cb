/**
 * Rows in order of a number (a moment), equal ones in order of row. Changed rows are merged in at the next question,
 * so that a walk through a list costs little while others write.
 */
export class OrderIndex {
  #rows: number[] = [];
  readonly #touched = new Set<number>();
  readonly #keyOf: (row: number) => number;

  constructor(keyOf: (row: number) => number) {
    this.#keyOf = keyOf;
  }

  /** The row is new, or its number may have changed. */
  touch(row: number): void {
    this.#touched.add(row);
  }

  rows(): readonly number[] {
    if (this.#touched.size > 0) this.#merge();
    return this.#rows;
  }

  #merge(): void {
    const changed = [...this.#touched].sort((one, other) => this.#compare(one, other));
    const merged: number[] = [];
    let at = 0;
    for (const row of this.#rows) {
      if (this.#touched.has(row)) continue;
      for (let next = changed[at]; next !== undefined && this.#compare(next, row) < 0; next = changed[at]) {
        merged.push(next);
        at += 1;
      }
      merged.push(row);
    }
    for (; at < changed.length; at += 1) merged.push(changed[at] ?? 0);
    this.#rows = merged;
    this.#touched.clear();
  }

  #compare(one: number, other: number): number {
    return this.#keyOf(one) - this.#keyOf(other) || one - other;
  }
}
