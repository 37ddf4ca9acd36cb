import { Kysely, Migrator, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { Failure } from '../../core/failures.js';
import { migrations } from '../migrations/index.js';

/** Migrates within the transaction that the client is in: up to the newest, or to just these migrations. */
export async function migrateWithin(client: pg.Client, names?: readonly string[]): Promise<void> {
  const wanted = Object.fromEntries(
    Object.entries(migrations).filter(([name]) => names === undefined || names.includes(name)),
  );
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: poolOfOne(client) }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => wanted }, disableTransactions: true });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Failure('store/outdated_schema', {
    message: `Migration \`${failed}\` of the restored database failed.`,
    hint: 'Nothing of the restore was kept; report this with the release that made the backup.',
    cause: error,
  });
}

/** Everything goes over the one client, whose transaction is not ended here. */
function poolOfOne(client: pg.Client) {
  const shared = {
    query: client.query.bind(client) as pg.PoolClient['query'],
    release: () => undefined,
  };
  return { connect: async () => shared as never, end: async () => undefined };
}
