import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { entities, entityOf } from './entities.js';
import { recordOf } from './item-records.js';
import { changedEntries, createdEntries } from './multi-fields.js';
import { camelOf, namesOf, upperOf } from './names.js';
import { parseSchema } from './schema.js';
import { dateOf, textual } from './values.js';

describe('dates that are given as moments', () => {
  test.each<[string, JsonValue, JsonValue]>([
    ['midnight in UTC, east of it', '2024-06-18T02:00:00+02:00', '2024-06-18'],
    ['midnight in UTC, in Moscow', '2024-06-18T03:00:00+03:00', '2024-06-18'],
    ['midnight in UTC, west of it', '2024-06-17T19:00:00-05:00', '2024-06-18'],
    ['midnight of the portal itself', '2024-06-18T00:00:00+03:00', '2024-06-18'],
    ['a date', '2024-06-18', '2024-06-18'],
    ['nothing', null, null],
    ['empty text', '', ''],
    ['several', ['2024-06-18T03:00:00+03:00'], ['2024-06-18']],
  ])('%s', (_, value, date) => {
    expect(dateOf(value)).toEqual(date);
  });
});

describe('names', () => {
  test.each([
    ['deal', 'DATE_MODIFY', 'updatedTime'],
    ['deal', 'STAGE_ID', 'stageId'],
    ['deal', 'PARENT_ID_1220', 'parentId1220'],
    ['deal', 'UF_CRM_1721244707107', 'UF_CRM_1721244707107'],
    ['lead', 'STATUS_ID', 'stageId'],
    ['lead', 'SOURCE_ID', 'sourceId'],
    ['company', 'COMPANY_TYPE', 'typeId'],
    ['contact', 'TYPE_ID', 'typeId'],
  ] as const)('of a %s: %s is %s', (family, upper, camel) => {
    const names = namesOf(family);
    expect([names.toVendor(upper), names.toRecord(camel)]).toEqual([camel, upper]);
  });

  test('of a smart process follow the one rule', () => {
    expect([camelOf('CREATED_TIME'), upperOf('mycompanyId'), upperOf('isManualOpportunity')]).toEqual([
      'createdTime',
      'MYCOMPANY_ID',
      'IS_MANUAL_OPPORTUNITY',
    ]);
    expect(entityOf('items_128')).toMatchObject({ typeId: 128, ownIdField: 'XML_ID' });
    expect(entityOf('items_x')).toBeNull();
  });
});

describe('records', () => {
  const [deals, contacts] = ['deals', 'contacts'].map((stream) => entities.find((one) => one.stream === stream));

  test('have numbers as text, no disabled fields, and null for no relation', () => {
    if (deals === undefined) throw new Error('no deals');
    const row = {
      id: 7,
      opportunity: 19999.99,
      companyId: 0,
      contactIds: [0],
      categoryId: 0,
      isWon: null,
      entityTypeId: 2,
    };
    expect(recordOf(deals, row, null)).toEqual({
      ID: '7',
      OPPORTUNITY: '19999.99',
      COMPANY_ID: null,
      CONTACT_IDS: [],
      CATEGORY_ID: '0',
    });
  });

  test('show phones and e-mails in the shape of the old methods', () => {
    if (contacts === undefined) throw new Error('no contacts');
    const fm = [{ id: 8553, typeId: 'EMAIL', valueType: 'WORK', value: 'a@b.pl' }];
    const record = recordOf(contacts, { id: 1, fm }, null);
    expect(record.EMAIL).toEqual([{ ID: '8553', VALUE_TYPE: 'WORK', VALUE: 'a@b.pl', TYPE_ID: 'EMAIL' }]);
    expect(record.PHONE).toEqual([]);
    expect(recordOf(contacts, { id: 1, hasPhone: 'Y' }, null).PHONE).toBeUndefined();
  });

  test('have custom dates as dates, by the portal’s own field list', () => {
    if (deals === undefined) throw new Error('no deals');
    const schema = parseSchema(deals, {
      fields: {
        UF_CRM_ON: { type: 'date', upperName: 'UF_CRM_ON', title: 'UF_CRM_ON', formLabel: 'Delivery' },
        UF_CRM_AT: { type: 'datetime', upperName: 'UF_CRM_AT', title: 'At' },
      },
    });
    const moment = '2024-06-18T03:00:00+03:00';
    expect(recordOf(deals, { UF_CRM_ON: moment, UF_CRM_AT: moment }, schema)).toEqual({
      UF_CRM_ON: '2024-06-18',
      UF_CRM_AT: moment,
    });
    expect(schema.get('UF_CRM_ON')?.title).toBe('Delivery');
  });

  test('show links to files without the credentials that stand in them', () => {
    const file = {
      id: 7,
      url: 'https://p.example.com/rest/1/canary/get.json?auth=canary&token=t1',
      urlMachine: 'https://p.example.com/rest/1/canary/get.json?auth=canary',
      urlShow: 'https://p.example.com/show?ncc=1&auth=canary',
    };
    expect(textual([file])).toEqual([
      { id: '7', url: 'https://p.example.com/rest/get.json?token=t1', urlShow: 'https://p.example.com/show?ncc=1' },
    ]);
  });

  test('keep the digits of numbers in lists and objects', () => {
    expect(textual({ a: [1, { b: 2.5 }], c: true })).toEqual({ a: ['1', { b: '2.5' }], c: true });
  });
});

describe('phones and e-mails', () => {
  const present: JsonObject[] = [
    { id: 1, typeId: 'PHONE', valueType: 'WORK', value: '+48501234567' },
    { id: 2, typeId: 'PHONE', valueType: 'MOBILE', value: '22' },
    { id: 3, typeId: 'EMAIL', valueType: 'HOME', value: 'a@b.pl' },
  ];

  test.each<[string, JsonObject, JsonObject]>([
    ['the same values change nothing', { PHONE: ['+48501234567', '22'], EMAIL: 'a@b.pl' }, {}],
    ['another order changes nothing', { PHONE: ['22', '+48501234567'] }, {}],
    [
      'another spelling rewrites the entry',
      { PHONE: ['+48 501 234 567', '22'] },
      { 1: { typeId: 'PHONE', valueType: 'WORK', value: '+48 501 234 567' } },
    ],
    [
      'another kind rewrites the entry',
      { EMAIL: [{ VALUE: 'a@b.pl', VALUE_TYPE: 'WORK' }] },
      { 3: { typeId: 'EMAIL', valueType: 'WORK', value: 'a@b.pl' } },
    ],
    ['one less empties one', { PHONE: ['22'] }, { 1: { typeId: 'PHONE', value: '' } }],
    [
      'one more adds one',
      { EMAIL: ['a@b.pl', 'c@d.pl'] },
      { n0: { typeId: 'EMAIL', valueType: 'WORK', value: 'c@d.pl' } },
    ],
    [
      'another one takes the free entry',
      { EMAIL: ['c@d.pl'] },
      { 3: { typeId: 'EMAIL', valueType: 'HOME', value: 'c@d.pl' } },
    ],
    ['null takes all of a kind away', { EMAIL: null }, { 3: { typeId: 'EMAIL', value: '' } }],
    ['a kind that is not written stays', { WEB: [] }, {}],
  ])('%s', (_, fields, changes) => {
    expect(changedEntries(fields, present)).toEqual(changes);
  });

  test('of a new record are all added', () => {
    expect(
      createdEntries({ PHONE: '22', EMAIL: [{ VALUE: 'a@b.pl', VALUE_TYPE: 'HOME' }, ''], WEB: null, NAME: 'x' }),
    ).toEqual([
      { typeId: 'PHONE', valueType: 'WORK', value: '22' },
      { typeId: 'EMAIL', valueType: 'HOME', value: 'a@b.pl' },
    ]);
  });
});
