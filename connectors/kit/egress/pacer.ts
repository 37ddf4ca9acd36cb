import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../../core/failures.js';
import type { RateLimit } from '../contract.js';

/** Keeps requests within a vendor's allowance. One for each connection in use; shares its tracks with all others. */
export interface Pacer {
  /** Waits for this request's turn; throws `vendor/rate_limited` when the turn is more than ten seconds away. */
  take(cost: number, signal: AbortSignal): Promise<void>;
  /** The request has been answered or given up. */
  done(): void;
  /** The vendor refused for rate; `retryAfterMs` as it said, null when it said nothing. */
  refused(retryAfterMs: number | null): void;
}

/** Hands out turns of one budget to all workers; backed by a row of the store. Times are ms since the epoch. */
export interface SlotSource {
  /** Reserves `count` turns, `intervalMs` apart, and says when the first may be used. */
  reserve(key: string, count: number, intervalMs: number, burst: number): Promise<{ firstMs: number; nowMs: number }>;
  /** Nobody may use this budget before this time. */
  pause(key: string, untilMs: number): Promise<void>;
}

export type PacerPriority = 'webhook' | 'poll' | 'backfill';

/** Evenly spaced, just under the documented limit: what uses most of an allowance without a refusal (performance.md). */
const usedShare = 0.98;
const reserveAheadMs = 250;
const longestWaitMs = 10_000;
const silentRefusalMs = 1_000;
const ranks: Readonly<Record<PacerPriority, number>> = { webhook: 0, poll: 1, backfill: 2 };

interface Waiter {
  readonly rank: number;
  readonly cost: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** One budget within this process: turns reserved ahead, a queue by priority. */
class Track {
  readonly #waiters: Waiter[] = [];
  #slots: number[] = [];
  #pausedUntilMs = 0;
  #lastMs = 0;
  #isRunning = false;
  readonly intervalMs: number;

  constructor(
    readonly limit: RateLimit,
    readonly source: SlotSource,
  ) {
    this.intervalMs = limit.perMs / limit.requests / usedShare;
  }

  async take(cost: number, priority: PacerPriority, signal: AbortSignal): Promise<void> {
    const waitMs = Math.max(this.#pausedUntilMs - Date.now(), 0) + this.#ahead(ranks[priority]) * this.intervalMs;
    if (waitMs > longestWaitMs) throw tooFar(waitMs);
    await new Promise<void>((resolve, reject) => {
      const settled = (settle: () => void) => (): void => {
        signal.removeEventListener('abort', giveUp);
        settle();
      };
      const waiter: Waiter = { rank: ranks[priority], cost, resolve: settled(resolve), reject };
      const place = this.#waiters.findIndex((other) => other.rank > waiter.rank);
      this.#waiters.splice(place < 0 ? this.#waiters.length : place, 0, waiter);
      const giveUp = (): void => {
        const index = this.#waiters.indexOf(waiter);
        if (index >= 0) this.#waiters.splice(index, 1);
        reject(signal.reason);
      };
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      if (!this.#isRunning) void this.#serve();
    });
  }

  pause(retryAfterMs: number | null): void {
    const untilMs = Date.now() + (retryAfterMs ?? silentRefusalMs);
    if (untilMs <= this.#pausedUntilMs) return;
    this.#pausedUntilMs = untilMs;
    this.#slots = [];
    this.source.pause(this.limit.key, untilMs).catch(() => undefined);
  }

  #ahead(rank: number): number {
    return this.#waiters.reduce((sum, waiter) => (waiter.rank <= rank ? sum + waiter.cost : sum), 0);
  }

  async #serve(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#waiters.length > 0) {
        await this.#nextTurn();
        const waiter = this.#waiters.shift();
        if (waiter === undefined) continue;
        for (let extra = 1; extra < waiter.cost; extra++) await this.#nextTurn();
        this.#lastMs = Date.now();
        waiter.resolve();
      }
    } catch (error) {
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #nextTurn(): Promise<void> {
    if (this.#slots.length === 0) await this.#reserve();
    const slot = this.#slots.shift() ?? Date.now();
    const burst = this.limit.burst ?? 1;
    const atMs = Math.max(slot, this.#pausedUntilMs, burst > 1 ? 0 : this.#lastMs + this.intervalMs);
    const waitMs = atMs - Date.now();
    if (waitMs > 0) await delay(waitMs);
  }

  async #reserve(): Promise<void> {
    const count = Math.max(1, Math.min(this.#ahead(2), Math.ceil(reserveAheadMs / this.intervalMs)));
    const { firstMs, nowMs } = await this.source.reserve(this.limit.key, count, this.intervalMs, this.limit.burst ?? 1);
    const skewMs = Date.now() - nowMs;
    for (let index = 0; index < count; index++) this.#slots.push(firstMs + skewMs + index * this.intervalMs);
  }
}

/** All budgets of one process, by key. */
export class Pacing {
  readonly #tracks = new Map<string, Track>();

  constructor(readonly source: SlotSource) {}

  /** A connection without limits is not paced. */
  pacer(limits: readonly RateLimit[], priority: PacerPriority): Pacer {
    const tracks = limits.map((limit) => this.#track(limit));
    return {
      take: async (cost, signal) => {
        for (const track of tracks) await track.take(cost, priority, signal);
      },
      done: () => undefined,
      refused: (retryAfterMs) => {
        for (const track of tracks) track.pause(retryAfterMs);
      },
    };
  }

  #track(limit: RateLimit): Track {
    const known = this.#tracks.get(limit.key);
    if (known !== undefined && known.limit.requests === limit.requests && known.limit.perMs === limit.perMs)
      return known;
    const track = new Track(limit, this.source);
    this.#tracks.set(limit.key, track);
    return track;
  }
}

function tooFar(waitMs: number): Failure {
  return new Failure('vendor/rate_limited', {
    message: `The vendor's request budget is used up for the next ${Math.ceil(waitMs / 1_000)} seconds.`,
    hint: 'Nothing to do: the run goes on by itself when the budget allows.',
    retryAfterMs: Math.ceil(waitMs),
    details: { wasSent: false },
  });
}
