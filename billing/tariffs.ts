import { Failure } from '../core/failures.js';

/** What a tariff lets an account do; null is without limit. */
export interface TariffLimits {
  /** Published pipelines. */
  readonly pipelines: number | null;
  /** Records written or deleted at targets within a calendar month (UTC). */
  readonly recordsAMonth: number | null;
  /** Members and open invitations. */
  readonly members: number | null;
  /** The least time between two starts of a pipeline by its trigger. */
  readonly shortestIntervalMs: number | null;
}

export interface Tariff {
  readonly name: string;
  /** By language; English is always there. */
  readonly title: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
  /** For a month, in minor units of the currency. */
  readonly price: { readonly amountMinor: number; readonly currency: string };
  /** Place in lists, the smallest first. */
  readonly position: number;
  readonly limits: TariffLimits;
}

/** What an account uses now. */
export interface TariffUse {
  readonly pipelines: number;
  readonly recordsThisMonth: number;
  readonly members: number;
  /** Of the published pipelines; null where none starts by itself. */
  readonly shortestIntervalMs: number | null;
}

/** What an account wants to do next. */
export type TariffWish =
  | { readonly kind: 'pipeline' }
  | { readonly kind: 'member' }
  | { readonly kind: 'interval'; readonly ms: number }
  /** Moving records; `nextMonth` is when the count begins anew. */
  | { readonly kind: 'records'; readonly now: Date }
  /** Everything that is used now, under this tariff. */
  | { readonly kind: 'choose'; readonly now: Date };

/**
 * The one rule of tariffs: null where the wish fits, else the refusal `tariff/limit_reached` (kind quota) with a clear
 * sentence. Whoever publishes, invites, opens or moves runs, or chooses a tariff asks here.
 */
export function withinTariff(
  tariff: Pick<Tariff, 'name' | 'limits'>,
  use: Partial<TariffUse>,
  wish: TariffWish,
): Failure | null {
  const { limits } = tariff;
  const { pipelines = 0, recordsThisMonth = 0, members = 0, shortestIntervalMs = null } = use;
  switch (wish.kind) {
    case 'pipeline':
      return limits.pipelines !== null && pipelines >= limits.pipelines
        ? noRoomForPipeline(tariff.name, limits.pipelines, pipelines)
        : null;
    case 'member':
      return limits.members !== null && members >= limits.members
        ? noRoomForMember(tariff.name, limits.members, members)
        : null;
    case 'interval':
      return limits.shortestIntervalMs !== null && wish.ms < limits.shortestIntervalMs
        ? tooOften(tariff.name, limits.shortestIntervalMs, wish.ms)
        : null;
    case 'records':
      return limits.recordsAMonth !== null && recordsThisMonth >= limits.recordsAMonth
        ? monthUsedUp(tariff.name, limits.recordsAMonth, wish.now)
        : null;
    case 'choose':
      return (
        beyond('pipelines', tariff.name, limits.pipelines, pipelines) ??
        beyond('members', tariff.name, limits.members, members) ??
        (shortestIntervalMs === null
          ? null
          : withinTariff(tariff, use, { kind: 'interval', ms: shortestIntervalMs })) ??
        withinTariff(tariff, use, { kind: 'records', now: wish.now })
      );
  }
}

/** The first moment of the next calendar month, UTC. */
export function nextMonthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

function noRoomForPipeline(tariff: string, limit: number, used: number): Failure {
  return new Failure('tariff/limit_reached', {
    message: `Tariff \`${tariff}\` has room for \`${limit}\` published pipelines, and there are \`${used}\`.`,
    hint: 'Delete a pipeline that is no longer needed, or choose a larger tariff.',
    details: { tariff, limit: 'pipelines', allowed: limit, used },
  });
}

function noRoomForMember(tariff: string, limit: number, used: number): Failure {
  return new Failure('tariff/limit_reached', {
    message: `Tariff \`${tariff}\` has room for \`${limit}\` members, and there are \`${used}\` with those invited.`,
    hint: 'Remove a member, withdraw an invitation, or choose a larger tariff.',
    details: { tariff, limit: 'members', allowed: limit, used },
  });
}

function tooOften(tariff: string, limitMs: number, ms: number): Failure {
  return new Failure('tariff/limit_reached', {
    message: `Tariff \`${tariff}\` starts a pipeline every \`${span(limitMs)}\` at most, and this one asks for every \`${span(ms)}\`.`,
    hint: 'Choose a longer interval for its trigger, or a larger tariff.',
    details: { tariff, limit: 'shortest_interval', allowed: limitMs, used: ms },
  });
}

function monthUsedUp(tariff: string, limit: number, now: Date): Failure {
  const next = nextMonthOf(now);
  return new Failure('tariff/limit_reached', {
    message: `The \`${limit}\` records that tariff \`${tariff}\` moves in a month are used up until \`${next.toISOString().slice(0, 10)}\`.`,
    hint: 'Choose a larger tariff, or wait: runs that stand still go on by themselves in the next month.',
    details: { tariff, limit: 'records_a_month', allowed: limit },
    retryAfterMs: next.getTime() - now.getTime(),
  });
}

function beyond(what: 'pipelines' | 'members', tariff: string, limit: number | null, used: number): Failure | null {
  if (limit === null || used <= limit) return null;
  const details = { tariff, limit: what, allowed: limit, used };
  return what === 'pipelines'
    ? new Failure('tariff/limit_reached', {
        message: `The account has \`${used}\` published pipelines, and tariff \`${tariff}\` has room for \`${limit}\`.`,
        hint: 'Delete pipelines first, or choose another tariff.',
        details,
      })
    : new Failure('tariff/limit_reached', {
        message: `The account has \`${used}\` members with those invited, and tariff \`${tariff}\` has room for \`${limit}\`.`,
        hint: 'Remove members first, or choose another tariff.',
        details,
      });
}

function span(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const) {
    if (ms > 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
