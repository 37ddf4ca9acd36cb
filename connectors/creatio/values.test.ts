import { describe, expect, test } from '@jest/globals';
import type { JsonValue } from '../../core/json.js';
import type { ColumnKind } from './schema/columns.js';
import { parseMetadata } from './schema/metadata.js';
import { decodeRow, decodeValue, encodeValue, plainDecimal } from './values.js';

const zero = '00000000-0000-0000-0000-000000000000';

describe('values as records hold them', () => {
  test.each<[string, JsonValue, ColumnKind | undefined, JsonValue]>([
    ['the empty id of a lookup', zero, 'lookup', null],
    ['the first moment of year 1', '0001-01-01T00:00:00Z', 'datetime', null],
    ['an empty date', '0001-01-01T00:00:00Z', 'date', null],
    ['the empty text', '', 'text', null],
    ['empty values of columns that nobody knows', '0001-01-01T00:00:00', undefined, null],
    ['a date-only column', '1990-12-12T00:00:00Z', 'date', '1990-12-12'],
    ['an instant with seven digits', '2020-05-18T17:50:39.2838673Z', 'datetime', '2020-05-18T17:50:39.2838673Z'],
    ['money as a number', 1234.5, 'money', '1234.5'],
    ['money as text with zeros', '1234.5600', 'money', '1234.56'],
    ['whole money', 100, 'money', '100'],
    ['a number of an unknown column', 7, undefined, 7],
    ['a fraction of an unknown column', 7.25, undefined, '7.25'],
    ['a whole number', 7, 'integer', 7],
    ['a time', '0001-01-01T10:30:00Z', 'time', '10:30:00'],
    ['false', false, 'boolean', false],
  ])('%s', (_name, held, kind, shown) => {
    expect(decodeValue(held, kind)).toEqual(shown);
  });

  test('annotations and nested objects are no fields', () => {
    const row = { Id: 'x', '@odata.etag': 'e', 'Photo@odata.mediaReadLink': 'l', Account: { Name: 'n' } };
    expect(decodeRow(row, new Map())).toEqual({ Id: 'x' });
  });

  test.each([
    ['0.10', '0.1'],
    ['-0.0', '0'],
    ['1.5E+3', '1500'],
    ['25e-4', '0.0025'],
    ['007', '7'],
    ['12345678901234567890.50', '12345678901234567890.5'],
    ['no number', 'no number'],
  ])('the decimal %s is %s', (given, plain) => {
    expect(plainDecimal(given)).toBe(plain);
  });
});

describe('values as they are sent', () => {
  test.each<[ColumnKind, JsonValue, JsonValue]>([
    ['lookup', null, zero],
    ['text', null, ''],
    ['money', null, '0'],
    ['boolean', null, false],
    ['date', null, null],
    ['date', '1990-12-12', '1990-12-12T00:00:00Z'],
    ['date', '1990-12-12T23:00:00+03:00', '1990-12-12T00:00:00Z'],
    ['datetime', '2025-03-01T10:00:00+02:00', '2025-03-01T08:00:00Z'],
    ['datetime', '2025-03-01T10:00:00.1234567+02:00', '2025-03-01T08:00:00.1234567Z'],
    ['datetime', '2025-03-01', '2025-03-01T00:00:00Z'],
    ['money', '1234.50', '1234.5'],
    ['money', '12345678901234567890.12', '12345678901234567890.12'],
    ['integer', '42', 42],
    ['boolean', 'true', true],
    ['text', 42, '42'],
    ['time', '10:30', '0001-01-01T10:30:00Z'],
  ])('%s %j is sent as %j', (kind, given, sent) => {
    expect(encodeValue(given, { name: 'X', kind })).toEqual({ value: sent });
  });

  test.each<[ColumnKind, JsonValue]>([
    ['datetime', '2025-03-01T10:00:00'],
    ['datetime', 'yesterday'],
    ['date', '01.03.2025'],
    ['money', '12,50'],
    ['integer', '1.5'],
    ['boolean', 'perhaps'],
    ['text', ['a']],
    ['text', 'half \ud83d'],
  ])('%s does not take %j', (kind, given) => {
    expect(encodeValue(given, { name: 'X', kind })).toHaveProperty('problem');
  });
});

test('a metadata document tells types and lookups', () => {
  const xml = `<Schema><EntityType Name="Contact"><Key><PropertyRef Name="Id"/></Key>
    <Property Name="Id" Type="Edm.Guid" Nullable="false"/><Property Name="AccountId" Type="Edm.Guid"/>
    <Property Name="Amount" Type="Edm.Decimal"/><Property Name="Photo" Type="Edm.Stream"/>
    <NavigationProperty Name="Account" Type="Terrasoft.Configuration.OData.Account" Partner="ContactCollectionByAccount"/>
    <NavigationProperty Name="ActivityCollectionByContact" Type="Collection(Terrasoft.Configuration.OData.Activity)"/>
    </EntityType><EntityType Name="Account"><Property Name="Id" Type="Edm.Guid"/></EntityType></Schema>`;
  const objects = parseMetadata(xml);
  expect([...objects.keys()]).toEqual(['Contact', 'Account']);
  expect(objects.get('Contact')?.columns).toEqual([
    { name: 'Id', kind: 'id' },
    { name: 'AccountId', kind: 'lookup', refersTo: 'Account' },
    { name: 'Amount', kind: 'decimal' },
  ]);
});
