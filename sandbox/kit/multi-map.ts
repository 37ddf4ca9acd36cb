const NONE: readonly number[] = [];

/** Text to row numbers. One row is stored as a bare number: nearly every key has exactly one. */
export class MultiMap {
  readonly #rows = new Map<string, number | number[]>();

  add(key: string, row: number): void {
    const held = this.#rows.get(key);
    if (held === undefined) this.#rows.set(key, row);
    else if (typeof held === 'number') {
      if (held !== row) this.#rows.set(key, [held, row]);
    } else if (!held.includes(row)) held.push(row);
  }

  remove(key: string, row: number): void {
    const held = this.#rows.get(key);
    if (held === row) this.#rows.delete(key);
    else if (Array.isArray(held)) {
      const left = held.filter((other) => other !== row);
      const [only] = left;
      if (left.length === 1 && only !== undefined) this.#rows.set(key, only);
      else this.#rows.set(key, left);
    }
  }

  get(key: string): readonly number[] {
    const held = this.#rows.get(key);
    if (held === undefined) return NONE;
    return typeof held === 'number' ? [held] : held;
  }

  /** The first row of a key, or -1: the quick way for keys that are unique. */
  first(key: string): number {
    const held = this.#rows.get(key);
    if (held === undefined) return -1;
    return typeof held === 'number' ? held : (held[0] ?? -1);
  }
}
