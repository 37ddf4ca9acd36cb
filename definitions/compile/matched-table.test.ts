import { describe, expect, test } from '@jest/globals';
import { matchValues } from './matched-table.js';

const both = (match: string) => ({ from: { match, by: null }, to: { match, by: null } });

describe('a value table matched over two accounts', () => {
  const users = [
    ['1', { ID: '1', EMAIL: 'Anna@Example.com ' }],
    ['2', { ID: '2', EMAIL: 'boris@example.com' }],
    ['3', { ID: '3', EMAIL: null }],
  ] as const;

  test('pairs equal values whatever their letter case, and that of the field’s name', () => {
    const there = [
      ['70', { id: 70, email: 'anna@example.com' }],
      ['71', { id: 71, email: 'anna@example.com' }],
      ['72', { id: 72, email: '' }],
    ] as const;
    expect(matchValues(both('email'), users, there)).toEqual({ '1': '70' });
  });

  test('pairs values that are said to belong together', () => {
    const from = [
      ['NEW', { NAME: 'Новая' }],
      ['WON', { NAME: 'Сделка успешна' }],
    ] as const;
    const to = [
      ['142', { name: 'Успешно реализовано' }],
      ['900', { name: 'Новая' }],
    ] as const;
    const pairs = { 'Сделка успешна': 'Успешно реализовано' };
    expect(matchValues({ ...both('NAME'), pairs }, from, to)).toEqual({ NEW: '900', WON: '142' });
  });

  test('maps other fields than the keys where it is told to', () => {
    const from = [['1', { ID: '1', CODE: 'C1:NEW', CAPTION: 'Новая' }]] as const;
    const to = [['["7","142"]', { id: '142', pipeline_id: '7', name: 'новая' }]] as const;
    const table = { from: { match: 'CAPTION', by: 'CODE' }, to: { match: 'name', by: 'id' } };
    expect(matchValues(table, from, to)).toEqual({ 'C1:NEW': '142' });
  });
});
