import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { changeOf, noSignal, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import { readAll, startInstance, type TestInstance } from './testing-sandbox.js';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterEach(() => instance.reset());
afterAll(() => instance.stop());

describe('streams of an instance', () => {
  test('come with captions, types, choices and columns of its own, and any object goes by its name', async () => {
    const streams = await instance.connect().open().streams(noSignal);
    const field = (stream: string, name: string) =>
      streams.find((each) => each.name === stream)?.fields.find((each) => each.name === name);
    expect(field('contacts', 'BirthDate')).toMatchObject({ type: 'date', title: 'Birth date' });
    expect(field('contacts', 'UsrColorId')?.values?.length).toBeGreaterThan(0);
    expect(field('deals', 'StageId')?.values?.map(({ title }) => title)).toContain('Closed won');
    expect(field('deals', 'Amount')?.type).toBe('money');
    expect(field('companies', 'Name')?.isRequired).toBe(true);
    expect(streams.find((stream) => stream.name === 'UsrColor')).toMatchObject({ key: ['Id'], isOpen: false });
    expect(streams.find((stream) => stream.name === 'Contact')).toBeUndefined();
    expect(streams.every((stream) => stream.write === null || stream.write.idempotency === 'keyed')).toBe(true);
  });

  test('tell the values of a lookup, and users by the contact that owns records', async () => {
    const connection = instance.connect().open();
    const stages = await connection.values?.('deals', 'StageId', noSignal);
    expect(stages).toContainEqual({ value: '60d5310c-5be6-df11-971b-001d60e938c6', title: 'Closed won' });
    expect(await connection.values?.('deals', 'Title', noSignal)).toEqual([]);
    const [owner = ''] = (await readAll(connection, 'users')).map((user) => String(user.ContactId));
    const contacts = connection.writer(writeRequest('contacts', 'update'));
    await contacts.write([changeOf(1, 'update', { Email: 'Owner@example.com' }, owner)], sendNow);
    const user = { id: owner, ContactId: owner, email: 'Owner@example.com', name: expect.any(String) };
    expect(await readAll(connection, 'users')).toContainEqual(expect.objectContaining(user));
    const found = await connection.reader(readRequest('users')).find('email', ['Owner@example.com'], noSignal);
    expect(found).toEqual([expect.objectContaining(user)]);
  });

  test('that do not exist are named with what is known', async () => {
    const reader = instance.connect().open().reader(readRequest('contact'));
    await expect(reader.readPage(null, null, noSignal)).rejects.toMatchObject({ code: 'read/unknown_stream' });
  });
});
