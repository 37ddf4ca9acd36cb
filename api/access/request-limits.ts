import { createHash } from 'node:crypto';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from './caller.js';
import { tooMany } from './limits.js';

/** How many requests in how many seconds one server takes; docs/api.md names the same figures. */
export interface RequestRules {
  readonly seconds: number;
  /** Of one API key or one signed-in session. */
  readonly perCaller: number;
  /** Of all keys and people of one account together. */
  readonly perAccount: number;
  /** Of one address without a valid key or sign-in. */
  readonly perAddress: number;
}

export const requestRules: RequestRules = { seconds: 10, perCaller: 1_000, perAccount: 2_000, perAddress: 300 };

const knownForMs = 60_000;
const mostKnown = 20_000;

/**
 * The first stage against floods: counters of this process alone, so that a refusal costs no query. What must hold
 * over all servers (tries to sign in, mails) is counted by `Limits`.
 */
export class RequestLimits {
  readonly #callers: RateLimiterMemory;
  readonly #accounts: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;
  /** Credentials that were right a moment ago: a flood of wrong ones from their address does not shut them out. */
  readonly #known = new Map<string, { readonly untilMs: number; readonly counter: string }>();

  constructor(readonly rules: RequestRules = requestRules) {
    const limiter = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: rules.seconds });
    this.#callers = limiter(rules.perCaller);
    this.#accounts = limiter(rules.perAccount);
    this.#addresses = limiter(rules.perAddress);
  }

  /**
   * Before anybody is known. Throws `api/too_many_requests` where these credentials have used up their share, and for
   * credentials never seen right from an address that has used up that of visitors.
   */
  async before(credentials: string | undefined, address: string): Promise<void> {
    const known = credentials === undefined ? undefined : this.#known.get(digest(credentials));
    const isKnown = known !== undefined && known.untilMs > performance.now();
    const spent = isKnown ? await this.#callers.get(known.counter) : await this.#addresses.get(address);
    const points = isKnown ? this.rules.perCaller : this.rules.perAddress;
    if (spent !== null && spent.consumedPoints >= points) throw tooMany(spent.msBeforeNext);
  }

  /** Counts a request whose sender is known now, and returns the headers that tell how much is left. */
  async count(caller: Caller, credentials: string | undefined, address: string): Promise<Record<string, string>> {
    if (caller.kind === 'visitor') return this.#take(this.#addresses, address, this.rules.perAddress);
    const counter = caller.person === null ? caller.actor : `session:${caller.person.sessionId}`;
    if (credentials !== undefined) this.#know(credentials, counter);
    const headers = await this.#take(this.#callers, counter, this.rules.perCaller);
    if (caller.accountId !== '') await this.#take(this.#accounts, caller.accountId, this.rules.perAccount);
    return headers;
  }

  /** A request with wrong credentials counts as one of a visitor. Throws `api/too_many_requests`. */
  async countRefused(address: string): Promise<void> {
    await this.#take(this.#addresses, address, this.rules.perAddress);
  }

  async #take(limiter: RateLimiterMemory, key: string, points: number): Promise<Record<string, string>> {
    try {
      return this.#headers(await limiter.consume(key), points);
    } catch (refusal) {
      throw tooMany((refusal as RateLimiterRes).msBeforeNext);
    }
  }

  #headers(found: RateLimiterRes, points: number): Record<string, string> {
    return {
      'RateLimit-Limit': String(points),
      'RateLimit-Remaining': String(found.remainingPoints),
      'RateLimit-Reset': String(Math.ceil(found.msBeforeNext / 1_000)),
      'RateLimit-Policy': `${points};w=${this.rules.seconds}`,
    };
  }

  #know(credentials: string, counter: string): void {
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(digest(credentials), { untilMs: performance.now() + knownForMs, counter });
  }
}

/** Credentials themselves are not kept. */
function digest(credentials: string): string {
  return createHash('sha256').update(credentials).digest('base64');
}
