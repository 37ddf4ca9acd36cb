import { Column, wholeAndReal, words } from './column.js';

/**
 * Every change of a table in order: number of the change, moment, row. A row's older entries are stale; the caller
 * knows which entry is the row's newest. Moments never go down, so a walk by change is a walk by (updated_at, order).
 */
export class ChangeJournal {
  readonly #numbers = new Column(wholeAndReal);
  readonly #moments = new Column(wholeAndReal);
  readonly #rows = new Column(words);
  #last = 0;

  get length(): number {
    return this.#rows.length;
  }

  get lastNumber(): number {
    return this.#last;
  }

  /** Adds a change and returns its number, which never repeats. */
  append(row: number, at: number): number {
    this.#last += 1;
    this.#numbers.push(this.#last);
    this.#moments.push(at);
    this.#rows.push(row);
    return this.#last;
  }

  /** The first position whose change number is greater than `number`. */
  after(number: number): number {
    return this.#numbers.firstAtLeast(number + 1);
  }

  /** The first position whose moment is at or after `at`. */
  since(at: number): number {
    return this.#moments.firstAtLeast(at);
  }

  rowAt(position: number): number {
    return this.#rows.at(position);
  }

  numberAt(position: number): number {
    return this.#numbers.at(position);
  }

  momentAt(position: number): number {
    return this.#moments.at(position);
  }

  /** Sorts by moment, then row, and renumbers; `renumbered` hears each row's new number. */
  sort(renumbered: (row: number, number: number) => void): void {
    const moments = Array.from({ length: this.length }, (_, position) => this.momentAt(position));
    const rows = Array.from({ length: this.length }, (_, position) => this.rowAt(position));
    const order = rows.map((_, position) => position);
    order.sort((one, other) => (moments[one] ?? 0) - (moments[other] ?? 0) || (rows[one] ?? 0) - (rows[other] ?? 0));
    order.forEach((from, position) => {
      this.#moments.set(position, moments[from] ?? 0);
      this.#rows.set(position, rows[from] ?? 0);
      renumbered(rows[from] ?? 0, this.numberAt(position));
    });
  }

  /** Rewrites the journal without the entries that `keep` refuses; numbers stay as they were. */
  compact(keep: (row: number, number: number) => boolean): void {
    const kept: [number, number, number][] = [];
    for (let position = 0; position < this.length; position += 1) {
      const row = this.rowAt(position);
      const number = this.numberAt(position);
      if (keep(row, number)) kept.push([number, this.momentAt(position), row]);
    }
    this.#numbers.clear();
    this.#moments.clear();
    this.#rows.clear();
    for (const [number, at, row] of kept) {
      this.#numbers.push(number);
      this.#moments.push(at);
      this.#rows.push(row);
    }
  }
}
