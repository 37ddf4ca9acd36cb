import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.js';
import { startCreatio } from '../../../sandbox/creatio/sandbox.js';
import { changeOf, noSignal, readRequest, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import { connectTo, controlOf } from '../testing.js';

test('a deal’s lines name their products, and are the same lines when they are written back', async () => {
  const sandbox = await startCreatio({ records: { opportunities: 20, products: 5 } });
  const connected = connectTo(sandbox);
  try {
    const connection = connected.open();
    const reader = connection.reader(readRequest('deals'));
    const { records } = await reader.readPage(null, null, noSignal);
    const deal = records.find(({ products }) => Array.isArray(products) && products.length > 0);
    const [line] = (deal?.products ?? []) as JsonObject[];
    const [product] = await connection.reader(readRequest('products')).find('Id', [String(line?.ProductId)], noSignal);
    expect(line?.ProductName).toBe(product?.Name);
    const before = (await controlOf(sandbox)('counts')).streams;
    const since = sandbox.log.lastSeq;
    const change = changeOf(1, 'update', { products: deal?.products ?? [] }, String(deal?.Id));
    const { outcomes } = await connection.writer(writeRequest('deals', 'upsert')).write([change], sendNow);
    expect(outcomes[0]?.state).toBe('written');
    expect((await controlOf(sandbox)('counts')).streams).toEqual(before);
    const onLines = sandbox.log
      .list(since)
      .filter(({ stream, effect }) => /Interest/.test(stream) && !['read', 'lookup'].includes(effect));
    expect(onLines).toEqual([]);
  } finally {
    await connected.close();
    await sandbox.stop();
  }
});
