import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Failure } from '../core/failures.js';
import { migrations } from './migrations/index.js';

/** Roles are shared by all databases of a cluster, so they are made beside the migrations, not in one. */
const createRoles = `
do $$ begin
  perform pg_advisory_xact_lock(7400);
  if not exists (select from pg_roles where rolname = 'pipewright_app') then create role pipewright_app login; end if;
  if not exists (select from pg_roles where rolname = 'pipewright_system') then create role pipewright_system login; end if;
end $$`;

/**
 * Brings the database to the newest schema; a second call changes nothing. `ownerUrl` must be allowed to create
 * roles. The roles may log in without a password only where the server lets them (the embedded one's private socket).
 * Throws `store/outdated_schema` when a migration fails; the failed one is rolled back whole.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await prepareRoles(pool);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
      throw new Failure('store/outdated_schema', {
        message: `Migration \`${failed}\` of the database failed.`,
        hint: 'Nothing of it was kept; read the cause in the log, mend it and start again.',
        cause: error,
      });
    }
  } finally {
    await db.destroy();
  }
}

/** The product's two roles and their way into the schema; a second call changes nothing. */
export async function prepareRoles(database: { query(text: string): Promise<unknown> }): Promise<void> {
  await database.query(createRoles);
  await database.query('grant pipewright_app, pipewright_system to current_user');
  await database.query('grant usage on schema public to pipewright_app, pipewright_system');
}
