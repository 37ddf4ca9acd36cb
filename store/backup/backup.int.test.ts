import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { queryOnce, withUser } from '../../runtime/postgres-connection.js';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.js';
import { migrate } from '../migrate.js';
import { dumpDatabase } from './dump.js';
import type { BackupKey } from './format.js';
import { type LoadRequest, loadBackup } from './load.js';

const key: BackupKey = { id: 'right', key: randomBytes(32) };
const account = randomUUID();
const pipeline = randomUUID();

describe('a backup of the database', () => {
  let folder: string;
  let source: TestDatabase;
  let target: TestDatabase;
  let path: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pipewright-backup-'));
    source = await createTestDatabase(migrate);
    await fill(source.ownerUrl);
    path = join(folder, 'one.backup');
    await dumpDatabase({ ownerUrl: source.ownerUrl, path, key, product: '0.1.0' });
  });

  beforeEach(async () => {
    await target?.drop();
    target = await createTestDatabase();
  });

  afterAll(async () => {
    await source?.drop();
    await target?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (more: Partial<LoadRequest> = {}) =>
    loadBackup({
      ownerUrl: target.ownerUrl,
      path,
      keys: [key],
      mayReplace: async () => false,
      afterLoad: async () => undefined,
      ...more,
    });

  test('brings every row, every position and every policy into an empty database', async () => {
    const { end } = await load();
    expect(await contentOf(target.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
    expect(await shapeOf(target.ownerUrl)).toEqual(await shapeOf(source.ownerUrl));
    expect(end.rows).toBeGreaterThan(5_000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [next] = await queryOnce(
      target.ownerUrl,
      `insert into flow (account_id, pipeline_uid, name, checkpoint) values ($1, $2, 'next', '{}') returning id`,
      [account, pipeline],
    );
    const [last] = await queryOnce(source.ownerUrl, 'select max(id) as last from flow');
    expect(Number(next?.id)).toBe(Number(last?.last) + 1);
  });

  test('shows one moment while others write', async () => {
    const busy = join(folder, 'busy.backup');
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      while (!isOver) {
        // Both rows or none: a backup with one of them would show two moments.
        const name = `pair-${written}`;
        await queryOnce(
          source.ownerUrl,
          `with one as (insert into installation values ($1, '1'))
           insert into sweep_finding (id, account_id, kind, message, details) values (gen_random_uuid(), $2, 'pair', $1, '{}')`,
          [name, account],
        );
        written += 1;
      }
    })();
    await dumpDatabase({ ownerUrl: source.ownerUrl, path: busy, key, product: '0.1.0' });
    isOver = true;
    await writing;
    await load({ path: busy });
    const [counts] = await queryOnce(
      target.ownerUrl,
      `select (select count(*)::int from installation where name like 'pair-%') as one,
              (select count(*)::int from sweep_finding where kind = 'pair') as other`,
    );
    expect(counts?.one).toBe(counts?.other);
    await queryOnce(source.ownerUrl, `delete from installation where name like 'pair-%'`);
    await queryOnce(source.ownerUrl, `delete from sweep_finding where kind = 'pair'`);
  });

  test('is refused before anything changes when it is cut off, altered, lengthened or no backup at all', async () => {
    const whole = readFileSync(path);
    const unpacked = gunzipSync(whole);
    const [broken, at] = [join(folder, 'broken.backup'), unpacked.indexOf('Łódź')];
    const altered = Buffer.from(unpacked);
    altered[at] = 0x41;
    const files: [Buffer, RegExp][] = [
      [whole.subarray(0, whole.length - 20), /cut off/],
      [whole.subarray(0, 1_000), /cut off/],
      [Buffer.alloc(0), /cut off/],
      [flipped(whole, Math.floor(whole.length / 2)), /damaged|altered|understood|too long|order/],
      [gzipSync(altered), /table `.+` of it was altered/],
      [gzipSync(unpacked.subarray(0, unpacked.length - 300)), /cut off/],
      [gzipSync(Buffer.concat([unpacked, unpacked])), /behind its end/],
      [gzipSync('something else altogether'), /no backup of Pipewright/],
      [Buffer.from('not even packed'), /damaged/],
    ];
    for (const [bytes, why] of files) {
      writeFileSync(broken, bytes);
      await expect(load({ path: broken })).rejects.toMatchObject({
        code: 'backup/file_invalid',
        message: expect.stringMatching(why),
      });
    }
    await expect(load({ path: join(folder, 'none') })).rejects.toMatchObject({ code: 'backup/file_invalid' });
    expect(await queryOnce(target.ownerUrl, `select 1 from pg_tables where schemaname = 'public'`)).toEqual([]);
  });

  test('that was altered by somebody who knows its sums is still refused, for want of the key', async () => {
    const forged = join(folder, 'forged.backup');
    await dumpDatabase({
      ownerUrl: source.ownerUrl,
      path: forged,
      key: { id: key.id, key: randomBytes(32) },
      product: '0.1.0',
    });
    await expect(load({ path: forged })).rejects.toThrow(/it was altered/);
  });

  test('is refused under another master key, named with the one it needs', async () => {
    await expect(load({ keys: [{ id: 'other', key: randomBytes(32) }] })).rejects.toMatchObject({
      code: 'backup/wrong_key',
      details: { masterKeyId: 'right', found: ['other'] },
    });
    const { header } = await load({ keys: [{ id: 'new', key: randomBytes(32) }, key] });
    expect(header.vaultKeyIds).toEqual(['right']);
  });

  test('is refused by a database with accounts, until these may go', async () => {
    await load();
    await queryOnce(target.ownerUrl, `update account set name = 'Changed'`);
    await expect(load()).rejects.toMatchObject({ code: 'backup/not_empty', details: { accounts: 1 } });
    expect(await queryOnce(target.ownerUrl, 'select name from account')).toEqual([{ name: 'Changed' }]);
    await load({ mayReplace: async (accounts) => accounts === 1 });
    expect(await contentOf(target.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
  });

  test('is refused by a database of something else, and by one that others work with', async () => {
    await queryOnce(target.ownerUrl, 'create table theirs (id int)');
    await expect(load({ mayReplace: async () => true })).rejects.toMatchObject({ code: 'backup/not_empty' });
    await queryOnce(target.ownerUrl, 'drop table theirs');
    const pg = await import('pg');
    const other = new pg.default.Client(target.owner);
    await other.connect();
    await expect(load()).rejects.toMatchObject({ code: 'backup/database_in_use' });
    await other.end();
  });

  test('leaves the database as it was when something fails at the very end', async () => {
    await load();
    const before = await contentOf(target.ownerUrl);
    await queryOnce(target.ownerUrl, `update account set name = 'Kept'`);
    const failing = load({
      mayReplace: async () => true,
      afterLoad: async () => {
        throw new Error('at the very end');
      },
    });
    await expect(failing).rejects.toThrow('at the very end');
    expect(await queryOnce(target.ownerUrl, 'select name from account')).toEqual([{ name: 'Kept' }]);
    expect(Object.keys(await contentOf(target.ownerUrl))).toEqual(Object.keys(before));
  });

  test('never replaces a file and leaves no half of one behind', async () => {
    const dump = (name: string) =>
      dumpDatabase({ ownerUrl: source.ownerUrl, path: join(folder, name), key, product: '0.1.0' });
    await expect(dump('one.backup')).rejects.toMatchObject({ code: 'backup/file_exists' });
    await expect(
      dumpDatabase({ ownerUrl: target.ownerUrl, path: join(folder, 'none.backup'), key, product: '0.1.0' }),
    ).rejects.toMatchObject({ code: 'settings/missing_part' });
    expect(existsSync(join(folder, 'none.backup'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    const cut = join(folder, 'cut.backup');
    await dump('cut.backup');
    truncateSync(cut, 10);
    await expect(load({ path: cut })).rejects.toMatchObject({ code: 'backup/file_invalid' });
  });

  test('works for an owner that is no superuser and is bound by its own policies', async () => {
    const role = `owner_${randomBytes(4).toString('hex')}`;
    const [from, to] = [await createTestDatabase(), await createTestDatabase()];
    try {
      await queryOnce(source.ownerUrl, `create role ${role} login createrole password 'of-a-test'`);
      await queryOnce(source.ownerUrl, `grant pipewright_app, pipewright_system to ${role} with admin option`);
      const urls = [];
      for (const { name, ownerUrl } of [from, to]) {
        await queryOnce(ownerUrl, `alter database ${name} owner to ${role}`);
        urls.push(asRole(ownerUrl, role));
      }
      const [fromUrl, toUrl] = urls as [string, string];
      await load({ ownerUrl: fromUrl });
      const again = join(folder, 'owner.backup');
      const dumped = await dumpDatabase({ ownerUrl: fromUrl, path: again, key, product: '0.1.0' });
      expect(dumped.rows).toBeGreaterThan(5_000);
      await load({ ownerUrl: toUrl, path: again });
      expect(await contentOf(to.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
      expect(await shapeOf(to.ownerUrl)).toEqual(await shapeOf(source.ownerUrl));
    } finally {
      await from.drop();
      await to.drop();
      await queryOnce(source.ownerUrl, `drop role if exists ${role}`);
    }
  });
});

function asRole(address: string, role: string): string {
  const url = new URL(withUser(address, role));
  if (url.hostname !== '') url.password = 'of-a-test';
  return url.href;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

/** Awkward values in many rows: the text form of COPY must bring all of them. */
async function fill(url: string): Promise<void> {
  const run = (text: string, values: unknown[] = []) => queryOnce(url, text, values);
  await run(`insert into account (id, name) values ($1, 'Łódź \\ "x" \t tab')`, [account]);
  await run(`insert into data_key (account_id, id, wrapped, master_key_id) values ($1, 1, '\\x00ff0a0d5c', 'right')`, [
    account,
  ]);
  await run(
    `insert into pipeline (uid, account_id, id, title, draft) values ($1, $2, 'copy', 'T', E'a\\nb\\\\n\\r\\n')`,
    [pipeline, account],
  );
  await run(
    `insert into flow (account_id, pipeline_uid, name, checkpoint) select $1, $2, 'f' || n, '{"a":"\\u2028"}' from generate_series(1, 3) n`,
    [account, pipeline],
  );
  await run(
    `insert into link (flow_id, source_key, part, account_id, target_id, target_key, content_hash, version, state)
     select f.id, 'k' || n, '', $1, 1, case when n % 2 = 0 then '\\N' end, decode(md5(n::text), 'hex'), 1, 1
       from flow f, generate_series(1, 2000) n`,
    [account],
  );
  await run(
    `insert into late_ref (flow_id, source_key, part, field, account_id, ref_flow, ref_part, ref_keys, is_list)
     select id, 'k', '', 'f', $1, 1, '', array['a,b', 'c"d', '{}', null, E'\\\\'], true from flow`,
    [account],
  );
  await run(
    `insert into auth."user" ("id", "name", "email", "emailVerified") values ('u', 'Ü', 'u@example.org', true)`,
  );
  // Triggers refuse to change the log, and its account is nobody's foreign key.
  await run(
    `insert into audit (account_id, seq, at, actor, action, key_id, hash)
     select $1, n, now(), 'person:u', 'a.b', 'k', '\\x00' from generate_series(1, 3) n`,
    [account],
  );
  await run(`insert into installation values ('moment', to_jsonb('2026-01-01 00:00:00.123456+00'::timestamptz))`);
}

/** Each table's rows as one sum, and the positions of sequences. */
async function contentOf(url: string): Promise<Record<string, unknown>> {
  const tables = await queryOnce(
    url,
    `select format('%I.%I', schemaname, tablename) as place from pg_tables
      where schemaname in ('public', 'auth') and tablename not like 'kysely%' order by 1`,
  );
  const content: Record<string, unknown> = {};
  for (const { place } of tables) {
    const [row] = await queryOnce(
      url,
      `select count(*)::int as rows, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from ${place} t`,
    );
    content[String(place)] = row;
  }
  for (const row of await queryOnce(url, 'select sequencename as name, last_value as last from pg_sequences')) {
    content[`sequence ${row.name}`] = row.last;
  }
  return content;
}

/** Policies, keys, triggers and indexes: what a migrated database has besides rows. */
async function shapeOf(url: string): Promise<unknown> {
  return queryOnce(
    url,
    `select 'policy' as kind, tablename::text as place, policyname::text as name, coalesce(qual, '') as text from pg_policies
      where policyname <> 'owner_reads_backups'
     union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
     union all select 'trigger', tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
     union all select 'index', tablename::text, indexname, indexdef from pg_indexes where schemaname in ('public', 'auth')
     union all select 'forced', relname, relkind::text, relforcerowsecurity::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
     order by 1, 2, 3, 4`,
  );
}
