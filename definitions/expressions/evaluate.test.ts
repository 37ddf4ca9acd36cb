import { describe, expect, test } from '@jest/globals';
import { compileExpression } from './expression.js';

const record = {
  NAME: 'Anna',
  EMPTY: '',
  NOTHING: null,
  COUNT: 5,
  OPEN: true,
  PHONE: [{ VALUE: '22 123 45 67' }],
  ADDRESS: { CITY: 'Łódź' },
  'a b': 'spaced',
};

const run = (text: string, names: Record<string, unknown> = {}) => {
  const { expression, problems } = compileExpression(text);
  if (!expression) return problems[0]?.message;
  return expression.evaluate({ record, names });
};

const failure = (text: string) => {
  try {
    return { value: run(text) };
  } catch (error) {
    const { kind, reason } = error as { kind?: unknown; reason?: unknown };
    return `${String(kind)}: ${String(reason)}`;
  }
};

describe('values', () => {
  test.each<[string, unknown]>([
    ["record['a b']", 'spaced'],
    ['record.PHONE[0].VALUE', '22 123 45 67'],
    ['record.COUNT + 1', 6],
    ['record.COUNT / 2', 2.5],
    ['7 / 2', 3],
    ['-7 % 3', -1],
    ['1 == 1.0', true],
    ["record.COUNT == '5'", false],
    ['record.NOTHING == null', true],
    ['record.COUNT in [1, 5]', true],
    ["'NAME' in record", true],
    ["'toString' in record", false],
    ["record.OPEN ? 'a' : 'b'", 'a'],
    ['[1, 2] + [3]', [1, 2, 3]],
    ["{'a': 1, 'b': [record.NAME]}", { a: 1, b: ['Anna'] }],
    ["record.NAME.lower() + '!'", 'anna!'],
    ['record.PHONE.map(p, digits(p.VALUE))', ['221234567']],
    [
      '[1, 2].map(x, [3, 4].map(y, x * y))',
      [
        [3, 4],
        [6, 8],
      ],
    ],
    ['record.MISSING == null || true', true],
    ['true || record.MISSING', true],
    ['record.MISSING && false', false],
    ["default(record.ADDRESS.STREET, 'none')", 'none'],
    ["default(record.NOTHING.DEEP, 'none')", 'none'],
    ["default(record.PHONE[7].VALUE, 'none')", 'none'],
    ["default(lower(record.MISSING), 'none')", 'none'],
    ["default(join([record.MISSING, 'a'], ' '), 'none')", 'none'],
    ["default(record.MISSING ? 'a' : 'b', 'none')", 'none'],
    ['coalesce(record.NOTHING, record.MISSING, record.EMPTY)', ''],
    ['has(record.NOTHING)', true],
    ['has(record.MISSING)', false],
    ['has(record.ADDRESS.CITY)', true],
    ['has(record.NOTHING.DEEP)', false],
    ['lower(record.NOTHING)', null],
    ['[].all(x, x)', true],
    ['9007199254740991', 9007199254740991],
  ])('%s', (text, value) => {
    expect(run(text)).toEqual(value);
  });

  test.each([
    ['record.MISSING', 'missing: the field `MISSING` is missing'],
    ['record.NOTHING.DEEP', 'missing: the field `DEEP` is missing'],
    ['record.PHONE[3]', 'missing: the list has no member 3'],
    ['record.NAME.LENGTH', 'failed: the field `LENGTH` is asked of text'],
    ['record.PHONE.length', 'failed: the field `length` is asked of a list'],
    ['record.NAME + 1', 'failed: `+` cannot take text'],
    ['record.COUNT && true', 'failed: `&&` needs true or false, not a number'],
    ['record.NAME ? 1 : 2', 'failed: the condition is text, not true or false'],
    ['lower(record.COUNT)', 'failed: `lower` cannot take a number as `text`'],
    ['1 / 0', 'failed: division by zero'],
    ['1.0 / 0.0', 'failed: the result is not a finite number'],
    ['9223372036854775807 + 1', 'failed: the number needs more than 64 bits'],
    ['9223372036854775807', 'failed: the result needs `string(...)`: it is too large for a number'],
    ["money('1.005', 'PLN')", 'failed: `money` needs an exact amount with at most 2 decimal places'],
    ["phone('call me', 'PL')", 'failed: the text is not a phone number of that region'],
    ['default(record.MISSING, record.GONE)', 'missing: the field `GONE` is missing'],
    ['other', 'missing: the name `other` is not there'],
  ])('%s fails and says why, without the value', (text, reason) => {
    expect(failure(text)).toBe(reason);
  });

  test('names made by steps are found, inherited ones are not', () => {
    expect(run('label', { label: 'x' })).toBe('x');
    expect(failure('toString')).toBe('missing: the name `toString` is not there');
    expect(failure('constructor')).toBe('missing: the name `constructor` is not there');
  });

  test('what is missing can be asked for softly', () => {
    const soft = (text: string) => compileExpression(text).expression?.evaluateSoft({ record, names: {} });
    expect(soft("phone(record.PHONE[9].VALUE, 'PL')")).toBeUndefined();
    expect(soft("phone(record.PHONE[0].VALUE, 'PL')")).toBe('+48221234567');
    expect(soft('record.MISSING + 1')).toBeUndefined();
    expect(() => soft('record.NAME - 1')).toThrow();
  });
});
