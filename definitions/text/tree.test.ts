import { describe, expect, test } from '@jest/globals';
import { parseText, pathText } from './index.js';

const first = (text: string) => {
  const { problems, lines } = parseText(text);
  const problem = problems[0];
  return problem ? { code: problem.code, ...lines.place(problem.range.start) } : null;
};

describe('text trees', () => {
  test('every value has its place', () => {
    const { tree, lines } = parseText('a:\n  b: [1, "two"]\n  c: x # note\n');
    expect(tree?.value).toEqual({ a: { b: [1, 'two'], c: 'x' } });
    expect(lines.place(tree?.at(['a', 'b', 1])?.value.start ?? 0)).toEqual({ line: 2, column: 10 });
    expect(lines.place(tree?.at(['a', 'c'])?.key?.start ?? 0)).toEqual({ line: 3, column: 3 });
    expect(tree?.at(['a', 'x'])).toBeNull();
    expect(tree?.nearest(['a', 'x', 'y'])).toBe(tree?.at(['a']));
  });

  test('text stays text: no, dates, codes in quotes', () => {
    const { tree } = parseText('a: no\nb: 2025-01-01T00:00:00Z\nc: "007"\nd: 1.5\n1: x\ntrue: y\n');
    expect(tree?.value).toEqual({ a: 'no', b: '2025-01-01T00:00:00Z', c: '007', d: 1.5, '1': 'x', true: 'y' });
  });

  test('lines may end in either way, and columns count the same', () => {
    const { tree, lines } = parseText('a: 1\r\nbb: 2\r\n');
    expect(lines.place(tree?.at(['bb'])?.value.start ?? 0)).toEqual({ line: 2, column: 5 });
  });

  test.each([
    ['012', 'an octal look-alike'],
    ['0x1F', 'hex'],
    ['1234567890123456', '16 digits'],
    ['-01', 'a sign'],
    ['.inf', 'infinity'],
    ['1e999', 'too large'],
  ])('the unquoted number %s is refused (%s)', (number) => {
    expect(first(`a:\n  b: ${number}\n`)).toEqual({ code: 'definition/unquoted_number', line: 2, column: 6 });
    expect(first(`a:\n  b: "${number}"\n`)).toBeNull();
  });

  test.each(['0', '-1', '0.5', '123456789012345', '39000001'])('the unquoted number %s is taken', (number) => {
    expect(first(`a: ${number}\n`)).toBeNull();
  });

  test.each(['__proto__', 'constructor', 'prototype'])('the name %s is refused at any depth', (name) => {
    expect(first(`a: { b: { "${name}": 1 } }`)).toEqual({ code: 'definition/refused_name', line: 1, column: 11 });
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('signs inside quotes, comments and blocks are only text', () => {
    const text = 'a: "&x *y !z <<"\nb: |\n  &not *an !anchor\n# *comment\nc: it & that\n';
    expect(parseText(text).tree?.value).toEqual({ a: '&x *y !z <<', b: '&not *an !anchor\n', c: 'it & that' });
  });

  test('paths are written as people write them', () => {
    expect(pathText(['flows', 'deals', 'steps', 0, 'where'])).toBe('flows.deals.steps[0].where');
    expect(pathText(['map', 'custom.nip'])).toBe("map['custom.nip']");
  });
});
