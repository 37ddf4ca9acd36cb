import type { SandboxClock } from '../kit/clock.js';
import type { Answer } from '../kit/exchange.js';
import { RollingWindow } from '../kit/limits.js';
import { nginxPage, problem } from './answers.js';
import type { AmoSettings } from './switches.js';

const COUNTED_MS = 60_000;

/** The account's own limit, and the ban of an address that goes on after it was told to stop. */
export class FloodGuard {
  readonly #clock: SandboxClock;
  readonly #settings: AmoSettings;
  #window: RollingWindow | undefined;
  /** Never has room: stands before everything while the address is banned. */
  readonly #closed: RollingWindow;
  #refusals: number[] = [];
  #bannedUntil = 0;
  #turn = 0;

  constructor(clock: SandboxClock, settings: AmoSettings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#closed = new RollingWindow({ requests: 1, perSeconds: 1e9 }, clock);
    this.#closed.take();
  }

  get isBanned(): boolean {
    return this.#bannedUntil > this.#clock.now();
  }

  windows(): readonly RollingWindow[] {
    if (this.isBanned) return [this.#closed];
    const { account_rate: rate } = this.#settings;
    if (rate === null) return [];
    if (this.#window?.rate.requests !== rate.requests || this.#window.rate.perSeconds !== rate.perSeconds) {
      this.#window = new RollingWindow(rate, this.#clock);
    }
    return [this.#window];
  }

  /** The answer to a request that came too early, or while the address is banned. */
  limited(retryAfterSeconds: number): Answer {
    if (this.isBanned) return nginxPage(403);
    const now = this.#clock.now();
    const { ban_after: most, ban_seconds: seconds } = this.#settings;
    this.#refusals = [...this.#refusals.filter((at) => at > now - COUNTED_MS), now];
    if (most > 0 && this.#refusals.length > most) {
      this.#bannedUntil = now + seconds * 1000;
      this.#refusals = [];
      return nginxPage(403);
    }
    return this.refusal(retryAfterSeconds);
  }

  /** A 429 in one of the shapes that were seen. */
  refusal(retryAfterSeconds: number | undefined): Answer {
    const { limit_body: shape, retry_after: tells } = this.#settings;
    this.#turn += 1;
    const kind = shape === 'mixed' ? (this.#turn % 2 === 1 ? 'json' : 'text') : shape;
    const answer =
      kind === 'json'
        ? problem(429, 'Too Many Requests', 'The request limit has been exceeded')
        : kind === 'html'
          ? nginxPage(429)
          : { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Too many requests' };
    if (!tells || retryAfterSeconds === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
  }

  reset(): void {
    this.#refusals = [];
    this.#bannedUntil = 0;
  }
}
