import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { errorText, Failure } from '../../core/failures.js';
import { isConnectionLoss, type Store } from '../../store/database.js';

/** So many points in so many seconds, counted from the first one; `name` begins the keys in the table. */
export interface LimitRule {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

export interface Usage {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Until everything is given back. */
  readonly resetMs: number;
}

/** Counters that all servers share (table `rate_limit`). Keys must be short: hash what people typed. */
export interface Limits {
  /** Takes points, also when there are none left; says how it stands. Throws `store/unavailable`. */
  count(rule: LimitRule, key: string, points?: number): Promise<Usage>;
  /** The same, but throws `api/too_many_requests` with the time to wait when too many were taken. */
  take(rule: LimitRule, key: string, points?: number): Promise<Usage>;
  giveBack(rule: LimitRule, key: string, points?: number): Promise<void>;
  forget(rule: LimitRule, key: string): Promise<void>;
}

export function createLimits(store: Store): Limits {
  const limiters = new Map<string, RateLimiterPostgres>();
  const limiterOf = (rule: LimitRule): RateLimiterPostgres => {
    const name = `${rule.name}|${rule.points}|${rule.seconds}`;
    const limiter =
      limiters.get(name) ??
      new RateLimiterPostgres({
        storeClient: store.systemPool,
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: rule.name,
        points: rule.points,
        duration: rule.seconds,
        // One of them is enough to clear the table.
        clearExpiredByTimeout: limiters.size === 0,
      });
    limiters.set(name, limiter);
    return limiter;
  };
  const count = async (rule: LimitRule, key: string, points = 1): Promise<Usage> => {
    try {
      return usageOf(await limiterOf(rule).consume(key, points), true);
    } catch (error) {
      if (isRefusal(error)) return usageOf(error, false);
      throw storeFailure(error);
    }
  };
  return {
    count,
    take: async (rule, key, points) => {
      const usage = await count(rule, key, points);
      if (!usage.isAllowed) throw tooMany(usage.resetMs);
      return usage;
    },
    giveBack: async (rule, key, points = 1) => {
      await limiterOf(rule)
        .reward(key, points)
        .catch((error: unknown) => {
          throw storeFailure(error);
        });
    },
    forget: async (rule, key) => {
      await limiterOf(rule)
        .delete(key)
        .catch((error: unknown) => {
          throw storeFailure(error);
        });
    },
  };
}

export function tooMany(waitMs: number): Failure {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new Failure('api/too_many_requests', {
    message: 'There were too many requests of this kind.',
    hint: `Try again in ${seconds} seconds.`,
    retryAfterMs: seconds * 1_000,
  });
}

function usageOf(found: RateLimiterRes, isAllowed: boolean): Usage {
  return { isAllowed, remaining: found.remainingPoints, resetMs: found.msBeforeNext };
}

/** The library rejects with its answer when nothing is left, with an error when the database fails. */
function isRefusal(error: unknown): error is RateLimiterRes {
  return typeof (error as { msBeforeNext?: unknown } | null)?.msBeforeNext === 'number';
}

function storeFailure(error: unknown): unknown {
  if (!isConnectionLoss(error)) return error;
  return new Failure('store/unavailable', {
    message: `The database does not answer: ${errorText(error)}.`,
    hint: 'Wait a moment and try again.',
    cause: error,
  });
}
