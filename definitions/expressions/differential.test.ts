import { run as bufRun } from '@bufbuild/cel';
import { describe, expect, test } from '@jest/globals';
import { Environment } from '@marcbachmann/cel-js';
import { compileExpression } from './expression.js';

/**
 * The core of the language against two other implementations of CEL. Numbers are written as doubles or ints so that
 * all three agree on their kind; what we do differently on purpose is listed at the end.
 */
const record = {
  name: 'Anna',
  empty: '',
  nothing: null,
  flag: true,
  share: 2.5,
  tags: ['a', 'b', 'c'],
  rows: [
    { id: '1', price: 1.5 },
    { id: '2', price: 3.5 },
  ],
  deep: { er: { est: 'x' } },
};

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const list = Symbol.iterator in value && !(value instanceof Map) ? [...(value as Iterable<unknown>)] : null;
  if (list) return list.map(plain);
  const entries = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, member]) => [String(key), plain(member)]));
};

const attempt = (work: () => unknown): unknown => {
  try {
    const value = work();
    const isError = typeof value === 'object' && value !== null && /Error$/.test(value.constructor?.name ?? '');
    return isError ? 'error' : plain(value);
  } catch {
    return 'error';
  }
};

const ours = (text: string) =>
  attempt(() => {
    const { expression } = compileExpression(text);
    if (!expression) throw new RangeError('refused');
    return expression.evaluate({ record, names: {} });
  });
const celJs = (text: string) => attempt(() => environment.evaluate(text, { record }));
const bufbuild = (text: string) => attempt(() => bufRun(text, { record } as never));

const corpus = [
  '1 + 2 * 3',
  '7 / 2',
  '-7 / 2',
  '7 % 3',
  '-7 % 3',
  '1.5 + 2.5',
  '2.0 * record.share',
  '10.0 / 4.0',
  '1 / 0',
  '1 % 0',
  '9223372036854775807 + 1',
  '1 - 2',
  '-(3)',
  '!true',
  '!record.flag',
  "'a' + 'b'",
  '[1] + [2, 3]',
  "'a' + 1",
  '1 == 1',
  "'a' == 'a'",
  'null == null',
  'record.nothing == null',
  '[1, 2] == [1, 2]',
  '[1, 2] == [2, 1]',
  "{'a': 1} == {'a': 1}",
  "{'a': 1} == {'a': 2}",
  '1 != 2',
  "'a' < 'b'",
  '1 < 2',
  '1.5 <= 1.5',
  "'b' >= 'a'",
  '1 < 1.5',
  'true && true',
  'true && false',
  'false && (1 / 0 == 1)',
  '(1 / 0 == 1) && false',
  '(1 / 0 == 1) && true',
  'true || (1 / 0 == 1)',
  '(1 / 0 == 1) || true',
  '(1 / 0 == 1) || false',
  "true ? 'a' : 'b'",
  "false ? 'a' : 'b'",
  "record.flag ? record.name : ''",
  '1 in [1, 2]',
  "'z' in record.tags",
  "'a' in record.tags",
  "'name' in record",
  "'x' in record",
  'record.name',
  'record.deep.er.est',
  "record['name']",
  'record.missing',
  'record.deep.missing.more',
  'record.tags[0]',
  'record.tags[9]',
  'record.rows[1].id',
  "{'a': {'b': 2}}.a.b",
  "{'a': 1}['a']",
  'has(record.name)',
  'has(record.missing)',
  'has(record.deep.er)',
  'size(record.tags)',
  "size('łódź')",
  "size('😀a')",
  "size({'a': 1})",
  'size([])',
  'record.tags.size()',
  "'abc'.size()",
  "record.name.contains('nn')",
  "record.name.startsWith('A')",
  "record.name.endsWith('a')",
  "record.name.contains('')",
  'record.tags.all(t, size(t) == 1)',
  "record.tags.exists(t, t == 'b')",
  "record.tags.exists_one(t, t == 'b')",
  "record.tags.exists(t, t == 'z')",
  "record.tags.filter(t, t != 'b')",
  "record.tags.map(t, t + '!')",
  'record.rows.map(r, r.price)',
  "record.tags.map(t, t > 'a', t)",
  'record.rows.filter(r, r.price > 2.0).map(r, r.id)',
  '[1, 2, 3].map(x, [x].map(y, y * 2))',
  '[1, 2].exists(x, x / 0 == 1 || x == 2)',
  '[true, false].all(x, x)',
  'record.rows.all(r, r.missing > 1.0)',
  '[1, 2].map(x, x > 1, x * 10)',
  "int('42')",
  "double('2.5')",
  'string(42)',
  'int(2.9)',
  'int(-2.9)',
  'double(3)',
  "string('a')",
  'string(true)',
  "int('x')",
  'string(2.5)',
  '1 + 2 == 3 && 2 * 2 == 4',
  "record.name == 'Anna' ? size(record.tags) : 0",
  '[1, 2, 3][1]',
  "['a', 'b'][0] + 'c'",
  '1 > 2 ? 1 : 3 > 2 ? 2 : 3',
];

describe('the core of CEL', () => {
  test.each(corpus)('%s is the same in three implementations', (text) => {
    const mine = ours(text);
    expect({ text, value: celJs(text) }).toEqual({ text, value: mine });
    expect({ text, value: bufbuild(text) }).toEqual({ text, value: mine });
  });

  test('where the other two differ from each other, ours follows the specification', () => {
    expect([ours("'a' == 1"), celJs("'a' == 1"), bufbuild("'a' == 1")]).toEqual([false, 'error', false]);
    expect([ours('[].all(x, x)'), celJs('[].all(x, x)'), bufbuild('[].all(x, x)')]).toEqual([true, 'error', true]);
    // A field that is there and null: JSON maps have it, protobuf messages do not.
    expect([ours('has(record.nothing)'), celJs('has(record.nothing)')]).toEqual([true, true]);
  });

  test('ours takes what CEL leaves out, on purpose', () => {
    expect(ours('record.share * 2')).toBe(5);
    expect(ours('1 + 0.5')).toBe(1.5);
    expect(ours('trim(null)')).toBeNull();
  });
});
