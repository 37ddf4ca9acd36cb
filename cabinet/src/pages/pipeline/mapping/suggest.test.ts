import { describe, expect, test } from '@jest/globals';
import type { FieldRow } from './field-rows.js';
import { suggest } from './suggest.js';

const row = (path: string, more: Partial<FieldRow> = {}): FieldRow => ({
  path,
  title: null,
  type: 'text',
  isRequired: false,
  isReadOnly: false,
  depth: 0,
  samples: [],
  choices: [],
  ...more,
});
const of = (sources: readonly FieldRow[], targets: readonly FieldRow[], more: object = {}) =>
  Object.fromEntries(
    suggest({ sources, targets, mapped: new Set(), ...more }).map(({ target, value }) => [target, value]),
  );

describe('suggestions for a mapping', () => {
  test('the same code comes first, whatever its case and signs', () => {
    expect(of([row('EMAIL'), row('Main_Email')], [row('email')])).toEqual({ email: 'EMAIL' });
  });

  test('captions count in any language, with or without accents', () => {
    const sources = [row('UF_1', { title: 'Kod pocztowy' }), row('UF_2', { title: 'Țară' })];
    expect(of(sources, [row('x', { title: 'kod-pocztowy' }), row('y', { title: 'Tara' })])).toEqual({
      x: 'UF_1',
      y: 'UF_2',
    });
  });

  test.each([
    ['TITLE', 'name'],
    ['OPPORTUNITY', 'price'],
    ['Телефон', 'phone'],
    ['e-mail', 'emails'],
    ['Сумма', 'amount'],
    ['mobile_phone', 'phone'],
    ['nazwisko', 'last_name'],
  ])('%s and %s mean the same', (source, target) => {
    expect(Object.keys(of([row(source)], [row(target)]))).toEqual([target]);
  });

  test('what lies inside a list is found for a plain target', () => {
    const sources = [row('phones', { type: 'list' }), row('phones[0].value', { depth: 1 })];
    expect(of(sources, [row('phone', { type: 'phone' })])).toEqual({ phone: 'phones[0].value' });
  });

  test('types that do not go together are not suggested, others with the conversion they need', () => {
    expect(of([row('address', { type: 'object' })], [row('address')])).toEqual({});
    expect(of([row('birthday', { type: 'datetime' })], [row('birthday', { type: 'date' })])).toEqual({
      birthday: { from: 'birthday', as: 'date' },
    });
    expect(of([row('amount')], [row('amount', { type: 'decimal' })])).toEqual({
      amount: { from: 'amount', as: 'decimal' },
    });
    expect(of([row('amount', { type: 'integer' })], [row('amount')])).toEqual({
      amount: { from: 'amount', as: 'text' },
    });
  });

  test('every source is suggested once, every mapped, read-only and reserved target never', () => {
    const targets = [row('name'), row('title'), row('email'), row('id'), row('created_at', { isReadOnly: true })];
    const sources = [row('name'), row('email'), row('id'), row('created_at')];
    expect(of(sources, targets, { mapped: new Set(['email']) })).toEqual({ name: 'name' });
    expect(of([row('external_id')], [row('external_id')], { reserved: new Set(['external_id']) })).toEqual({});
  });

  test('ids of other records become references to the flow that writes them, and are never copied', () => {
    const [sources, targets] = [
      [row('company_id'), row('owner')],
      [row('company_id'), row('owner')],
    ];
    expect(of(sources, targets)).toEqual({});
    expect(of(sources, targets, { relations: [{ flow: 'firms', stream: 'companies' }] })).toEqual({
      company_id: { ref: 'firms', by: 'company_id' },
    });
  });

  test('a whole name counts before its last word, and a field that has its place is left alone', () => {
    expect(of([row('SALE_PRICE'), row('OPPORTUNITY')], [row('price')])).toEqual({ price: 'OPPORTUNITY' });
    expect(of([row('NAME'), row('TITLE')], [row('name')], { used: new Set(['NAME']) })).toEqual({ name: 'TITLE' });
  });

  test('people who did something and lists of groups are not copied', () => {
    const lists = { type: 'list', samples: ['[{"VALUE":"1"}]'] };
    const sources = [row('CREATED_BY_ID'), row('created_by'), row('PHONE', lists)];
    expect(of(sources, [row('created_by'), row('phones', { type: 'list' })])).toEqual({});
  });

  test('currencies and tax numbers are no ids of records', () => {
    expect(of([row('CURRENCY_ID'), row('tax_id')], [row('currency'), row('tax_id')])).toEqual({
      currency: 'CURRENCY_ID',
      tax_id: 'tax_id',
    });
  });
});
