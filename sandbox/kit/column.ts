type Cells = Float64Array | Uint32Array | Uint8Array;

/** A growing list of numbers in one typed array: a million cells cost their bytes and nothing else. */
export class Column<Store extends Cells = Float64Array> {
  #cells: Store;
  #length = 0;
  readonly #make: (length: number) => Store;

  constructor(make: (length: number) => Store) {
    this.#make = make;
    this.#cells = make(256);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#cells[index] ?? Number.NaN;
  }

  push(value: number): void {
    if (this.#length === this.#cells.length) {
      const larger = this.#make(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#length] = value;
    this.#length += 1;
  }

  set(index: number, value: number): void {
    this.#cells[index] = value;
  }

  clear(): void {
    this.#cells = this.#make(256);
    this.#length = 0;
  }

  /** The first index whose cell is at least `value`; the cells must be in ascending order. */
  firstAtLeast(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const wholeAndReal = (length: number): Float64Array => new Float64Array(length);
export const words = (length: number): Uint32Array => new Uint32Array(length);
export const bytes = (length: number): Uint8Array => new Uint8Array(length);
