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

const requestRules: RequestRules = { seconds: 10, perCaller: 1_000, perAccount: 2_000, perAddress: 300 };

/** Sets a header of the answer: how much is left, and until when. */
type Tell = (name: string, value: string) => void;

interface Known {
  readonly untilMs: number;
  readonly counter: string;
  readonly accountId: string;
}

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
  readonly #known = new Map<string, Known>();

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
  async before(credentials: string | undefined, address: string, tell: Tell): Promise<void> {
    const { perCaller, perAccount, perAddress } = this.rules;
    const known = credentials === undefined ? undefined : this.#known.get(digest(credentials));
    if (known === undefined || known.untilMs < performance.now()) {
      return this.#look(this.#addresses, address, perAddress, tell);
    }
    await this.#look(this.#callers, known.counter, perCaller, tell);
    await this.#look(this.#accounts, known.accountId, perAccount, tell);
  }

  /** Counts a request whose sender is known now. Throws `api/too_many_requests`. */
  async count(caller: Caller, credentials: string | undefined, address: string, tell: Tell): Promise<void> {
    if (caller.kind === 'visitor') return this.#take(this.#addresses, address, this.rules.perAddress, tell);
    const counter = caller.person === null ? caller.actor : `session:${caller.person.sessionId}`;
    if (credentials !== undefined) this.#know(credentials, counter, caller.accountId);
    // The caller first: what it is refused takes nothing from the others of its account.
    await this.#take(this.#callers, counter, this.rules.perCaller, tell);
    if (caller.accountId === '') return;
    const told: [string, string][] = [];
    try {
      await this.#take(this.#accounts, caller.accountId, this.rules.perAccount, (...header) => told.push(header));
    } catch (refusal) {
      for (const header of told) tell(...header);
      throw refusal;
    }
  }

  /** A request with wrong credentials counts as one of a visitor. Throws `api/too_many_requests`. */
  async countRefused(address: string, tell: Tell): Promise<void> {
    await this.#take(this.#addresses, address, this.rules.perAddress, tell);
  }

  /** Refuses where nothing is left, and takes nothing. */
  async #look(limiter: RateLimiterMemory, key: string, points: number, tell: Tell): Promise<void> {
    const spent = await limiter.get(key);
    if (spent === null || spent.consumedPoints < points) return;
    this.#tell(spent, points, tell);
    throw tooMany(spent.msBeforeNext);
  }

  async #take(limiter: RateLimiterMemory, key: string, points: number, tell: Tell): Promise<void> {
    let found: RateLimiterRes;
    let isRefused = false;
    try {
      found = await limiter.consume(key);
    } catch (refusal) {
      found = refusal as RateLimiterRes;
      isRefused = true;
    }
    this.#tell(found, points, tell);
    if (isRefused) throw tooMany(found.msBeforeNext);
  }

  #tell(found: RateLimiterRes, points: number, tell: Tell): void {
    tell('RateLimit-Limit', String(points));
    tell('RateLimit-Remaining', String(Math.max(0, found.remainingPoints)));
    tell('RateLimit-Reset', String(Math.ceil(found.msBeforeNext / 1_000)));
    tell('RateLimit-Policy', `${points};w=${this.rules.seconds}`);
  }

  #know(credentials: string, counter: string, accountId: string): void {
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(digest(credentials), { untilMs: performance.now() + knownForMs, counter, accountId });
  }
}

/** Credentials themselves are not kept. */
function digest(credentials: string): string {
  return createHash('sha256').update(credentials).digest('base64');
}
