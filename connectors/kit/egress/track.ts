import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../../core/failures.js';
import type { RateLimit } from '../contract.js';

/** Hands out turns of one budget to all workers; backed by a row of the store. Times are ms since the epoch. */
export interface SlotSource {
  /** Reserves `count` turns (parts of one too), `intervalMs` apart, and says when the first may be used. */
  reserve(key: string, count: number, intervalMs: number, burst: number): Promise<{ firstMs: number; nowMs: number }>;
  /** Nobody may use this budget before this time. */
  pause(key: string, untilMs: number): Promise<void>;
}

export type PacerPriority = 'webhook' | 'poll' | 'backfill';

/** Evenly spaced, just under the documented limit: what uses most of an allowance without a refusal (performance.md). */
const mostShare = 0.98;
/** What a window of the vendor is longer with us: requests arrive up to this much earlier or later than they left. */
const jitterMs = 35;
/** Each refusal tells that this machine, or the way to the vendor, is less punctual than that. */
const shareLostByRefusal = 0.01;
const leastShare = 0.94;
const reserveAheadMs = 250;
const longestWaitMs = 10_000;
const silentRefusalMs = 1_000;
/** A turn that is late by a whole one is thrown away; on a machine too busy to be punctual, late is better than never. */
const mostLostTurns = 3;
const ranks: Readonly<Record<PacerPriority, number>> = { webhook: 0, poll: 1, backfill: 2 };

interface Waiter {
  readonly rank: number;
  readonly cost: number;
  resolve(turn: Slot): void;
  reject(error: unknown): void;
}

/** A turn of the budget, by this machine's clock. */
interface Slot {
  readonly atMs: number;
  /** By how much this process had moved the budget on when it reserved the turn. */
  readonly movedMs: number;
}

/** One budget within this process: turns reserved ahead, a queue by priority. */
export class Track {
  readonly #waiters: Waiter[] = [];
  #slots: Slot[] = [];
  #pausedUntilMs = 0;
  #isRunning = false;
  #underWay = 0;
  #onDone: (() => void) | null = null;
  /** This machine's clock less the database's. */
  #skewMs = Number.POSITIVE_INFINITY;
  #share: number;
  #movedMs = 0;
  /** How long after its turn a request leaves at the least. */
  #usualMs = Number.POSITIVE_INFINITY;
  /** What the spacing forgives: a request that leaves later than this is too near to the next ones. */
  readonly #forgivenMs: number;

  constructor(
    readonly limit: RateLimit,
    readonly source: SlotSource,
  ) {
    this.#share = Math.min(mostShare, Math.max(leastShare, limit.perMs / (limit.perMs + jitterMs)));
    const mayBunch = (limit.burst ?? 1) > 1;
    this.#forgivenMs = mayBunch ? Number.POSITIVE_INFINITY : Math.max(10, (limit.perMs * (1 - mostShare)) / 2);
  }

  /** Time between two turns. */
  get intervalMs(): number {
    return this.limit.perMs / this.limit.requests / this.#share;
  }

  /** Resolves when it is this request's turn; `left` of the answer is called when the request really leaves. */
  async take(cost: number, priority: PacerPriority, signal: AbortSignal): Promise<{ left(): void }> {
    signal.throwIfAborted();
    const waitMs = Math.max(this.#pausedUntilMs - Date.now(), 0) + this.#ahead(ranks[priority]) * this.intervalMs;
    if (waitMs > longestWaitMs) throw tooFar(waitMs);
    const turn = await new Promise<Slot>((resolve, reject) => {
      const giveUp = (): void => {
        const index = this.#waiters.indexOf(waiter);
        if (index >= 0) this.#waiters.splice(index, 1);
        reject(signal.reason);
      };
      const settled = (): void => signal.removeEventListener('abort', giveUp);
      const waiter: Waiter = {
        rank: ranks[priority],
        cost,
        resolve: (slot) => {
          settled();
          resolve(slot);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      const place = this.#waiters.findIndex((other) => other.rank > waiter.rank);
      this.#waiters.splice(place < 0 ? this.#waiters.length : place, 0, waiter);
      // One signal ends a whole slice: many may wait under it.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', giveUp, { once: true });
      if (!this.#isRunning) void this.#serve();
    });
    return { left: () => this.#left(turn) };
  }

  done(): void {
    this.#underWay -= 1;
    this.#onDone?.();
  }

  pause(retryAfterMs: number | null): void {
    const untilMs = Date.now() + (retryAfterMs ?? silentRefusalMs);
    if (untilMs <= this.#pausedUntilMs) return;
    this.#pausedUntilMs = untilMs;
    this.#share = Math.max(leastShare, this.#share - shareLostByRefusal);
    this.#slots = [];
    const skewMs = Number.isFinite(this.#skewMs) ? this.#skewMs : 0;
    this.source.pause(this.limit.key, untilMs - skewMs).catch(() => undefined);
  }

  #ahead(rank: number): number {
    return this.#waiters.reduce((sum, waiter) => (waiter.rank <= rank ? sum + waiter.cost : sum), 0);
  }

  /** Who waits longest among the most urgent goes next; who is next is decided when the turn has come. */
  async #serve(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#waiters.length > 0) {
        await this.#room();
        let turn = await this.#nextTurn();
        const waiter = this.#waiters.shift();
        if (waiter === undefined) continue;
        for (let extra = 1; extra < waiter.cost; extra++) turn = await this.#nextTurn();
        this.#underWay += 1;
        waiter.resolve(turn);
      }
    } catch (error) {
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Waits while as many requests are under way as the vendor takes at one moment. */
  async #room(): Promise<void> {
    while (this.#underWay >= (this.limit.concurrency ?? Number.POSITIVE_INFINITY)) {
      await new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
      this.#onDone = null;
    }
  }

  async #nextTurn(): Promise<Slot> {
    for (let lost = 0; ; ) {
      if (this.#slots.length === 0) await this.#reserve();
      const slot = this.#slots[0] ?? { atMs: Date.now(), movedMs: this.#movedMs };
      const waitMs = Math.max(slot.atMs, this.#pausedUntilMs) - Date.now();
      // The turn stays reserved: whoever asks again near its time gets it.
      if (waitMs > longestWaitMs) throw tooFar(waitMs);
      if (waitMs > 0) await delay(waitMs);
      // The vendor may have refused meanwhile; then this turn has been thrown away.
      if (this.#slots[0] !== slot) continue;
      this.#slots.shift();
      const isStale = Date.now() - slot.atMs > Math.max(this.intervalMs, this.#forgivenMs);
      if (!isStale || lost === mostLostTurns) return slot;
      lost += 1;
    }
  }

  /**
   * A request that leaves later than others do moves the later turns on by as much, one turn at most; else it would
   * meet them within one window of the vendor. New connections and a busy process make requests late.
   */
  #left({ atMs, movedMs }: Slot): void {
    const lateMs = Date.now() - atMs;
    this.#usualMs = Math.min(lateMs, this.#usualMs + 1);
    // Before anything is known, a request is taken for late: it opens its connection.
    const usualMs = Math.min(this.#usualMs, this.#forgivenMs);
    const byMs = Math.min(lateMs - usualMs, this.intervalMs) - (this.#movedMs - movedMs);
    if (byMs <= this.#forgivenMs) return;
    this.#movedMs += byMs;
    const { key, burst = 1 } = this.limit;
    this.source.reserve(key, byMs / this.intervalMs, this.intervalMs, burst).catch(() => {
      // The store is away: the next turn says so.
    });
  }

  async #reserve(): Promise<void> {
    const movedMs = this.#movedMs;
    const { intervalMs } = this;
    const count = Math.max(1, Math.min(this.#ahead(2), Math.ceil(reserveAheadMs / intervalMs)));
    const { firstMs, nowMs } = await this.source.reserve(this.limit.key, count, intervalMs, this.limit.burst ?? 1);
    // A late answer looks like a difference of the clocks, so the smallest one seen is right; it may drift slowly.
    this.#skewMs = Math.min(Date.now() - nowMs, this.#skewMs + 1);
    // The database's moment has a fraction, this clock has none.
    for (let index = 0; index < count; index++)
      this.#slots.push({ atMs: Math.ceil(firstMs + this.#skewMs + index * intervalMs), movedMs });
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
