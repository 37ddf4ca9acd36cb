import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import { readAmo } from './comparison/amocrm.js';
import { readBitrix } from './comparison/bitrix24.js';
import { compare } from './comparison/compare.js';
import { kinds } from './comparison/model.js';
import { inTermsOf, withoutOwn } from './comparison/terms.js';
import { type Department, exampleText, type Office, openOffice, startAmo, startBitrix } from './departments.js';
import { amoInBitrix } from './terms-of-examples.js';

describe('a sales department that moves from amoCRM (Warsaw) to Bitrix24 (Moscow)', () => {
  let office: Office;
  let crm: Department<BitrixSandbox>;
  let amo: Department<AmoCrmSandbox>;

  beforeAll(async () => {
    [office, crm, amo] = await Promise.all([
      openOffice(),
      startBitrix({ settings: { zone: '+03:00' } }),
      startAmo({ records: 200, settings: { zone: 'Europe/Warsaw' } }),
    ]);
    await office.connect('crm', crm);
    await office.connect('amo', amo);
    await office.publish(exampleText('amocrm-to-bitrix24'));
  });

  afterAll(async () => {
    await office?.stop();
    await Promise.all([crm?.sandbox.stop(), amo?.sandbox.stop()]);
  });

  test('arrives whole, and moving it again writes nothing', async () => {
    const [wanted, before] = [await readAmo(amo.sandbox), await readBitrix(crm.sandbox)];
    expect([wanted.deals.length, before.deals.length]).toEqual([200, 0]);
    for (const kind of kinds) expect([kind, wanted[kind].length > 0]).toEqual([kind, true]);
    expect(wanted.deals.filter(({ fields }) => fields.lines !== undefined).length).toBeGreaterThan(20);
    expect(wanted.notes.some(({ fields }) => fields.attachments !== undefined)).toBe(true);
    expect(await office.run('amocrm-to-bitrix24')).toMatchObject({ state: 'done', failure: null });
    const terms = amoInBitrix();
    const found = withoutOwn(await readBitrix(crm.sandbox), terms);
    expect(compare(inTermsOf(wanted, terms), found)).toEqual([]);

    const since = crm.sandbox.log.lastSeq;
    expect(await office.run('amocrm-to-bitrix24')).toMatchObject({ state: 'done', failure: null });
    const written = crm.sandbox.log.list(since).filter(({ effect }) => effect !== 'read' && effect !== 'lookup');
    expect(written).toEqual([]);
    expect(withoutOwn(await readBitrix(crm.sandbox), terms)).toEqual(found);
  });
});
