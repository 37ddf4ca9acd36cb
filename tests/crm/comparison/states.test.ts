import { describe, expect, test } from '@jest/globals';
import { type AmoCrmSandbox, startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { departmentOf as amoDepartment, readAmo } from './amocrm.js';
import { departmentOf as bitrixDepartment, type PortalBooks, readBitrix } from './bitrix24.js';
import { compare } from './compare.js';
import { dayOfMidnight, linksIn, minorUnits } from './values.js';

const portal = {
  companies: [
    {
      id: 7,
      title: 'ACME',
      assignedById: 2,
      createdTime: '2025-03-01T07:00:00Z',
      fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+48 1' }],
      UF_SEGMENT: [41, 42],
      UF_SEEN: '2025-03-01T07:00:00Z',
    },
  ],
  contacts: [{ id: 3, name: 'Anna', lastName: 'Nowak', companyId: 7 }],
  products: [{ id: 1, name: 'Pump', price: 10.5 }],
  deals: [
    {
      id: 1,
      title: 'Dostawa',
      opportunity: 83353.75,
      stageId: 'NEW',
      companyId: 7,
      contactId: 3,
      contactIds: [3],
      UF_FILE: 8003,
    },
  ],
  product_rows: [{ id: 1, owner: 'D_1', productId: 1, quantity: 2 }],
  comments: [{ id: 5, entityType: 'deal', entityId: 1, comment: 'Umowa', files: [8005] }],
  tasks: [{ id: 6, title: 'Zadzwonić', status: 5, ufCrmTask: ['D_1'], responsibleId: 2 }],
};

const portalBooks: PortalBooks = {
  users: { 2: 'piotr@example.com' },
  names: { 2: 'Piotr' },
  captions: { NEW: 'Nowa' },
  pipelines: {},
  fields: [
    {
      entity: 'CRM_COMPANY',
      name: 'UF_SEGMENT',
      caption: 'Segment',
      type: 'enumeration',
      choices: { 41: 'B', 42: 'A' },
    },
    { entity: 'CRM_COMPANY', name: 'UF_SEEN', caption: 'Seen at', type: 'datetime', choices: {} },
    { entity: 'CRM_DEAL', name: 'UF_FILE', caption: 'Contract', type: 'file', choices: {} },
  ],
};

describe('the state of a portal', () => {
  test('is read as people see it', () => {
    const { companies, deals, notes, tasks } = bitrixDepartment(portal, portalBooks);
    expect(companies[0]?.fields).toMatchObject({
      owner: 'piotr@example.com',
      createdAt: '2025-03-01T07:00:00Z',
      phones: ['mobile +48 1'],
      'custom.Segment': ['A', 'B'],
      'custom.Seen at': '2025-03-01T07:00:00Z',
    });
    expect(deals[0]).toMatchObject({
      name: 'Dostawa',
      fields: {
        amount: 8335375,
        stage: 'Nowa',
        company: 'ACME · +48 1',
        contacts: ['Anna Nowak'],
        mainContact: 'Anna Nowak',
        lines: ['Pump × 2'],
        attachments: ['file 8003 of the portal'],
      },
    });
    expect(notes[0]?.fields).toMatchObject({ of: 'deal Dostawa · 8335375', attachments: ['file 8005 of the portal'] });
    expect(tasks[0]?.fields).toMatchObject({ deal: 'Dostawa · 8335375', isDone: true, owner: 'piotr@example.com' });
  });

  test('says where a related record is not there', () => {
    const { deals } = bitrixDepartment({ ...portal, companies: [] }, portalBooks);
    expect(deals[0]?.fields.company).toBe('a record that is not there');
  });
});

describe('the state of an account', () => {
  const lead = (more: object) => ({
    id: 1,
    name: 'Dostawa',
    price: 83353.75,
    created_at: 1_740_812_400,
    status_id: 142,
    custom_fields_values: [
      { field_name: 'Shipped on', field_code: null, field_type: 'date', values: [{ value: 1_740_783_600 }] },
      {
        field_name: 'Contract',
        field_code: null,
        field_type: 'text',
        values: [{ value: 'https://example.bitrix24.pl/rest/download.json?token=file%7C8003%7Cab' }],
      },
    ],
    _embedded: { companies: [], contacts: [{ id: 3, is_main: true }] },
    ...more,
  });
  const books = {
    users: {},
    pipelines: {},
    stages: { 142: 'Wygrana' },
    lossReasons: {},
    taskTypes: {},
    zone: 'Europe/Warsaw',
  };

  test('is read as people see it', () => {
    const { deals } = amoDepartment({ leads: [lead({})], contacts: [{ id: 3, name: 'Anna Nowak' }] }, books);
    expect(deals[0]?.fields).toMatchObject({
      amount: 8335375,
      stage: 'Wygrana',
      createdAt: '2025-03-01T07:00:00Z',
      contacts: ['Anna Nowak'],
      mainContact: 'Anna Nowak',
      'custom.Shipped on': '2025-03-01',
      attachments: ['file 8003 of the portal'],
    });
  });

  test('shows a day that is the midnight of another zone', () => {
    const { deals } = amoDepartment({ leads: [lead({})] }, { ...books, zone: 'Europe/Moscow' });
    expect(deals[0]?.fields['custom.Shipped on']).toBe('2025-02-28T23:00:00Z');
  });
});

describe('a change at a running sandbox', () => {
  const touch = (control: string, order: object) =>
    fetch(`${control}/touch`, { method: 'POST', body: JSON.stringify(order) });

  test('of a portal is one difference', async () => {
    const sandbox = await startBitrix24({ records: 20 });
    try {
      const before = await readBitrix(sandbox);
      expect(compare(before, await readBitrix(sandbox))).toEqual([]);
      await touch(sandbox.control, { stream: 'deals', ids: ['7'], fields: { title: 'Changed' } });
      const sentences = compare(before, await readBitrix(sandbox));
      expect(sentences.filter((each) => each.startsWith('deals:'))).toEqual([expect.stringContaining('"Changed"')]);
    } finally {
      await sandbox.stop();
    }
  });

  test('of an account is one difference', async () => {
    const sandbox: AmoCrmSandbox = await startAmoCrm({ records: 20 });
    try {
      const before = await readAmo(sandbox);
      expect(compare(before, await readAmo(sandbox))).toEqual([]);
      const [id] = [sandbox.store.tables.leads.firstId];
      await touch(sandbox.control, { stream: 'leads', ids: [String(id)], fields: { name: 'Changed' } });
      const sentences = compare(before, await readAmo(sandbox));
      expect(sentences.filter((each) => each.startsWith('deals:'))).toEqual([expect.stringContaining('"Changed"')]);
    } finally {
      await sandbox.stop();
    }
  });
});

describe('values', () => {
  test('are exact or refused', () => {
    expect([minorUnits('-0.05'), minorUnits(12), minorUnits('12.30'), minorUnits('')]).toEqual([-5, 1200, 1230, null]);
    expect(() => minorUnits('0.005')).toThrow('minor unit');
    expect(dayOfMidnight(Date.parse('2024-10-27T00:00:00+02:00') / 1000, 'Europe/Warsaw')).toBe('2024-10-27');
    expect(dayOfMidnight(Date.parse('2024-10-27T01:00:00+02:00') / 1000, 'Europe/Warsaw')).toBe('2024-10-26T23:00:00Z');
  });

  test('links are told from the text around them', () => {
    expect(linksIn('Umowa\nhttps://a.example.com/1.pdf')).toEqual({
      links: ['https://a.example.com/1.pdf'],
      rest: 'Umowa',
    });
  });
});
