interface Kept {
  readonly value: Promise<unknown>;
  readonly untilMs: number;
}

const maxEntries = 2_000;

/**
 * What a worker knows of vendors' accounts (field lists, stages, users): asked for once by all that run at the same
 * time, and again after `lifeMs`. Held per process; secrets never go in here.
 */
export class AccountCache {
  readonly #kept = new Map<string, Kept>();

  constructor(
    readonly lifeMs: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** The value of `name` for a connection; a `load` that fails is not kept. */
  get<T>(connectionId: string, name: string, load: () => Promise<T>): Promise<T> {
    const key = `${connectionId}\u0000${name}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.now() < kept.untilMs) return kept.value as Promise<T>;
    const value = load();
    this.#kept.delete(key);
    this.#kept.set(key, { value, untilMs: this.now() + this.lifeMs });
    value.catch(() => {
      if (this.#kept.get(key)?.value === value) this.#kept.delete(key);
    });
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > maxEntries && oldest !== undefined) this.#kept.delete(oldest);
    return value;
  }

  /** Forgets what is known of a connection: after fields were created, or an answer that shows it is out of date. */
  forget(connectionId: string): void {
    for (const key of this.#kept.keys()) if (key.startsWith(`${connectionId}\u0000`)) this.#kept.delete(key);
  }
}
