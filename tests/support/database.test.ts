import { afterAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { queryOnce } from '../../runtime/postgres-connection.js';
import { createTestDatabase, type TestDatabase } from './database.js';

describe('a test database', () => {
  const made: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  async function create(): Promise<TestDatabase> {
    const database = await createTestDatabase();
    made.push(database);
    return database;
  }

  test('is empty and apart from every other', async () => {
    const [first, second] = [await create(), await create()];
    await queryOnce(first.ownerUrl, 'create table only_here (id int)');
    const rows = await queryOnce(second.ownerUrl, "select 1 from pg_tables where tablename = 'only_here'");
    expect(rows).toEqual([]);
  });

  test('takes its role from the connection settings', async () => {
    const database = await create();
    await queryOnce(database.ownerUrl, `create role ${database.name}`);
    const url = database.app.connectionString.replace('pipewright_app', database.name);
    const pool = new pg.Pool({ connectionString: url });
    try {
      const { rows } = await pool.query<{ who: string }>('select current_user as who');
      expect(rows).toEqual([{ who: database.name }]);
    } finally {
      await pool.end();
      await queryOnce(database.ownerUrl, `drop role ${database.name}`);
    }
  });

  test('is gone after it was dropped', async () => {
    const [kept, dropped] = [await create(), await create()];
    await dropped.drop();
    const rows = await queryOnce(kept.ownerUrl, 'select 1 from pg_database where datname = $1', [dropped.name]);
    expect(rows).toEqual([]);
  });
});
