import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { type CreatioSandbox, startCreatio } from '../../sandbox/creatio/sandbox.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change, OpenConnection, Outcome } from '../kit/index.js';
import { connectTo, controlOf } from './testing.js';

let sandbox: CreatioSandbox;
let control: ReturnType<typeof controlOf>;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  sandbox = await startCreatio();
  control = controlOf(sandbox);
});

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await control('faults', { rate: 0 });
  await control('reset', {});
});

afterAll(() => sandbox.stop());

function connect(more: JsonObject = {}, secret?: JsonObject) {
  const connected = connectTo(sandbox, more, secret);
  closing.push(connected.close);
  return connected;
}

async function write(
  connection: OpenConnection,
  stream: string,
  records: readonly JsonObject[],
): Promise<readonly Outcome[]> {
  const changes = records.map((fields, index) => changeOf(index + 1, 'create', fields));
  return (await connection.writer(writeRequest(stream, 'upsert')).write(changes, sendNow)).outcomes;
}

function keysOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.state === 'written') return outcome.targetKey;
    throw new Error(`not written: ${outcome.failure.message}`);
  });
}

async function requestsSince(seq: number): Promise<readonly { readonly path: string; readonly status: number }[]> {
  const answer: unknown = await control(`requests?after=${seq}`);
  return answer as readonly { readonly path: string; readonly status: number }[];
}

async function countRequests(work: () => Promise<unknown>): Promise<number> {
  const { requests: before } = await control('counts');
  await work();
  const { requests: after } = await control('counts');
  return Number(after) - Number(before);
}

async function readAll(connection: OpenConnection, stream: string, more = {}): Promise<readonly JsonObject[]> {
  return (await readPass(() => connection, readRequest(stream, more))).records;
}

async function idsByName(connection: OpenConnection, stream: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await readAll(connection, stream)).map((record) => [String(record.Name), String(record.Id)]));
}

describe('streams of an instance', () => {
  test('come with captions, types, choices and columns of its own, and any object goes by its name', async () => {
    const streams = await connect().open().streams(noSignal);
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
    const connection = connect().open();
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
    const reader = connect().open().reader(readRequest('contact'));
    await expect(reader.readPage(null, null, noSignal)).rejects.toMatchObject({ code: 'read/unknown_stream' });
  });
});

describe('what a migration carries', () => {
  test('records with relations, phones, lines, dates to the instant and sums to the minor unit', async () => {
    const connection = connect().open();
    const [company = ''] = keysOf(await write(connection, 'companies', [{ Name: 'ACME', Phone: '+48 22 100 20 30' }]));
    const kinds = await idsByName(connection, 'communication_types');
    const phones = [
      { CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 100 200' },
      { CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 300 400' },
      { CommunicationTypeId: kinds.get('Email') ?? '', Number: 'ada@example.com' },
    ];
    const people = await write(connection, 'contacts', [
      { Name: 'Ada', AccountId: company, BirthDate: '1990-12-12', communications: phones },
      { Name: 'Bob', AccountId: company },
    ]);
    const [ada = '', bob = ''] = keysOf(people);
    const [product = ''] = keysOf(await write(connection, 'products', [{ Name: 'Bolt', Price: '0.35' }]));
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
    const [dealId = ''] = keysOf(await write(connection, 'deals', [deal]));
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
    const connection = connect().open();
    const kinds = await idsByName(connection, 'communication_types');
    const record = {
      Name: 'Ada',
      MobilePhone: '+48 600 100 200',
      communications: [{ CommunicationTypeId: kinds.get('Mobile phone') ?? '', Number: '+48 600 100 200' }],
    };
    const [id = ''] = keysOf(await write(connection, 'contacts', [record]));
    const { streams: before } = await control('counts');
    expect(keysOf(await write(connection, 'contacts', [record]))).toEqual([id]);
    const writer = connection.writer(writeRequest('contacts', 'upsert'));
    await writer.write([changeOf(1, 'update', record, id)], sendNow);
    expect((await control('counts')).streams).toEqual(before);
    const rows = await connection.reader(readRequest('contact_communications')).find('ContactId', [id], noSignal);
    expect(rows.map((row) => row.Number)).toEqual(['+48 600 100 200']);
  });

  test('values are cleared with null and shown as null', async () => {
    const connection = connect().open();
    const [company = ''] = keysOf(await write(connection, 'companies', [{ Name: 'ACME' }]));
    const full = { Name: 'Ada', AccountId: company, BirthDate: '1990-12-12', JobTitle: 'CEO' };
    const [id = ''] = keysOf(await write(connection, 'contacts', [full]));
    const cleared = { AccountId: null, BirthDate: null, JobTitle: null };
    const writer = connection.writer(writeRequest('contacts', 'update'));
    const { outcomes } = await writer.write([changeOf(1, 'update', cleared, id)], sendNow);
    expect(keysOf(outcomes)).toEqual([id]);
    const [held] = await connection.reader(readRequest('contacts')).find('Id', [id], noSignal);
    expect(held).toMatchObject({ ...cleared, Name: 'Ada' });
  });

  test('notes, which name their record by object and id', async () => {
    const connection = connect().open();
    const [deal = ''] = keysOf(await write(connection, 'deals', [{ Title: 'Deal' }]));
    const note = { Message: 'Call back on Monday', EntityName: 'Opportunity', EntityId: deal };
    keysOf(await write(connection, 'notes', [note]));
    const [held] = await connection.reader(readRequest('notes')).find('EntityId', [deal], noSignal);
    expect(held).toMatchObject(note);
    const [refused] = await write(connection, 'notes', [{ ...note, EntityName: 'Opportunities' }]);
    expect(refused?.state).toBe('refused');
  });

  test('files with their bytes, and links', async () => {
    const connection = connect().open();
    const [contact = ''] = keysOf(await write(connection, 'contacts', [{ Name: 'Ada' }]));
    const types = new Map(
      (await connection.values?.('contact_files', 'TypeId', noSignal))?.map((each) => [each.title, each.value]),
    );
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const files: JsonObject[] = [
      { Name: 'a.bin', ContactId: contact, TypeId: types.get('File') ?? '', content: bytes.toString('base64') },
      { Name: 'https://example.com/offer', ContactId: contact, TypeId: types.get('Link') ?? '' },
    ];
    keysOf(await write(connection, 'contact_files', files));
    const rows = await connection.reader(readRequest('contact_files')).find('ContactId', [contact], noSignal);
    expect(rows.map((row) => row.Name).sort()).toEqual(['a.bin', 'https://example.com/offer']);
    const ref = String(rows.find((row) => row.Name === 'a.bin')?.content_ref);
    const [content] = (await connection.lookup?.('file_content', [ref], noSignal)) ?? [];
    expect(content).toMatchObject({ content: bytes.toString('base64'), size: 5 });
    const nowhere = ['ContactFile(../x)/Data', `ContactFile(${'9'.repeat(8)}${contact.slice(8)})/Data`];
    expect(await connection.lookup?.('file_content', nowhere, noSignal)).toEqual([null, null]);
  });
});

describe('requests', () => {
  const people = (count: number): Change[] =>
    Array.from({ length: count }, (_, index) => changeOf(index + 1, 'create', { Name: `Person ${index}` }));

  test('1,000 records are read with two, and 960 written with ten', async () => {
    const connection = connect().open();
    await connection.check(noSignal);
    await readAll(connection, 'contacts');
    const writer = connection.writer(writeRequest('contacts', 'upsert'));
    const changes = people(960);
    const written = await countRequests(async () => {
      for (let start = 0; start < changes.length; start += 96)
        keysOf((await writer.write(changes.slice(start, start + 96), sendNow)).outcomes);
    });
    expect(written).toBe(10);
    let count = 0;
    const read = await countRequests(async () => {
      count = (await readAll(connection, 'contacts')).length;
    });
    expect(count).toBeGreaterThanOrEqual(960);
    expect(read).toBe(2);
  });

  test('a session that ends in the middle costs one sign-in for all that run', async () => {
    for (const shown of ['json', 'redirect', 'shell']) {
      await control('settings', { expired_session: shown });
      const { open } = connect();
      const connection = open();
      await connection.check(noSignal);
      await control('clock', { advance: '2h' });
      const { requests: before } = await control('counts');
      await Promise.all([1, 2, 3, 4, 5].map(() => connection.check(noSignal)));
      const paths = (await requestsSince(Number(before))).map(({ path }) => path);
      expect(paths.filter((path) => path.includes('Login'))).toHaveLength(1);
    }
  });

  test('a token that runs out is asked for once by all that run', async () => {
    const { open } = connect({ auth: 'client_credentials' });
    const connection = open();
    await connection.check(noSignal);
    await control('oauth', { revoke: 'access' });
    const { client_credentials: before } = await control('oauth');
    await Promise.all([1, 2, 3, 4, 5].map(() => connection.check(noSignal)));
    expect(Number((await control('oauth')).client_credentials) - Number(before)).toBe(1);
  });

  test('a wrong password asks a person', async () => {
    const { open } = connect({}, { username: 'Nobody', password: 'wrong-canary' });
    await expect(open().check(noSignal)).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });

  test('a user without rights is told which are missing', async () => {
    const { username = '' } = sandbox.credentials;
    await control('rights', { user: username, entity: 'Lead', denied: ['read'] });
    await control('rights', { user: username, entity: 'Contact', denied: ['insert'] });
    const connection = connect().open();
    const report = await connection.check(noSignal);
    expect(report.rightsMissing).toEqual(['read leads (object Lead)']);
    expect(report.rightsFound).toContain('read contacts');
    await expect(readAll(connection, 'leads')).rejects.toMatchObject({ code: 'connection/scope_missing' });
    await expect(write(connection, 'contacts', [{ Name: 'Ada' }])).rejects.toMatchObject({
      code: 'connection/scope_missing',
    });
  });
});

describe('an unkind instance', () => {
  const faultKinds = [
    'reset',
    'truncate',
    'status_429',
    'status_500',
    'status_503',
    'html',
    'empty_body',
    'commit_then_drop',
  ];

  /** What the engine does with a batch, in short: doubtful and unsent records are sent again. */
  async function deliver(connection: OpenConnection, stream: string, changes: readonly Change[]): Promise<void> {
    let open = changes;
    const writer = connection.writer(writeRequest(stream, 'upsert'));
    for (let tries = 0; open.length > 0; tries++) {
      if (tries > 30) throw new Error(`${open.length} records are still open`);
      try {
        const { outcomes } = await writer.write(open, sendNow);
        for (const outcome of outcomes) if (outcome.state === 'refused') throw outcome.failure;
        open = open.filter((_, index) => outcomes[index]?.state !== 'written');
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
    }
  }

  /** By id: pages may repeat records. */
  async function countPeople(connection: OpenConnection): Promise<number> {
    const people = (await readAll(connection, 'contacts')).filter(({ Name }) => String(Name).startsWith('Person '));
    return new Set(people.map(({ Id }) => Id)).size;
  }

  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || tries > 30) throw error;
      }
    }
  }

  function isPassing(error: unknown): boolean {
    return ['transient', 'rate_limited'].includes(String((error as { kind?: unknown }).kind));
  }

  test('that fails one call in five gets every record once, with not many more calls', async () => {
    const connection = connect().open();
    await connection.check(noSignal);
    await readAll(connection, 'contacts');
    const people = Array.from({ length: 2_000 }, (_, index) => changeOf(index, 'create', { Name: `Person ${index}` }));
    const groups = Array.from({ length: 100 }, (_, index) => people.slice(index * 20, index * 20 + 20));
    await control('faults', { seed: 7, rate: 0.2, kinds: [...faultKinds] });
    const calls = await countRequests(async () => {
      for (const group of groups) await deliver(connection, 'contacts', group);
    });
    await control('faults', { rate: 0 });
    expect(await countPeople(connection)).toBe(2_000);
    expect(calls).toBeLessThanOrEqual(groups.length * 1.6);
  });

  test('that fails one call in five gets deals with their contacts and lines as a calm one does', async () => {
    const connection = connect().open();
    const names = Array.from({ length: 6 }, (_, index) => ({ Name: `Person ${index}` }));
    const people = keysOf(await write(connection, 'contacts', names));
    const [product = ''] = keysOf(await write(connection, 'products', [{ Name: 'Bolt' }]));
    const deals = Array.from({ length: 480 }, (_, index) => {
      const lines = [1, 2].map((number) => ({ ProductId: product, Quantity: String(number), Price: `${index}.5` }));
      const contacts = [people[index % 6] ?? '', people[(index + 1) % 6] ?? ''];
      return changeOf(1_000 + index, 'create', { Title: `Deal ${index}`, contact_ids: contacts, products: lines });
    });
    const shown = async (): Promise<string[]> => {
      const records = await readAll(connection, 'deals');
      const texts = records.map((deal) => {
        const lines = ((deal.products as JsonObject[]) ?? []).map(({ Quantity, Price }) => `${Quantity}x${Price}`);
        return JSON.stringify([deal.Title, [...((deal.contact_ids as string[]) ?? [])].sort(), lines.sort()]);
      });
      return texts.sort();
    };
    const deliverAll = async (): Promise<void> => {
      for (let start = 0; start < deals.length; start += 96)
        await deliver(connection, 'deals', deals.slice(start, start + 96));
    };
    const calm = await countRequests(deliverAll);
    // Five batches: the records, a look at their lists, four hundred rows; and three descriptions of objects.
    expect(calm).toBe(5 * 6 + 3);
    const expected = await shown();
    for (const { Id } of await readAll(connection, 'deals'))
      await connection.writer(writeRequest('deals', 'delete')).write([changeOf(1, 'delete', {}, String(Id))], sendNow);
    await control('faults', { seed: 11, rate: 0.2, kinds: [...faultKinds] });
    const calls = await countRequests(deliverAll);
    await control('faults', { rate: 0 });
    expect(await shown()).toEqual(expected);
    expect(calls).toBeLessThanOrEqual(calm * 1.6);
  });

  test('that writes and then says it failed gets no record twice', async () => {
    const connection = connect().open();
    await control('settings', { error_after_write: 0.3 });
    const people = Array.from({ length: 200 }, (_, index) => changeOf(index, 'create', { Name: `Person ${index}` }));
    for (let start = 0; start < 200; start += 50)
      await deliver(connection, 'contacts', people.slice(start, start + 50));
    expect(await countPeople(connection)).toBe(200);
  });

  test('whose rows come in no order, few at a time, under faults, is read to the last', async () => {
    const fields = { Name: 'Company {n}' };
    await control('settings', { unordered_rows: 'shuffled', max_entity_row_count: 50 });
    await control('touch', { stream: 'Account', op: 'create', count: 333, fields });
    const connection = connect({ page_size: 100 }).open();
    await patiently(() => connection.check(noSignal));
    await control('faults', { seed: 3, rate: 0.2, kinds: ['reset', 'status_500', 'status_503', 'html', 'empty_body'] });
    const names = new Set<string>();
    const reader = connection.reader(readRequest('companies'));
    let cursor = null as Parameters<typeof reader.readPage>[0];
    do {
      const page = await patiently(() => reader.readPage(cursor, null, noSignal));
      for (const record of page.records) names.add(String(record.Name));
      cursor = page.next;
    } while (cursor !== null);
    expect([...names].filter((name) => name.startsWith('Company '))).toHaveLength(333);
  });

  test('that shows records late loses none to an incremental read', async () => {
    await control('settings', { commit_lag_ms: 30_000 });
    const connection = connect().open();
    const request = readRequest('contacts', { mode: 'incremental', key: ['Id'], cursorFields: ['ModifiedOn'] });
    let { bookmark } = await readPass(() => connection, request);
    const seen = new Set<string>();
    for (let round = 0; round < 6; round++) {
      keysOf(
        await write(connection, 'contacts', [{ Id: `0000000${round}-1111-4111-8111-111111111111`, Name: `P${round}` }]),
      );
      await control('clock', { advance: 7_000 });
      const pass = await readPass(() => connection, request, bookmark);
      for (const record of pass.records) seen.add(String(record.Name));
      bookmark = pass.bookmark;
    }
    await control('clock', { advance: 60_000 });
    for (const record of (await readPass(() => connection, request, bookmark)).records) seen.add(String(record.Name));
    for (let round = 0; round < 6; round++) expect([...seen]).toContain(`P${round}`);
  });
});
