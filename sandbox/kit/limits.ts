import type { SandboxClock } from './clock.js';

/** At most `requests` in any rolling window of `perSeconds` sandbox seconds. */
export interface Rate {
  readonly requests: number;
  readonly perSeconds: number;
}

/** One rolling window. Refused requests do not count, so a client that waits as told is served. */
export class RollingWindow {
  readonly rate: Rate;
  readonly #clock: SandboxClock;
  readonly #accepted: number[];
  #oldest = 0;

  constructor(rate: Rate, clock: SandboxClock) {
    this.rate = rate;
    this.#clock = clock;
    this.#accepted = new Array<number>(rate.requests).fill(Number.NEGATIVE_INFINITY);
  }

  /** 0 when the request is taken, else the milliseconds until the next one would be. */
  take(): number {
    const now = this.#clock.exactNow();
    const freeAt = (this.#accepted[this.#oldest] ?? Number.POSITIVE_INFINITY) + this.rate.perSeconds * 1000;
    if (freeAt > now) return freeAt - now;
    this.#accepted[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#accepted.length;
    return 0;
  }
}

/** Reads `7/1` (requests / seconds); undefined when it is not that. */
export function parseRate(text: string): Rate | undefined {
  const [requests, perSeconds, more] = text.split('/').map(Number);
  if (requests === undefined || perSeconds === undefined || more !== undefined) return undefined;
  return isRate({ requests, perSeconds }) ? { requests, perSeconds } : undefined;
}

function isRate(rate: { requests: unknown; perSeconds: unknown }): rate is Rate {
  const { requests, perSeconds } = rate;
  return Number.isInteger(requests) && Number(requests) >= 1 && typeof perSeconds === 'number' && perSeconds > 0;
}
