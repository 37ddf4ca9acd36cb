import { type RawBuilder, sql } from 'kysely';
import { Failure } from '../../core/failures.js';
import type { AccountId, Store } from '../../store/database.js';

interface Cap {
  /** In the plural, as the sentence names them. */
  readonly title: string;
  readonly most: number;
  /** Counts those that are there besides the one that is meant. */
  count(meant: string): RawBuilder<{ count: number }>;
}

const counted = (from: string) => () => sql<{ count: number }>`select count(*)::int as count from ${sql.raw(from)}`;

/**
 * How many things of a kind one account may have, so that nobody fills the installation. Far above what people need;
 * tariffs have limits of their own. docs/api.md names the same figures.
 */
export const caps = {
  connectLinks: {
    title: 'open connect links',
    most: 100,
    count: counted('connect_link where used_at is null and withdrawn_at is null and expires_at > now()'),
  },
  connections: { title: 'connections', most: 500, count: counted('connection') },
  hooks: { title: 'webhook intakes', most: 500, count: counted('hook') },
  keys: { title: 'valid API keys', most: 100, count: counted('api_key where revoked_at is null') },
  pipelines: {
    title: 'pipelines',
    most: 1_000,
    // Storing one that is there already makes no more of them.
    count: (meant) =>
      sql`select count(*)::int as count from pipeline where state <> 'deleted' and id <> ${meant} and uid::text <> ${meant}`,
  },
  requests: { title: 'open requests', most: 200, count: counted(`request where state <> 'closed'`) },
  supportLinks: {
    title: 'open support links',
    most: 10,
    count: counted('support_link where opened_at is null and withdrawn_at is null and expires_at > now()'),
  },
  webhookEndpoints: { title: 'webhook endpoints', most: 50, count: counted('webhook_endpoint') },
} as const satisfies Record<string, Cap>;

export type CapName = keyof typeof caps;

/** Makers of the same kind in the same account, one after the other within this process. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Runs `make` where there is room for one more. Throws `account/cap_reached`. Where half of the room is taken, makers
 * take turns, so that many at once do not all see the last free place.
 */
export async function withRoom<T>(
  store: Store,
  accountId: AccountId,
  name: CapName,
  meant: string,
  make: () => Promise<T>,
): Promise<T> {
  if ((await countOf(store, accountId, name, meant)) < caps[name].most / 2) return make();
  const key = `${accountId}|${name}`;
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before
    .catch(() => undefined)
    .then(() =>
      store.account(accountId, async (tx) => {
        // And over all servers: one of each waits here, so waiting never takes more than a connection of each.
        await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
        if ((await countOf(store, accountId, name, meant)) >= caps[name].most) throw noRoom(name);
        return make();
      }),
    );
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

async function countOf(store: Store, accountId: AccountId, name: CapName, meant: string): Promise<number> {
  const { count }: Cap = caps[name];
  const { rows } = await store.account(accountId, (tx) => count(meant).execute(tx));
  return rows[0]?.count ?? 0;
}

function noRoom(name: CapName): Failure {
  const { title, most } = caps[name];
  return new Failure('account/cap_reached', {
    message: `The account has ${most} ${title}, which is as many as it may have.`,
    hint: 'Remove what is no longer needed, then try again.',
    details: { cap: name, most },
  });
}
