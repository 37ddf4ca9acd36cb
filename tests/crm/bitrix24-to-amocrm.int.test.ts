import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import { readAmo } from './comparison/amocrm.js';
import { readBitrix } from './comparison/bitrix24.js';
import { compare } from './comparison/compare.js';
import { readState, rows, text } from './comparison/json.js';
import { kinds } from './comparison/model.js';
import { inTermsOf, withoutOwn } from './comparison/terms.js';
import { type Department, exampleText, type Office, openOffice, startAmo, startBitrix } from './departments.js';
import { bitrixInAmo } from './terms-of-examples.js';

describe('a sales department that moves from Bitrix24 (Moscow) to amoCRM (Warsaw)', () => {
  let office: Office;
  let crm: Department<BitrixSandbox>;
  let amo: Department<AmoCrmSandbox>;

  beforeAll(async () => {
    [office, crm, amo] = await Promise.all([
      openOffice(),
      startBitrix({ records: 200, settings: { zone: '+03:00' } }),
      startAmo({ settings: { zone: 'Europe/Warsaw' } }),
    ]);
    await office.connect('crm', crm);
    await office.connect('amo', amo);
    await office.publish(exampleText('bitrix24-to-amocrm'));
  });

  afterAll(async () => {
    await office?.stop();
    await Promise.all([crm?.sandbox.stop(), amo?.sandbox.stop()]);
  });

  test('arrives whole, moving it again writes nothing, and what has no place there is told', async () => {
    const [wanted, before] = [await readBitrix(crm.sandbox), await readAmo(amo.sandbox)];
    expect([wanted.deals.length, before.deals.length]).toEqual([200, 0]);
    for (const kind of kinds) expect([kind, wanted[kind].length > 0]).toEqual([kind, true]);
    expect(wanted.deals.filter(({ fields }) => fields.lines !== undefined).length).toBeGreaterThan(20);
    expect(wanted.notes.some(({ fields }) => fields.attachments !== undefined)).toBe(true);
    expect(await office.run('bitrix24-to-amocrm')).toMatchObject({ state: 'done', failure: null });
    const terms = bitrixInAmo(amo.sandbox);
    const found = withoutOwn(await readAmo(amo.sandbox), terms);
    expect(compare(inTermsOf(wanted, terms), found)).toEqual([]);

    const since = amo.sandbox.log.lastSeq;
    expect(await office.run('bitrix24-to-amocrm')).toMatchObject({ state: 'done', failure: null });
    const written = amo.sandbox.log.list(since).filter(({ effect }) => effect !== 'read' && effect !== 'lookup');
    expect(written).toEqual([]);
    expect(withoutOwn(await readAmo(amo.sandbox), terms)).toEqual(found);

    // A second row of a deal for one product is told, and names the row that came first.
    const [first] = rows((await readState(crm.sandbox.control)).product_rows);
    const fields = { ownerType: 'D', ownerId: first?.ownerId, productId: first?.productId, price: 1, quantity: 3 };
    const answer = await fetch(`${String(crm.secret.webhook)}/crm.item.productrow.add`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fields }),
    });
    expect(answer.status).toBe(200);
    const lines = async () => (await readAmo(amo.sandbox)).deals.map((deal) => deal.fields.lines);
    const linesBefore = await lines();
    expect(await office.run('bitrix24-to-amocrm')).toMatchObject({ state: 'done_with_dead_letters' });
    const { body } = await office.api.call('GET', '/dead-letters');
    expect(body).toMatchObject({
      items: [
        {
          flow: 'lines',
          code: 'write/duplicate_target',
          message: expect.stringContaining(`belongs to source record \`${text(first?.id)}\``),
        },
      ],
    });
    expect(await lines()).toEqual(linesBefore);
  });
});
