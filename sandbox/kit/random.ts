/** Seeded random numbers (sfc32): the same seed gives the same sandbox on every machine. */
export class Random {
  readonly seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number | string) {
    this.seed = String(seed);
    [this.#a, this.#b, this.#c] = mix(this.seed);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** A number in [0, 1). */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True for that share of the calls. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('A random pick needs a list that is not empty.');
    return item;
  }

  /** A new list in random order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }

  /** `length` digits as text, the first one not zero. */
  digits(length: number): string {
    let text = String(this.int(1, 9));
    while (text.length < length) text += String(this.int(0, 9));
    return text;
  }

  /** `length` characters of lower-case hexadecimal. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.int(0, 0xffffff).toString(16).padStart(6, '0');
    return text.slice(0, length);
  }

  /** An independent stream of numbers, so that one part's draws do not shift another's. */
  fork(name: string): Random {
    return new Random(`${this.seed}/${name}`);
  }
}

function mix(seed: string): [number, number, number] {
  const states: [number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let index = 0; index < seed.length; index += 1) {
    const code = seed.charCodeAt(index);
    states[0] = Math.imul(states[0] ^ code, 2654435761);
    states[1] = Math.imul(states[1] ^ code ^ (states[0] >>> 15), 1597334677);
    states[2] = Math.imul(states[2] ^ code ^ (states[1] >>> 13), 2246822519);
  }
  return states;
}
