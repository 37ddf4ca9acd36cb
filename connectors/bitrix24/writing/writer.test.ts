import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { changeOf, noSignal, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import type { Outcome } from '../../kit/index.js';
import { type Entity, entityOf } from '../streams/entities.js';
import { itemTarget } from '../streams/item-writing.js';
import { type Answered, type Asked, connectFake, each, type Portal } from '../testing.js';
import { BatchWriter } from './writer.js';

const statesOf = (outcomes: readonly Outcome[]) => outcomes.map(({ state }) => state);
const sentOf = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => (outcome.state === 'written' ? null : (outcome.failure.details?.wasSent ?? null)));
const commandsOf = (asked: Asked | undefined) => Object.values((asked?.body.cmd ?? {}) as JsonObject).map(String);
const methodsOf = (asked: Asked | undefined) => commandsOf(asked).map((command) => command.split('?')[0]);

/** Adds records 101, 102 and so on; `answer` may answer otherwise. */
function portal(answer: (method: string, params: JsonObject) => Answered | undefined = () => undefined): Portal {
  let next = 100;
  return (method, params) => {
    const other = answer(method, params);
    if (other !== undefined) return other;
    if (method === 'batch') return each;
    if (method === 'crm.item.add') return { result: { item: { id: ++next } } };
    if (method === 'crm.item.list') return { result: { items: [] } };
    return { result: [] };
  };
}

const creates = (count: number, fields: JsonObject = {}) =>
  Array.from({ length: count }, (_, index) => changeOf(index, 'create', { TITLE: `t${index}`, ...fields }));
const write = (
  connection: ReturnType<typeof connectFake>['connection'],
  changes: Parameters<typeof changeOf>[3] | ReturnType<typeof creates>,
  stream = 'deals',
) => connection.writer(writeRequest(stream, 'upsert')).write(changes as ReturnType<typeof creates>, sendNow);

describe('writing in batches', () => {
  test('50 records are one request, and carry our own ids', async () => {
    const { connection, requests } = connectFake(portal());
    const { outcomes } = await write(connection, creates(50));
    expect(outcomes.map((outcome) => (outcome.state === 'written' ? outcome.targetKey : null))).toEqual(
      Array.from({ length: 50 }, (_, index) => String(101 + index)),
    );
    expect(requests).toHaveLength(1);
    expect(commandsOf(requests[0])[0]).toContain(
      `fields[originId]=${changeOf(0, 'create', {}).recordKey}&fields[originatorId]=pipewright`,
    );
  });

  test('refused records stand alone, in the portal’s words', async () => {
    const { connection } = connectFake(
      portal((method, params) =>
        method === 'crm.item.add' && (params.fields as JsonObject).title === 't1'
          ? { error: 'CRM_FIELD_ERROR_REQUIRED', error_description: 'Field "Source" is required' }
          : undefined,
      ),
    );
    const { outcomes } = await write(connection, creates(3));
    expect(statesOf(outcomes)).toEqual(['written', 'refused', 'written']);
    expect(outcomes[1]).toMatchObject({
      failure: { code: 'write/record_refused', message: expect.stringContaining('Field "Source" is required') },
    });
  });

  test('a limit inside a batch leaves no doubt about its record', async () => {
    const { connection } = connectFake(
      portal((method, params) =>
        method === 'crm.item.add' && (params.fields as JsonObject).title !== 't0'
          ? { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked' }
          : undefined,
      ),
    );
    const { outcomes } = await write(connection, creates(3));
    expect([statesOf(outcomes), sentOf(outcomes)]).toEqual([
      ['written', 'unknown', 'unknown'],
      [null, false, false],
    ]);
  });

  test.each<[string, Answered, boolean]>([
    ['a 500', { status: 500, error: 'INTERNAL_SERVER_ERROR' }, true],
    ['HTML', { status: 200, body: '<html>' }, true],
    ['nothing', { status: 200, body: '' }, true],
    ['a 504 of a proxy', { status: 504, body: '<html>' }, true],
  ])('%s leaves every record in doubt', async (_, answered, wasSent) => {
    const { connection } = connectFake(portal((method) => (method === 'batch' ? answered : undefined)));
    const { outcomes } = await write(connection, creates(2));
    expect([statesOf(outcomes), sentOf(outcomes)]).toEqual([
      ['unknown', 'unknown'],
      [wasSent, wasSent],
    ]);
  });

  test.each<[string, Answered, string]>([
    ['a full bucket', { status: 503, error: 'QUERY_LIMIT_EXCEEDED' }, 'rate_limited'],
    ['a dead webhook', { status: 401, error: 'NO_AUTH_FOUND' }, 'auth'],
    ['an unpaid portal', { status: 402, error: 'PAYMENT_REQUIRED' }, 'quota'],
  ])('%s before the first record is thrown', async (_, answered, kind) => {
    const { connection } = connectFake(portal((method) => (method === 'batch' ? answered : undefined)));
    await expect(write(connection, creates(2))).rejects.toMatchObject({ kind, details: { wasSent: false } });
  });

  test('what comes after a request that failed was not sent', async () => {
    let batches = 0;
    const { connection } = connectFake(
      portal((method) =>
        method === 'batch' && ++batches === 2 ? { status: 503, error: 'QUERY_LIMIT_EXCEEDED' } : undefined,
      ),
    );
    const { outcomes } = await write(connection, creates(120));
    expect(statesOf(outcomes)).toEqual([...Array(50).fill('written'), ...Array(70).fill('unknown')]);
    expect(new Set(sentOf(outcomes).slice(50))).toEqual(new Set([false]));
  });

  test('a lost lease ends everything at once', async () => {
    const { connection, requests } = connectFake(portal());
    const beforeSend = () => {
      throw new Failure('engine/fence_lost', { message: 'The lease is over.', hint: 'None.' });
    };
    const writing = connection.writer(writeRequest('deals', 'upsert')).write(creates(1), { ...sendNow, beforeSend });
    await expect(writing).rejects.toMatchObject({ code: 'engine/fence_lost' });
    expect(requests).toHaveLength(0);
  });

  test('a deletion of what is gone already is done', async () => {
    const { connection } = connectFake(
      portal((method, params) =>
        method !== 'crm.item.delete'
          ? undefined
          : params.id === '7'
            ? { error: 'NOT_FOUND', error_description: 'Item not found' }
            : { result: [] },
      ),
    );
    const { outcomes } = await write(connection, [changeOf(1, 'delete', {}, '7'), changeOf(2, 'delete', {}, '8')]);
    expect(statesOf(outcomes)).toEqual(['written', 'written']);
  });

  test.each([
    ['half of a character', { TITLE: 'half \ud83d' }, 'half of a character'],
    ['a zero byte in a list', { UF_CRM_LIST: ['a\u0000'] }, 'a zero byte'],
    ['a sum that would be rounded', { OPPORTUNITY: '0.001' }, 'would round it'],
    ['a number with too many digits', { OPPORTUNITY: '1234567890123456' }, 'would round it'],
  ])('%s is refused by name, and the others go through', async (_, fields, words) => {
    const { connection } = connectFake(
      portal((method) => (method === 'crm.item.fields' ? { result: { fields: {} } } : undefined)),
    );
    const { outcomes } = await write(connection, [changeOf(1, 'create', fields), ...creates(1)]);
    expect(statesOf(outcomes)).toEqual(['refused', 'written']);
    expect(outcomes[0]).toMatchObject({ failure: { message: expect.stringContaining(words) } });
  });
});

describe('doubtful creates', () => {
  test('are looked at until the batch stands still', async () => {
    const changes = creates(4);
    let there = 0;
    let looks = 0;
    const { client } = connectFake(
      portal((method) => {
        if (method === 'batch') return { status: 500, error: 'INTERNAL_SERVER_ERROR' };
        looks += 1;
        there = Math.min(2, looks);
        const items = changes
          .slice(0, there)
          .map(({ recordKey }, index) => ({ id: index + 1, originId: recordKey, originatorId: 'pipewright' }));
        return { result: { items } };
      }),
    );
    const writer = new BatchWriter(client, itemTarget(client, entityOf('deals') as Entity), 1);
    await writer.write(changes, sendNow);
    const found = await writer.findByOwnId?.(
      changes.map(({ recordKey }) => recordKey),
      noSignal,
    );
    expect(found?.map(({ targetKey }) => targetKey)).toEqual(['1', '2']);
    expect(looks).toBe(3);
  });

  test('our own id with another system’s name beside it is not ours', async () => {
    const [change] = creates(1);
    const recordKey = change?.recordKey ?? '';
    const { connection } = connectFake(
      portal((method) =>
        method === 'crm.item.list'
          ? {
              result: {
                items: [
                  { id: 1, originId: recordKey, originatorId: '1C' },
                  { id: 2, originId: 'x', originatorId: 'pipewright' },
                ],
              },
            }
          : undefined,
      ),
    );
    expect(await connection.writer(writeRequest('deals', 'upsert')).findByOwnId?.([recordKey], noSignal)).toEqual([]);
  });
});

describe('product rows', () => {
  const rows = [{ productName: 'Saw', price: '100.10', quantity: '2' }];

  test('follow their record in the same batch, 25 records a request', async () => {
    const { connection, requests } = connectFake(portal());
    await write(connection, creates(50, { PRODUCT_ROWS: rows }));
    expect(requests).toHaveLength(2);
    expect(methodsOf(requests[0]).slice(0, 2)).toEqual(['crm.item.add', 'crm.item.productrow.set']);
    expect(commandsOf(requests[0])[3]).toContain(
      'ownerId=$result[c2][item][id]&ownerType=D&productRows[0][productName]=Saw',
    );
  });

  test('that are refused take their new record back', async () => {
    const { connection, requests } = connectFake(
      portal((method) =>
        method === 'crm.item.productrow.set' ? { error: '100', error_description: 'Price is wrong' } : undefined,
      ),
    );
    const { outcomes } = await write(connection, creates(1, { PRODUCT_ROWS: rows }));
    expect(statesOf(outcomes)).toEqual(['refused']);
    expect(commandsOf(requests[1])).toEqual(['crm.item.delete?entityTypeId=2&id=101']);
  });

  test('that stand there already are not set again', async () => {
    const present = { id: 1, ownerId: 7, productName: 'Saw', price: 100.1, quantity: 2, sort: 10 };
    const { connection, requests } = connectFake(
      portal((method) => (method === 'crm.item.productrow.list' ? { result: { productRows: [present] } } : undefined)),
    );
    await write(connection, [changeOf(1, 'update', { TITLE: 'x', PRODUCT_ROWS: rows }, '7')]);
    expect(methodsOf(requests.at(-1))).toEqual(['crm.item.update']);
  });

  test('keep a sum of the flow’s own', async () => {
    const { connection, requests } = connectFake(portal());
    await write(connection, creates(1, { PRODUCT_ROWS: rows, OPPORTUNITY: '500' }));
    expect(commandsOf(requests[0])[0]).toContain('fields[isManualOpportunity]=Y');
  });
});

test('a stage of another pipeline names it', async () => {
  const { connection, requests } = connectFake(portal());
  await write(connection, [changeOf(1, 'create', { STAGE_ID: 'C9:WON' }), changeOf(2, 'create', { STAGE_ID: 'WON' })]);
  const [one = '', other = ''] = commandsOf(requests[0]);
  expect([one.includes('fields[categoryId]=9'), other.includes('categoryId')]).toEqual([true, false]);
});

describe('comments', () => {
  test('are found again by record, text and age, and none is taken for two', async () => {
    const comment = (id: number, text: string, created: string) => ({
      ID: String(id),
      ENTITY_ID: '5',
      COMMENT: text,
      CREATED: created,
    });
    const now = new Date().toISOString();
    const stored = [
      comment(1, 'Called', '2020-01-01T00:00:00+03:00'),
      comment(2, 'Called ', now),
      comment(3, 'Other', now),
    ];
    const { connection } = connectFake((method) => {
      if (method === 'batch') return { status: 502, body: '<html>' };
      return { result: stored };
    });
    const writer = connection.writer(writeRequest('deal_comments', 'insert'));
    const changes = ['Called', 'Called', 'New'].map((text, index) =>
      changeOf(index, 'create', { ENTITY_ID: '5', COMMENT: text }),
    );
    await writer.write(changes, sendNow);
    const found = await writer.findByOwnId?.(
      changes.map(({ recordKey }) => recordKey),
      noSignal,
    );
    expect(found?.map(({ targetKey, askedFor }) => [targetKey, askedFor])).toEqual([['2', changes[0]?.recordKey]]);
  });
});
