import type { SandboxClock } from '../kit/clock.js';
import type { BitrixSettings } from './switches.js';

/** The leaky buckets by source address: one drop a request, some drain every second, full is full. */
export class LeakyBuckets {
  readonly #clock: SandboxClock;
  readonly #settings: BitrixSettings;
  readonly #levels = new Map<string, { level: number; second: number }>();

  constructor(clock: SandboxClock, settings: BitrixSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** False when the request is over the limit; refused ones do not count. */
  take(address: string): boolean {
    const { bucket_size: size, bucket_drain: drain } = this.#settings;
    if (size === 0) return true;
    const second = Math.floor(this.#clock.exactNow() / 1000);
    const held = this.#levels.get(address) ?? { level: 0, second };
    const level = Math.max(0, held.level - drain * (second - held.second));
    const fits = level + 1 <= size;
    this.#levels.set(address, { level: fits ? level + 1 : level, second });
    return fits;
  }

  clear(): void {
    this.#levels.clear();
  }
}

const BASKET_MS = 60_000;
const KEPT_MS = 600_000;

interface Basket {
  readonly startedAt: number;
  seconds: number;
}

/** The run time of each method of each webhook or application, in baskets of a minute that are kept ten minutes. */
export class OperatingTime {
  readonly #clock: SandboxClock;
  readonly #settings: BitrixSettings;
  readonly #baskets = new Map<string, Basket[]>();

  constructor(clock: SandboxClock, settings: BitrixSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Whether the method may be called: what was used before counts, so the call that crosses the limit still ends. */
  isOpen(key: string): boolean {
    const { operating_limit: limit } = this.#settings;
    return limit === 0 || this.used(key) <= limit;
  }

  add(key: string, seconds: number): void {
    const now = this.#clock.now();
    const baskets = this.#living(key);
    const newest = baskets.at(-1);
    if (newest !== undefined && now - newest.startedAt < BASKET_MS) newest.seconds += seconds;
    else baskets.push({ startedAt: now, seconds });
  }

  used(key: string): number {
    return this.#living(key).reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Unix time at which the oldest basket is forgotten. */
  resetAt(key: string): number {
    const oldest = this.#living(key)[0]?.startedAt ?? this.#clock.now();
    return Math.floor((oldest + KEPT_MS) / 1000);
  }

  clear(): void {
    this.#baskets.clear();
  }

  #living(key: string): Basket[] {
    const now = this.#clock.now();
    const baskets = (this.#baskets.get(key) ?? []).filter(({ startedAt }) => now - startedAt < KEPT_MS);
    this.#baskets.set(key, baskets);
    return baskets;
  }
}
