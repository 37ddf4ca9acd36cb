import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.js';
import { changeOf, noSignal, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import connector from '../connector.js';
import { connectFake, each } from '../testing.js';

/** A portal whose answer to the first batch of writes is lost after it carried out all but the last command. */
function losingPortal() {
  const rows: JsonObject[] = [];
  let isLost = true;
  const portal = connectFake((method, params, asked) => {
    if (method === 'batch') {
      const commands = Object.values(asked.body.cmd as JsonObject).map(String);
      if (!isLost || !commands.some((command) => command.includes('.add?'))) return each;
      isLost = false;
      commands.slice(0, -1).forEach((command, index) => {
        const query = new URLSearchParams(command.split('?')[1]);
        const fields = Object.fromEntries([...query].map(([name, value]) => [name.slice(7, -1), value]));
        rows.push({ id: 11 + index, ...fields });
      });
      return { status: 502, body: '<html>' };
    }
    if (method === 'crm.item.productrow.list') return { result: { productRows: rows } };
    rows.push({ id: 11 + rows.length, ...(params.fields as JsonObject) });
    return { result: { productRow: rows.at(-1) } };
  });
  return { ...portal, rows };
}

describe('product rows of deals', () => {
  test('whose answer was lost are found by deal, product, quantity, price and order; each answers for one', async () => {
    const { connection, rows } = losingPortal();
    const writer = connection.writer(writeRequest('deal_products', 'insert'));
    const row = { ownerId: '5', productId: '7', quantity: '1.0', price: '2.50' };
    const changes = [row, row, { ...row, price: '3' }].map((fields, index) => changeOf(index, 'create', fields));
    await writer.write(changes, sendNow).catch(() => undefined);
    const keys = changes.map(({ recordKey }) => recordKey);
    const found = (await writer.findByOwnId?.(keys, noSignal)) ?? [];
    expect(found.map(({ askedFor, targetKey }) => [askedFor, targetKey])).toEqual([
      [keys[0], '11'],
      [keys[1], '12'],
    ]);
    await writer.write(changes.slice(2), sendNow);
    expect(rows.map(({ id, price }) => [id, price])).toEqual([
      [11, '2.50'],
      [12, '2.50'],
      [13, '3'],
    ]);
  });

  test('are said to be looked up before a second create', () => {
    const stream = connector.declaredStreams({})?.find(({ name }) => name === 'deal_products');
    expect(stream?.write).toMatchObject({
      idempotency: 'find_then_create',
      ownIdField: 'fingerprint',
      matchFields: [],
    });
    const readOnly = stream?.fields.filter(({ isReadOnly }) => isReadOnly === true).map(({ name }) => name);
    expect(readOnly).toEqual(['id', 'measureName', 'fingerprint']);
  });
});
