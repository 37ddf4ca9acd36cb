import { performance } from 'node:perf_hooks';

interface Timer {
  readonly dueAt: number;
  readonly fire: () => void;
}

const LONGEST_REAL_WAIT_MS = 1_000_000_000;

/**
 * The clock of one sandbox. Limits, token lives, late visibility and webhook retries all run on it, so a test may
 * hurry it (`speed`) or jump forward (`advance`). It never goes back.
 */
export class SandboxClock {
  #base: number;
  #realBase = performance.now();
  #speed = 1;
  #timers: Timer[] = [];
  #wake: NodeJS.Timeout | undefined;
  #isoAt = Number.NaN;
  #isoText = '';

  constructor(startAt: number = Date.now()) {
    this.#base = startAt;
  }

  /** Milliseconds since 1970 with a fraction: what limits count with. */
  exactNow(): number {
    return this.#base + (performance.now() - this.#realBase) * this.#speed;
  }

  /** Whole milliseconds since 1970. */
  now(): number {
    return Math.floor(this.exactNow());
  }

  /** The present moment as ISO text in UTC; the last text is kept because a batch asks for it hundreds of times. */
  iso(): string {
    const now = this.now();
    if (now !== this.#isoAt) {
      this.#isoAt = now;
      this.#isoText = new Date(now).toISOString();
    }
    return this.#isoText;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Sandbox milliseconds per real millisecond; 0 stops the clock. */
  setSpeed(speed: number): void {
    this.#settle(0);
    this.#speed = speed;
    this.#arm();
  }

  /** Jumps forward; timers that became due fire in order. */
  advance(ms: number): void {
    this.#settle(Math.max(0, ms));
    this.#fireDue();
  }

  /** Calls `fire` once after that many sandbox milliseconds; the answer cancels it. */
  after(ms: number, fire: () => void): () => void {
    const timer: Timer = { dueAt: this.exactNow() + ms, fire };
    const place = this.#timers.findIndex((other) => other.dueAt > timer.dueAt);
    this.#timers.splice(place < 0 ? this.#timers.length : place, 0, timer);
    this.#arm();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#arm();
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Forgets all timers; nothing fires afterwards. */
  stop(): void {
    clearTimeout(this.#wake);
    this.#timers = [];
  }

  #settle(jumpMs: number): void {
    this.#base = this.exactNow() + jumpMs;
    this.#realBase = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#wake);
    const next = this.#timers[0];
    if (next === undefined || this.#speed === 0) return;
    const waitMs = Math.max(0, (next.dueAt - this.exactNow()) / this.#speed);
    this.#wake = setTimeout(() => this.#fireDue(), Math.min(Math.ceil(waitMs), LONGEST_REAL_WAIT_MS));
  }

  #fireDue(): void {
    const now = this.exactNow();
    for (let next = this.#timers[0]; next !== undefined && next.dueAt <= now; next = this.#timers[0]) {
      this.#timers.shift();
      next.fire();
    }
    this.#arm();
  }
}
