import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { changeOf, noSignal, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import type { Change, Outcome } from '../../kit/index.js';
import { FakeInstance } from '../testing.js';
import { ownId } from './item.js';

const guids = { a: '11111111-1111-4111-8111-111111111111', b: '22222222-2222-4222-8222-222222222222' };

async function write(fake: FakeInstance, stream: string, changes: readonly Change[]): Promise<readonly Outcome[]> {
  const { outcomes } = await fake.connection.open().writer(writeRequest(stream, 'upsert')).write(changes, sendNow);
  expect(outcomes).toHaveLength(changes.length);
  return outcomes;
}

function creates(count: number, fields: (id: number) => JsonObject = (id) => ({ Name: `n${id}` })): Change[] {
  return Array.from({ length: count }, (_, index) => changeOf(index + 1, 'create', fields(index + 1)));
}

function idOf(change: Change | undefined): string {
  return ownId(change?.recordKey ?? '');
}

function states(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => (outcome.state === 'written' && outcome.created ? 'created' : outcome.state));
}

function sent(fake: FakeInstance): JsonObject[][] {
  return fake.dataRequests
    .filter(({ url }) => url.pathname.endsWith('$batch'))
    .map(({ body }) => (body as JsonObject).requests as JsonObject[]);
}

describe('creating', () => {
  test('96 records are one request, with ids made of their record keys', async () => {
    const fake = new FakeInstance();
    const changes = creates(96);
    const outcomes = await write(fake, 'contacts', changes);
    expect(new Set(states(outcomes))).toEqual(new Set(['created']));
    expect(fake.dataRequests).toHaveLength(1);
    expect(fake.dataRequests[0]?.headers.Prefer).toBe('continue-on-error');
    expect(outcomes[5]).toMatchObject({ targetKey: idOf(changes[5]) });
    expect(fake.table('Contact').get(idOf(changes[5]))?.Name).toBe('n6');
  });

  test('the same batch twice makes nothing twice, and changes only what differs', async () => {
    const fake = new FakeInstance();
    await write(fake, 'contacts', creates(5));
    const before = fake.dataRequests.length;
    expect(states(await write(fake, 'contacts', creates(5)))).toEqual(Array(5).fill('written'));
    // The refused batch and one look at what is there.
    expect(fake.dataRequests.length - before).toBe(2);
    const later = creates(5, (id) => ({ Name: id === 3 ? 'new name' : `n${id}` }));
    expect(states(await write(fake, 'contacts', later))).toEqual(Array(5).fill('written'));
    expect(fake.table('Contact').size).toBe(5);
    expect(fake.table('Contact').get(idOf(later[2]))?.Name).toBe('new name');
  });

  test('a bad record is refused in the vendor’s words, the others are written', async () => {
    const fake = new FakeInstance();
    const outcomes = await write(
      fake,
      'contacts',
      creates(4, (id) => ({ Name: id === 2 ? 'bad' : `n${id}` })),
    );
    expect(states(outcomes)).toEqual(['created', 'refused', 'created', 'created']);
    expect(outcomes[1]).toMatchObject({ failure: { code: 'write/record_refused', kind: 'rejected' } });
    expect(outcomes[1]?.state === 'refused' && outcomes[1].failure.message).toContain('Name is bad');
  });

  test('an instance that stops at the first refused record is asked for the rest', async () => {
    const fake = new FakeInstance();
    fake.continuesOnError = false;
    const outcomes = await write(
      fake,
      'contacts',
      creates(4, (id) => ({ Name: id === 2 ? 'bad' : `n${id}` })),
    );
    expect(states(outcomes)).toEqual(['created', 'refused', 'created', 'created']);
  });

  test('a create that failed after its record was written is found', async () => {
    const fake = new FakeInstance();
    fake.beforePart = ({ method, body }) => {
      if (method !== 'POST') return undefined;
      fake.put('Contact', String((body as JsonObject).Id), body as JsonObject);
      return {
        status: 500,
        body: { Message: 'An error has occurred.', ExceptionMessage: 'Listener.', ExceptionType: 'X' },
      };
    };
    expect(states(await write(fake, 'contacts', creates(2)))).toEqual(['written', 'written']);
    expect(fake.table('Contact').size).toBe(2);
  });

  test('a create that fails once goes through, one that fails for ever is refused in the vendor’s words', async () => {
    const fake = new FakeInstance();
    let failed = 0;
    const error = { Message: 'An error has occurred.', ExceptionMessage: 'Deadlock.', ExceptionType: 'X' };
    fake.beforePart = ({ method, body }) => {
      const name = (body as JsonObject | undefined)?.Name;
      if (method !== 'POST' || (name !== 'n1' && name !== 'n2')) return undefined;
      failed += 1;
      return name === 'n2' || failed === 1 ? { status: 500, body: error } : undefined;
    };
    const outcomes = await write(fake, 'contacts', creates(3));
    expect(states(outcomes)).toEqual(['created', 'refused', 'created']);
    expect(outcomes[1]?.state === 'refused' && outcomes[1].failure.message).toContain('Deadlock.');
  });

  test('a mapped id is the record’s id', async () => {
    const fake = new FakeInstance();
    const outcomes = await write(fake, 'contacts', [changeOf(1, 'create', { Id: guids.a, Name: 'Ada' })]);
    expect(outcomes).toMatchObject([{ state: 'written', targetKey: guids.a }]);
  });

  test('the name of a lookup’s path is refused, since the instance would lose the value silently', async () => {
    const fake = new FakeInstance();
    const outcomes = await write(fake, 'contacts', [changeOf(1, 'create', { Name: 'Ada', Account: guids.a })]);
    expect(outcomes[0]?.state === 'refused' && outcomes[0].failure.message).toContain('`AccountId`');
    expect(fake.dataRequests).toHaveLength(0);
  });
});

describe('updating and deleting', () => {
  test('an update of a record that is gone is no success, though the instance says so', async () => {
    const fake = new FakeInstance();
    fake.put('Contact', guids.a, { Name: 'old' });
    const outcomes = await write(fake, 'contacts', [
      changeOf(1, 'update', { Name: 'new' }, guids.a),
      changeOf(2, 'update', { Name: 'new' }, guids.b),
    ]);
    expect(states(outcomes)).toEqual(['written', 'refused']);
    expect(fake.table('Contact').get(guids.a)?.Name).toBe('new');
    // The proof stands in the same batch.
    expect(fake.dataRequests).toHaveLength(1);
  });

  test('96 updates with their proofs are one request of 100 parts', async () => {
    const fake = new FakeInstance();
    const changes = creates(96);
    await write(fake, 'contacts', changes);
    const updates = changes.map((change, index) => changeOf(index + 1, 'update', { Name: 'x' }, idOf(change)));
    expect(new Set(states(await write(fake, 'contacts', updates)))).toEqual(new Set(['written']));
    expect(sent(fake).map((parts) => parts.length)).toEqual([96, 100]);
  });

  test('deleting what is gone already is a success', async () => {
    const fake = new FakeInstance();
    fake.put('Contact', guids.a);
    const gone = [changeOf(1, 'delete', {}, guids.a), changeOf(2, 'delete', {}, guids.b)];
    expect(states(await write(fake, 'contacts', gone))).toEqual(['written', 'written']);
    expect(fake.table('Contact').size).toBe(0);
  });
});

describe('a request without a usable answer', () => {
  test.each([
    ['an outage', { status: 500, body: '' }],
    ['a page', { status: 200, body: '<html>Proxy error</html>' }],
    ['an empty body', { status: 200, body: '' }],
    ['a torn body', { status: 200, body: '{"responses":[{"id"' }],
  ])('%s leaves the records in doubt', async (_name, answer) => {
    const fake = new FakeInstance();
    fake.before = ({ url }) => (url.pathname.endsWith('$batch') ? answer : undefined);
    const outcomes = await write(fake, 'contacts', creates(2));
    expect(states(outcomes)).toEqual(['unknown', 'unknown']);
    expect(outcomes[0]?.state === 'unknown' && outcomes[0].failure).toMatchObject({
      kind: 'transient',
      details: { wasSent: true },
    });
  });

  test('a limit is thrown with the time to wait, and nothing was sent', async () => {
    const fake = new FakeInstance();
    const limited = { status: 429, headers: { 'retry-after': '3' }, body: '' };
    fake.before = ({ url }) => (url.pathname.endsWith('$batch') ? limited : undefined);
    await expect(write(fake, 'contacts', creates(2))).rejects.toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 3_000,
      details: { wasSent: false },
    });
  });

  test('rights that an object lacks stop the write instead of refusing each record', async () => {
    const fake = new FakeInstance();
    const words = 'Current user does not have permissions for the "Contact" object';
    fake.beforePart = () => ({ status: 403, body: { error: { message: words } } });
    await expect(write(fake, 'contacts', creates(2))).rejects.toMatchObject({ code: 'connection/scope_missing' });
  });

  test('a batch that is refused as a whole is halved until the bad record stands alone', async () => {
    const fake = new FakeInstance();
    fake.before = ({ url, body }) =>
      url.pathname.endsWith('$batch') && JSON.stringify(body).includes('poison')
        ? { status: 400, body: { error: { message: 'The request is invalid.' } } }
        : undefined;
    const outcomes = await write(
      fake,
      'contacts',
      creates(8, (id) => ({ Name: id === 6 ? 'poison' : `n${id}` })),
    );
    expect(states(outcomes).filter((state) => state === 'created')).toHaveLength(7);
    expect(outcomes[5]?.state).toBe('refused');
  });

  test('a lost lease is thrown as it is and nothing is sent', async () => {
    const fake = new FakeInstance();
    const lost = new Failure('engine/fence_lost', { message: 'Lost.', hint: 'None.' });
    const writer = fake.connection.open().writer(writeRequest('contacts', 'insert'));
    const isBatch = (url: URL): boolean => url.pathname.endsWith('$batch');
    const beforeSend = (): void => {
      throw lost;
    };
    await expect(writer.write(creates(1), { ...sendNow, beforeSend })).rejects.toBe(lost);
    expect(fake.connection.requests.filter(({ url }) => isBatch(url))).toHaveLength(0);
  });
});

describe('lists of details', () => {
  const deal = (contacts: readonly string[] | null, more: JsonObject = {}): JsonObject => ({
    Title: 'Deal',
    contact_ids: contacts === null ? null : [...contacts],
    ...more,
  });
  const links = (fake: FakeInstance): string[] =>
    [...fake.table('OpportunityContact').values()].map((row) => String(row.ContactId)).sort();

  test('are made what they shall be: rows that fit stay, others come and go', async () => {
    const fake = new FakeInstance();
    const key = idOf(creates(1)[0]);
    await write(fake, 'deals', [changeOf(1, 'create', deal([guids.a, guids.b], { ContactId: guids.b }))]);
    expect(links(fake)).toEqual([guids.a, guids.b]);
    const main = [...fake.table('OpportunityContact').values()].filter((row) => row.IsMainContact === true);
    expect(main.map((row) => row.ContactId)).toEqual([guids.b]);
    const kept = [...fake.table('OpportunityContact').keys()];
    const before = fake.dataRequests.length;
    await write(fake, 'deals', [changeOf(1, 'update', deal([guids.b, guids.a]), key)]);
    expect([...fake.table('OpportunityContact').keys()]).toEqual(kept);
    // The record, and a look at its list: nothing else had to be done.
    expect(fake.dataRequests.length - before).toBe(2);
    await write(fake, 'deals', [changeOf(1, 'update', deal([guids.a]), key)]);
    expect(links(fake)).toEqual([guids.a]);
    await write(fake, 'deals', [changeOf(1, 'update', deal(null), key)]);
    expect(links(fake)).toEqual([]);
  });

  test('of lines keep equal lines apart and double none when they are sent again', async () => {
    const fake = new FakeInstance();
    const line = { ProductId: guids.a, Quantity: '2', Price: '10.50' };
    const lines = [line, line, { ProductId: guids.b, Quantity: '1', Price: '3' }];
    for (let times = 0; times < 3; times++)
      await write(fake, 'deals', [changeOf(1, 'create', { Title: 'Deal', products: lines })]);
    expect(fake.table('OpportunityProductInterest').size).toBe(3);
    const dearer = [line, { ...line, Price: '11' }];
    await write(fake, 'deals', [changeOf(1, 'create', { Title: 'Deal', products: dearer })]);
    const prices = [...fake.table('OpportunityProductInterest').values()].map((row) => row.Price);
    expect(prices.sort()).toEqual(['10.5', '11']);
  });

  test('that fail on the way leave the record in doubt, those that are refused refuse it', async () => {
    const fake = new FakeInstance();
    fake.beforePart = ({ url, method }) =>
      method === 'POST' && url === 'OpportunityContact' ? { status: 500, body: '' } : undefined;
    expect(states(await write(fake, 'deals', [changeOf(1, 'create', deal([guids.a]))]))).toEqual(['unknown']);
    fake.beforePart = ({ url, method }) =>
      method === 'POST' && url === 'OpportunityContact'
        ? { status: 400, body: { Message: 'No such contact.' } }
        : undefined;
    const [outcome] = await write(fake, 'deals', [changeOf(1, 'create', deal([guids.a]))]);
    expect(outcome?.state === 'refused' && outcome.failure.message).toContain('No such contact.');
    fake.beforePart = () => undefined;
    expect(states(await write(fake, 'deals', [changeOf(1, 'create', deal([guids.a]))]))).toEqual(['written']);
    expect(links(fake)).toEqual([guids.a]);
  });
});

describe('finding at the target', () => {
  test('by own id, by id and by fields, many in one request, each hit compared', async () => {
    const fake = new FakeInstance();
    const changes = creates(60, (id) => ({ Name: `Person ${id}`, Email: `P${id}@example.com` }));
    await write(fake, 'contacts', changes);
    const writer = fake.connection.open().writer(writeRequest('contacts', 'upsert'));
    const before = fake.dataRequests.length;
    const keys = changes.map((change) => change.recordKey);
    const own = await writer.findByOwnId?.([...keys, 'f'.repeat(32)], noSignal);
    expect(own?.map(({ askedFor }) => askedFor).sort()).toEqual([...keys].sort());
    const rows = changes.map((_, index) => [`person ${index + 1}`, `p${index + 1}@example.com`]);
    const found = await writer.findByMatch?.(['Name', 'Email'], [...rows, ['nobody', 'x']], noSignal);
    expect(found).toHaveLength(60);
    expect(found?.[0]?.askedFor).toBe(JSON.stringify(rows[0]));
    expect(await writer.readByKey?.([idOf(changes[3]), '424242'], noSignal)).toHaveLength(1);
    // 60 ids, 60 rows, one id with the lists of what was found.
    expect(fake.dataRequests.length - before).toBe(4);
  });

  test('an instance that ignores a filter finds nothing wrong', async () => {
    const fake = new FakeInstance();
    await write(fake, 'contacts', creates(3));
    fake.before = ({ url }) =>
      url.search.includes('%24filter') || url.search.includes('$filter')
        ? { body: { value: [...fake.table('Contact').values()] } }
        : undefined;
    const writer = fake.connection.open().writer(writeRequest('contacts', 'upsert'));
    expect(await writer.findByOwnId?.(['f'.repeat(32)], noSignal)).toEqual([]);
    expect(await writer.findByMatch?.(['Name'], [['nobody']], noSignal)).toEqual([]);
  });
});
