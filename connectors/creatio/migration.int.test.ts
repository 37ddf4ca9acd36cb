import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { changeOf, noSignal, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { OpenConnection } from '../kit/index.js';
import { createRecords, keysOf, readAll, startInstance, type TestInstance } from './testing-sandbox.js';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterEach(() => instance.reset());
afterAll(() => instance.stop());

async function idsByName(connection: OpenConnection, stream: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await readAll(connection, stream)).map((record) => [String(record.Name), String(record.Id)]));
}

describe('what a migration carries', () => {
  test('records with relations, phones, lines, dates to the instant and sums to the minor unit', async () => {
    const connection = instance.connect().open();
    const [company = ''] = keysOf(
      await createRecords(connection, 'companies', [{ Name: 'ACME', Phone: '+48 22 100 20 30' }]),
    );
    const kinds = await idsByName(connection, 'communication_types');
    const phones = [
      { CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 100 200' },
      { CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 300 400' },
      { CommunicationTypeId: kinds.get('Email') ?? '', Number: 'ada@example.com' },
    ];
    const people = await createRecords(connection, 'contacts', [
      { Name: 'Ada', AccountId: company, BirthDate: '1990-12-12', communications: phones },
      { Name: 'Bob', AccountId: company },
    ]);
    const [ada = '', bob = ''] = keysOf(people);
    const [product = ''] = keysOf(await createRecords(connection, 'products', [{ Name: 'Bolt', Price: '0.35' }]));
    const lines = [
      { ProductId: product, Quantity: '3', Price: '1234567.89', Amount: '3703703.67' },
      { ProductId: product, Quantity: '1', Price: '0.35', Amount: '0.35' },
    ];
    const deal = {
      Title: 'Deal',
      AccountId: company,
      ContactId: ada,
      contact_ids: [ada, bob],
      products: lines,
      Amount: '3703704.02',
      DueDate: '2026-03-29T02:30:00+03:00',
    };
    const [dealId = ''] = keysOf(await createRecords(connection, 'deals', [deal]));
    const [held] = await connection.reader(readRequest('deals')).find('Id', [dealId], noSignal);
    expect(held).toMatchObject({ AccountId: company, ContactId: ada, Amount: '3703704.02' });
    expect(Date.parse(String(held?.DueDate))).toBe(Date.parse('2026-03-28T23:30:00Z'));
    expect([...((held?.contact_ids as string[]) ?? [])].sort()).toEqual([ada, bob].sort());
    const prices = ((held?.products as JsonObject[]) ?? []).map(({ Price, Quantity }) => `${Quantity} x ${Price}`);
    expect(prices.sort()).toEqual(['1 x 0.35', '3 x 1234567.89']);
    const [person] = await connection.reader(readRequest('contacts')).find('Id', [ada], noSignal);
    expect(person).toMatchObject({ BirthDate: '1990-12-12', AccountId: company });
    const numbers = ((person?.communications as JsonObject[]) ?? []).map((row) => String(row.Number));
    expect(numbers.sort()).toEqual(['+48 600 100 200', '+48 600 300 400', 'ada@example.com']);
  });

  test('written twice changes nothing: no row more, no request that writes', async () => {
    const connection = instance.connect().open();
    const kinds = await idsByName(connection, 'communication_types');
    const record = {
      Name: 'Ada',
      MobilePhone: '+48 600 100 200',
      communications: [{ CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 100 200' }],
    };
    const [id = ''] = keysOf(await createRecords(connection, 'contacts', [record]));
    const { streams: before } = await instance.control('counts');
    expect(keysOf(await createRecords(connection, 'contacts', [record]))).toEqual([id]);
    const writer = connection.writer(writeRequest('contacts', 'upsert'));
    await writer.write([changeOf(1, 'update', record, id)], sendNow);
    expect((await instance.control('counts')).streams).toEqual(before);
    const rows = await connection.reader(readRequest('contact_communications')).find('ContactId', [id], noSignal);
    expect(rows.map((row) => row.Number)).toEqual(['+48 600 100 200']);
  });

  test('values are cleared with null and shown as null', async () => {
    const connection = instance.connect().open();
    const [company = ''] = keysOf(await createRecords(connection, 'companies', [{ Name: 'ACME' }]));
    const full = { Name: 'Ada', AccountId: company, BirthDate: '1990-12-12', JobTitle: 'CEO' };
    const [id = ''] = keysOf(await createRecords(connection, 'contacts', [full]));
    const cleared = { AccountId: null, BirthDate: null, JobTitle: null };
    const writer = connection.writer(writeRequest('contacts', 'update'));
    const { outcomes } = await writer.write([changeOf(1, 'update', cleared, id)], sendNow);
    expect(keysOf(outcomes)).toEqual([id]);
    const [held] = await connection.reader(readRequest('contacts')).find('Id', [id], noSignal);
    expect(held).toMatchObject({ ...cleared, Name: 'Ada' });
  });

  test('notes, which name their record by object and id', async () => {
    const connection = instance.connect().open();
    const [deal = ''] = keysOf(await createRecords(connection, 'deals', [{ Title: 'Deal' }]));
    const note = { Message: 'Call back on Monday', EntityName: 'Opportunity', EntityId: deal };
    keysOf(await createRecords(connection, 'notes', [note]));
    const [held] = await connection.reader(readRequest('notes')).find('EntityId', [deal], noSignal);
    expect(held).toMatchObject(note);
    const [refused] = await createRecords(connection, 'notes', [{ ...note, EntityName: 'Opportunities' }]);
    expect(refused?.state).toBe('refused');
  });

  test('files with their bytes, and links', async () => {
    const connection = instance.connect().open();
    const [contact = ''] = keysOf(await createRecords(connection, 'contacts', [{ Name: 'Ada' }]));
    const types = new Map(
      (await connection.values?.('contact_files', 'TypeId', noSignal))?.map((each) => [each.title, each.value]),
    );
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const files: JsonObject[] = [
      { Name: 'a.bin', ContactId: contact, TypeId: types.get('File') ?? '', content: bytes.toString('base64') },
      { Name: 'https://example.com/offer', ContactId: contact, TypeId: types.get('Link') ?? '' },
    ];
    keysOf(await createRecords(connection, 'contact_files', files));
    const rows = await connection.reader(readRequest('contact_files')).find('ContactId', [contact], noSignal);
    expect(rows.map((row) => row.Name).sort()).toEqual(['a.bin', 'https://example.com/offer']);
    const ref = String(rows.find((row) => row.Name === 'a.bin')?.content_ref);
    const [content] = (await connection.lookup?.('file_content', [ref], noSignal)) ?? [];
    expect(content).toMatchObject({ content: bytes.toString('base64'), size: 5 });
    const nowhere = ['ContactFile(../x)/Data', `ContactFile(${'9'.repeat(8)}${contact.slice(8)})/Data`];
    expect(await connection.lookup?.('file_content', nowhere, noSignal)).toEqual([null, null]);
  });
});
