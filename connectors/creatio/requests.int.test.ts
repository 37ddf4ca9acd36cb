import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { changeOf, noSignal, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change } from '../kit/index.js';
import { createRecords, keysOf, readAll, startInstance, type TestInstance } from './testing-sandbox.js';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterEach(() => instance.reset());
afterAll(() => instance.stop());

async function requestsSince(seq: number): Promise<readonly { readonly path: string; readonly status: number }[]> {
  const answer: unknown = await instance.control(`requests?after=${seq}`);
  return answer as readonly { readonly path: string; readonly status: number }[];
}

describe('requests', () => {
  const people = (count: number): Change[] =>
    Array.from({ length: count }, (_, index) => changeOf(index + 1, 'create', { Name: `Person ${index}` }));

  test('1,000 records are read with two, and 960 written with ten', async () => {
    const connection = instance.connect().open();
    await connection.check(noSignal);
    await readAll(connection, 'contacts');
    const writer = connection.writer(writeRequest('contacts', 'upsert'));
    const changes = people(960);
    const written = await instance.countRequests(async () => {
      for (let start = 0; start < changes.length; start += 96)
        keysOf((await writer.write(changes.slice(start, start + 96), sendNow)).outcomes);
    });
    expect(written).toBe(10);
    let count = 0;
    const read = await instance.countRequests(async () => {
      count = (await readAll(connection, 'contacts')).length;
    });
    expect(count).toBeGreaterThanOrEqual(960);
    expect(read).toBe(2);
  });

  test('a session that ends in the middle costs one sign-in for all that run', async () => {
    for (const shown of ['json', 'redirect', 'shell']) {
      await instance.control('settings', { expired_session: shown });
      const { open } = instance.connect();
      const connection = open();
      await connection.check(noSignal);
      await instance.control('clock', { advance: '2h' });
      const { requests: before } = await instance.control('counts');
      await Promise.all([1, 2, 3, 4, 5].map(() => connection.check(noSignal)));
      const paths = (await requestsSince(Number(before))).map(({ path }) => path);
      expect(paths.filter((path) => path.includes('Login'))).toHaveLength(1);
    }
  });

  test('a token that runs out is asked for once by all that run', async () => {
    const { open } = instance.connect({ auth: 'client_credentials' });
    const connection = open();
    await connection.check(noSignal);
    await instance.control('oauth', { revoke: 'access' });
    const { client_credentials: before } = await instance.control('oauth');
    await Promise.all([1, 2, 3, 4, 5].map(() => connection.check(noSignal)));
    expect(Number((await instance.control('oauth')).client_credentials) - Number(before)).toBe(1);
  });

  test('a wrong password asks a person', async () => {
    const { open } = instance.connect({}, { username: 'Nobody', password: 'wrong-canary' });
    await expect(open().check(noSignal)).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });

  test('a user without rights is told which are missing', async () => {
    const { username = '' } = instance.sandbox.credentials;
    await instance.control('rights', { user: username, entity: 'Lead', denied: ['read'] });
    await instance.control('rights', { user: username, entity: 'Contact', denied: ['insert'] });
    const connection = instance.connect().open();
    const report = await connection.check(noSignal);
    expect(report.rightsMissing).toEqual(['read leads (object Lead)']);
    expect(report.rightsFound).toContain('read contacts');
    await expect(readAll(connection, 'leads')).rejects.toMatchObject({ code: 'connection/scope_missing' });
    await expect(createRecords(connection, 'contacts', [{ Name: 'Ada' }])).rejects.toMatchObject({
      code: 'connection/scope_missing',
    });
  });
});
