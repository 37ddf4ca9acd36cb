import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { queryOnce } from '../runtime/postgres-connection.js';
import { createTestDatabase, type TestDatabase } from '../tests/support/database.js';
import { appendAudit, listAudit, verifyAudit, writeAudit } from './audit.js';
import { Store } from './database.js';
import { InstallationKeys, openInstallationKeys } from './installation-keys.js';
import { migrate } from './migrate.js';
import { MasterKeys } from './vault-keys.js';

const master = randomBytes(32);

describe('the audit log', () => {
  let database: TestDatabase;
  let store: Store;
  let keys: InstallationKeys;

  beforeAll(async () => {
    database = await createTestDatabase(migrate);
    store = new Store({ appUrl: database.app.connectionString, systemUrl: database.system.connectionString });
    keys = await openInstallationKeys(store, new MasterKeys(master));
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const fill = async (lines = 5): Promise<string> => {
    const accountId = randomUUID();
    for (let line = 0; line < lines; line += 1) {
      const details = { line, name: 'Иван "x"', isBig: true, none: null };
      await writeAudit(store, keys, { accountId, actor: 'person:a@b.test', action: 'key.created', details });
    }
    return accountId;
  };
  /** As somebody with the owner's rights, who has switched the trigger off. */
  const edit = (change: string) => queryOnce(database.ownerUrl, `set session_replication_role = replica; ${change}`);

  test('a chain that nobody touched is whole, also under a master key of before', async () => {
    const accountId = await fill();
    expect(await verifyAudit(store, keys, accountId)).toEqual({ lines: 5, brokenAt: null, problem: null });
    const former = new InstallationKeys(new Map(), new MasterKeys(randomBytes(32), [master]));
    const byFormer = new InstallationKeys(new Map([[former.masterKeys.ids[1] ?? '', master]]), former.masterKeys);
    await writeAudit(store, byFormer, { accountId, actor: 'system', action: 'key.rotated' });
    const both = await openInstallationKeys(store, former.masterKeys);
    expect(await verifyAudit(store, both, accountId)).toMatchObject({ lines: 6, brokenAt: null });
    const alone = await verifyAudit(
      store,
      new InstallationKeys(new Map([['other', randomBytes(32)]]), new MasterKeys(randomBytes(32))),
      accountId,
    );
    expect(alone.brokenAt).toBe(1);
    expect(alone.problem).toContain('MASTER_KEY_PREVIOUS');
  });

  test('lines written at once by many stand in one chain', async () => {
    const accountId = await fill(1);
    const line = { accountId, actor: 'key:abcdefgh', action: 'run.started' };
    await Promise.all(Array.from({ length: 20 }, () => writeAudit(store, keys, line)));
    expect(await verifyAudit(store, keys, accountId)).toEqual({ lines: 21, brokenAt: null, problem: null });
  });

  test.each([
    ['an actor', `update audit set actor = 'person:c@d.test' where seq = 3`, 3],
    ['a time by a microsecond', `update audit set at = at + interval '1 microsecond' where seq = 2`, 2],
    ['a detail', `update audit set details = '{"line": 7}' where seq = 4`, 4],
    ['a hash', `update audit set hash = '\\x00' where seq = 4`, 4],
    ['a line in the middle', `delete from audit where seq = 3`, 3],
    ['the end', `delete from audit where seq > 3`, 4],
    ['the head', `update audit_head set seq = 4`, 6],
    ['two lines against each other', `update audit set seq = 7 - seq where seq in (3, 4)`, 3],
    ['everything but the head', `delete from audit where true`, 1],
  ])('an edit of %s is found', async (_what, change, brokenAt) => {
    const accountId = await fill();
    const only = change.includes('where') ? ` and account_id = '${accountId}'` : ` where account_id = '${accountId}'`;
    // A swap passes through a moment in which both have one number.
    const isSwap = change.includes('7 - seq');
    await edit(isSwap ? `alter table audit drop constraint audit_pkey; ${change}${only}` : `${change}${only}`);
    const verdict = await verifyAudit(store, keys, accountId);
    if (isSwap) await edit('delete from audit; alter table audit add primary key (account_id, seq)');
    expect(verdict.brokenAt).toBe(brokenAt);
    expect(verdict.problem).not.toBeNull();
  });

  test('neither role may change or remove a line, and the owner meets the trigger', async () => {
    const accountId = await fill(1);
    for (const role of [database.app, database.system]) {
      for (const change of [`update audit set actor = 'x'`, 'delete from audit', 'truncate audit']) {
        await expect(queryOnce(role.connectionString, change)).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(queryOnce(database.ownerUrl, 'delete from audit')).rejects.toThrow('append-only');
    await expect(queryOnce(database.ownerUrl, 'truncate audit')).rejects.toThrow('append-only');
    expect((await verifyAudit(store, keys, accountId)).brokenAt).toBeNull();
  });

  test('control characters and marks of direction become spaces, long texts are cut', async () => {
    const accountId = randomUUID();
    const nasty = `a\u0000b\u001b[31m\r\nc\u202ed\u2028${'e'.repeat(1_000)}`;
    await store.account(accountId, (tx) =>
      appendAudit(tx, keys, { accountId, actor: nasty, action: 'key.created', object: nasty, details: { nasty } }),
    );
    const [line] = await store.account(accountId, (tx) => listAudit(tx, {}, 10));
    expect(line?.object).toMatch(/^a b \[31m {2}c d e{200,}$/);
    expect(line?.object?.length).toBe(300);
    expect(line?.details.nasty).toBe(line?.object);
  });

  test('a transaction that fails leaves no line', async () => {
    const accountId = await fill(1);
    const broken = store.account(accountId, async (tx) => {
      await appendAudit(tx, keys, { accountId, actor: 'system', action: 'key.created' });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await verifyAudit(store, keys, accountId)).toMatchObject({ lines: 1, brokenAt: null });
  });
});
