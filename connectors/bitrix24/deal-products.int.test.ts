import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change, Outcome } from '../kit/index.js';
import { connectTo, type SandboxConnection } from './testing.js';

let portal: BitrixSandbox;
let one: SandboxConnection;

beforeAll(async () => {
  portal = await startBitrix24({ records: 60, settings: { bucket_size: 0 } });
});
beforeEach(() => {
  one = connectTo({ base_url: portal.url }, { webhook: String(portal.credentials.webhook_url) });
});
afterEach(async () => {
  await one.close();
  await fetch(`${portal.control}/reset`, { method: 'POST', body: '{}' });
});
afterAll(() => portal.stop());

const keyOf = (outcome: Outcome | undefined): string => {
  if (outcome?.state === 'written') return outcome.targetKey;
  throw new Error(`expected a written record: ${outcome?.failure.message ?? 'nothing'}`);
};
const write = async (stream: string, changes: readonly Change[]): Promise<readonly Outcome[]> =>
  (await one.connection.writer(writeRequest(stream, 'upsert')).write(changes, sendNow)).outcomes;
const makeDeal = async (fields: JsonObject): Promise<string> => {
  const [outcome] = await write('deals', [changeOf(1, 'create', { TITLE: 'Lines', ...fields })]);
  return keyOf(outcome);
};
const readBack = async (stream: string, key: string): Promise<JsonObject> => {
  const [found] = (await one.connection.writer(writeRequest(stream, 'upsert')).readByKey?.([key], noSignal)) ?? [];
  return found?.fields ?? {};
};
const rowsOf = (deal: string) =>
  one.connection.reader(readRequest('deal_products')).find?.('ownerId', [deal], noSignal) ?? Promise.resolve([]);
const someProduct = async (): Promise<string> => {
  const { records } = await readPass(() => one.connection, readRequest('products'));
  return String(records[0]?.ID);
};

describe('product rows of deals, one by one', () => {
  test('are added, changed and deleted; a second deletion is none', async () => {
    const [deal, product] = [await makeDeal({}), await someProduct()];
    const row = { ownerId: deal, productId: product, price: '10.50', quantity: '2', taxIncluded: true, sort: '20' };
    const added = await write('deal_products', [
      changeOf(10, 'create', row),
      changeOf(11, 'create', { ownerId: deal, productId: null, productName: 'Work', price: '7', quantity: '1.5' }),
    ]);
    const [first = '', second = ''] = added.map(keyOf);
    expect(added.map((outcome) => outcome.state === 'written' && outcome.created)).toEqual([true, true]);
    expect(await readBack('deal_products', first)).toMatchObject({
      ownerId: deal,
      productId: product,
      price: '10.5',
      quantity: '2',
      taxIncluded: 'Y',
      sort: '20',
      fingerprint: expect.stringMatching(/^\w+$/),
    });
    expect(await readBack('deal_products', second)).toMatchObject({ productId: null, productName: 'Work' });
    expect((await readBack('deals', deal)).OPPORTUNITY).toBe('31.5');

    await write('deal_products', [changeOf(10, 'update', { ...row, quantity: '3' }, first)]);
    expect(await readBack('deal_products', first)).toMatchObject({ quantity: '3', price: '10.5' });
    for (let times = 0; times < 2; times++) {
      const [gone] = await write('deal_products', [changeOf(11, 'delete', {}, second)]);
      expect(gone?.state).toBe('written');
    }
    expect((await rowsOf(deal)).map(({ id }) => id)).toEqual([first]);
  });

  test('leave the sum of a deal alone where it is said to be entered by hand, and only there', async () => {
    const rows = (deal: string) => [changeOf(12, 'create', { ownerId: deal, productName: 'A', price: '5' })];
    const byHand = await makeDeal({ OPPORTUNITY: '999.90', IS_MANUAL_OPPORTUNITY: 'Y' });
    await write('deal_products', rows(byHand));
    expect((await readBack('deals', byHand)).OPPORTUNITY).toBe('999.9');
    const counted = await makeDeal({ OPPORTUNITY: '999.90' });
    await write('deal_products', rows(counted));
    expect((await readBack('deals', counted)).OPPORTUNITY).toBe('5');
  });

  test('without a deal, of a deal that is not there or of another deal are refused by themselves', async () => {
    const [deal, other] = [await makeDeal({}), await makeDeal({})];
    const [added, none, dead] = await write('deal_products', [
      changeOf(13, 'create', { ownerId: deal, productName: 'A' }),
      changeOf(14, 'create', { ownerId: null, productName: 'B' }),
      changeOf(15, 'create', { ownerId: '9999999', productName: 'C' }),
    ]);
    expect([added?.state, none?.state, dead?.state]).toEqual(['written', 'refused', 'refused']);
    const [moved] = await write('deal_products', [changeOf(13, 'update', { ownerId: other }, keyOf(added))]);
    expect(moved?.state === 'refused' && moved.failure.message).toContain(`cannot move to \`${other}\``);
  });

  test('are read over all deals, each row once; 50 rows are written with one request', async () => {
    const deal = await makeDeal({});
    const before = one.requests.length;
    const changes = Array.from({ length: 50 }, (_, index) =>
      changeOf(100 + index, 'create', { ownerId: deal, productName: `p${index}`, quantity: '1', sort: String(index) }),
    );
    await write('deal_products', changes);
    expect(one.requests.length - before).toBe(1);
    const { records } = await readPass(() => one.connection, readRequest('deal_products'));
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.filter(({ ownerId }) => ownerId === deal)).toHaveLength(50);
    expect(records.length).toBeGreaterThan(55);
  });

  test('whose writer died are found again, and none is made twice', async () => {
    const deal = await makeDeal({});
    const row = { ownerId: deal, productName: 'Twin', price: '3', quantity: '1' };
    const changes = [changeOf(16, 'create', row), changeOf(17, 'create', row), changeOf(18, 'create', row)];
    const ids = (await write('deal_products', changes.slice(0, 2))).map(keyOf);

    const later = one.connection.writer(writeRequest('deal_products', 'upsert'));
    const keys = changes.map(({ recordKey }) => recordKey);
    expect(await later.findByOwnId?.(keys, noSignal)).toEqual([]);
    const { outcomes } = await later.write(changes, sendNow);
    const again = outcomes.map(keyOf);
    expect(again.slice(0, 2)).toEqual(ids);
    expect((await rowsOf(deal)).map(({ id }) => id)).toEqual(again);
    const found = (await later.findByOwnId?.(keys, noSignal)) ?? [];
    expect(found.filter(({ askedFor }) => askedFor === keys[0]).every(({ targetKey }) => targetKey === ids[0])).toBe(
      true,
    );
  });
});
