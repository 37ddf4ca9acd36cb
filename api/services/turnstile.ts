import { tooMany } from '../access/limits.js';

/**
 * Lets so many through at a time and the others wait in their order: a flood of logins, each with its hash, must leave
 * the database and the processor to everybody else. Beyond `longest` waiting ones it says to come again.
 */
export class Turnstile {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly atOnce: number,
    readonly longest: number,
  ) {}

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= this.longest) throw tooMany(5_000);
    if (this.#inside >= this.atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#inside += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place goes straight to the next one.
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }
}
