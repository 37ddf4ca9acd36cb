import type { RateLimit } from '../contract.js';
import { type PacerPriority, type SlotSource, Track } from './track.js';

export type { PacerPriority, SlotSource } from './track.js';

/** Keeps requests within a vendor's allowance. One for each connection in use; shares its tracks with all others. */
export interface Pacer {
  /**
   * Waits for this request's turn, undefined where none is counted; throws `vendor/rate_limited` when the turn is more
   * than ten seconds away.
   */
  take(cost: number, signal: AbortSignal): Promise<Turn | undefined>;
  /** The vendor refused for rate; `retryAfterMs` as it said, null when it said nothing. */
  refused(retryAfterMs: number | null): void;
}

/** A request's turn; `done` is always called. */
export interface Turn {
  /** The request is about to be written to an open connection. */
  left(): void;
  /** The request has been answered or given up. */
  done(): void;
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
        const turns: { left(): void }[] = [];
        const done = (): void => {
          for (let index = 0; index < turns.length; index++) tracks[index]?.done();
        };
        try {
          for (const track of tracks) turns.push(await track.take(cost, priority, signal));
        } catch (error) {
          done();
          throw error;
        }
        return {
          left: () => {
            for (const turn of turns) turn.left();
          },
          done,
        };
      },
      refused: (retryAfterMs) => {
        for (const track of tracks) track.pause(retryAfterMs);
      },
    };
  }

  #track(limit: RateLimit): Track {
    const known = this.#tracks.get(limit.key);
    if (known !== undefined && isSameLimit(known.limit, limit)) return known;
    const track = new Track(limit, this.source);
    this.#tracks.set(limit.key, track);
    return track;
  }
}

function isSameLimit(one: RateLimit, other: RateLimit): boolean {
  return (
    one.requests === other.requests &&
    one.perMs === other.perMs &&
    one.burst === other.burst &&
    one.concurrency === other.concurrency
  );
}
