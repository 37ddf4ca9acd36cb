import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { queryOnce, withDatabase, withRole } from '../../runtime/postgres-connection.js';
import { requestService } from './services.js';

/** A database of its own for one test file. Each part fits `new pg.Pool(...)` as it is. */
export interface TestDatabase {
  readonly name: string;
  /** The address with the owner's rights (the embedded superuser, or DATABASE_OWNER_URL). */
  readonly ownerUrl: string;
  readonly owner: { readonly connectionString: string };
  /** Every session begins in the role `pipewright_app`; the role comes from the migrations. */
  readonly app: { readonly connectionString: string };
  /** Every session begins in the role `pipewright_system`. */
  readonly system: { readonly connectionString: string };
  /** Call in `afterAll`, after closing all pools. */
  drop(): Promise<void>;
}

/**
 * A fresh migrated database: `migrate` runs once per test run, into a template that is then copied (about 50 ms).
 * Without `migrate` the database is empty. `ownServerUrl`: on a server of the test's own instead of the shared one.
 */
export async function createTestDatabase(
  migrate?: (ownerUrl: string) => Promise<void>,
  ownServerUrl?: string,
): Promise<TestDatabase> {
  const { ownerUrl: serverUrl, runId } =
    ownServerUrl === undefined ? await requestService('postgres') : { ownerUrl: ownServerUrl, runId: 'own' };
  const name = `pw_test_${runId}_${randomBytes(6).toString('hex')}`;
  const template = migrate === undefined ? 'template0' : await ensureTemplate(serverUrl, runId, migrate);
  await createFrom(serverUrl, name, template);
  const ownerUrl = withDatabase(serverUrl, name);
  return {
    name,
    ownerUrl,
    owner: { connectionString: ownerUrl },
    app: { connectionString: withRole(ownerUrl, 'pipewright_app') },
    system: { connectionString: withRole(ownerUrl, 'pipewright_system') },
    drop: async () => {
      await queryOnce(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Made by the first test file of a run, under a lock; the others wait and use it. */
async function ensureTemplate(
  serverUrl: string,
  runId: string,
  migrate: (ownerUrl: string) => Promise<void>,
): Promise<string> {
  const template = `pw_template_${runId}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount !== 0) return template;
    // Under another name until the migrations are through: a failed attempt must not become the template.
    const unfinished = `${template}_part`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} template template0`);
    await migrate(withDatabase(serverUrl, unfinished));
    await client.query(`alter database ${unfinished} rename to ${template}`);
    return template;
  } finally {
    await client.end();
  }
}

async function createFrom(serverUrl: string, name: string, template: string): Promise<void> {
  for (let left = 20; ; left -= 1) {
    try {
      await queryOnce(serverUrl, `create database ${name} template ${template}`);
      return;
    } catch (error) {
      // 55006: a session of the migrations has not left the template yet.
      if ((error as { code?: unknown }).code !== '55006' || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
