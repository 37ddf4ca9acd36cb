import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noSignal, readRequest } from '../kit/conformance/requests.js';
import connector from './connector.js';
import { contextFor } from './testing.js';
import { type DatabaseUnderTest, startDatabase } from './testing-database.js';

let here: DatabaseUnderTest;
beforeAll(async () => {
  here = await startDatabase('create table seen (id int primary key)');
});
afterAll(() => here.stop());

describe('connections', () => {
  test('the check names the role, the database and what it may do', async () => {
    expect(await here.open().check(noSignal)).toMatchObject({
      account: expect.stringContaining(`@${here.database.name}`),
      rightsMissing: [],
    });
    expect((await here.open({ schemas: ['nowhere'] }).check(noSignal)).rightsMissing).toEqual([
      'some of the schemas',
      'see any table',
    ]);
  });

  test('a database that is not there and an address that is refused are told apart', async () => {
    await expect(here.open({ database: 'nowhere' }).check(noSignal)).rejects.toMatchObject({
      code: 'connection/invalid_settings',
    });
    const unreachable = connector.open({
      ...contextFor(here.database),
      resolveHost: async () => ({ address: '127.0.0.1', port: 1 }),
    });
    await expect(unreachable.check(noSignal)).rejects.toMatchObject({
      code: 'egress/unreachable',
      details: { wasSent: false },
    });
    const outside = connector.open({
      ...contextFor(here.database),
      resolveHost: async () => ({ address: '93.184.216.34', port: 5432 }),
    });
    await expect(outside.check(noSignal)).rejects.toMatchObject({ code: 'egress/address_refused' });
  });

  test('an abort ends a waiting statement at once', async () => {
    await here.pool.query('create table locked (id int primary key, name text); insert into locked values (1)');
    const holder = await here.pool.connect();
    await holder.query('begin; lock table locked in access exclusive mode');
    try {
      const stop = new AbortController();
      const writing = here.open().reader(readRequest('locked')).readPage(null, null, stop.signal);
      const waiting = async (): Promise<void> => {
        const { rows } = await here.pool.query(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
          [here.database.name],
        );
        if (rows.length === 0) await waiting();
      };
      await waiting();
      stop.abort(new Error('stopped'));
      await expect(writing).rejects.toThrow('stopped');
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  });
});
