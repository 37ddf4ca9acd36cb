import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression } from './expression.js';

const record = {
  A: 'x'.repeat(1000),
  L: Array.from({ length: 300 }, (_, index) => index),
  N: 5,
  M: { A: 'a' },
  Z: null,
};

/** The value, or the word for how it was refused. */
function outcome(text: string, of: Record<string, unknown> = record): unknown {
  const { expression, problems } = compileExpression(text);
  if (!expression) return problems[0]?.code;
  try {
    return expression.evaluate({ record: of, names: {} });
  } catch (error) {
    return (error as { kind?: unknown }).kind;
  }
}

const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;

describe('guards of expressions', () => {
  test.each([
    ['many brackets', nested(5000, '(', ')')],
    ['many lists', nested(5000, '[', ']')],
    ['many signs', `${'!'.repeat(5000)}true`],
    ['many minus signs', `${'-'.repeat(5000)}1`],
    ['a long sum', `1${' + 1'.repeat(600)}`],
    ['a long path', `record${'.A'.repeat(300)}`],
    ['a long text', `'${'x'.repeat(20_000)}'`],
    ['many repetitions', '[1].map(a, a) + [1].map(a, a) + [1].map(a, a) + [1].map(a, a) + [1].map(a, a)'],
    ['deep repetitions', '[1].map(a, [1].map(b, [1].map(c, c)))'],
    ['a bound value', 'cel.bind(a, record.A, a + a)'],
    ['a backtracking pattern', "record.A.matches('(x+)+$')"],
    ['a pattern that is made', 'rx(record.A, record.A)'],
    ['a pattern with look-ahead', "rx(record.A, '(?=x)')"],
    ['a huge pattern', "rx(record.A, '(.{500}|.{499}|.{498}|.{497}|.{496})')"],
  ])('%s is refused before it runs', (_name, text) => {
    const result = outcome(text);
    expect(typeof result === 'string' && /^definition\/|^failed$/.test(result)).toBe(true);
  });

  test.each([
    ['chained doubling', `[record.A].map(a, a${' + a'.repeat(100)}).map(a, a${' + a'.repeat(100)})`],
    ['a growing replacement', `replace(record.A, 'x', '${'y'.repeat(2000)}')`],
    ['padding', "padLeft('', 2000000, 'x')"],
    ['lists of lists', 'record.L.map(a, record.L.map(b, record.L))'],
    ['joining', `join(record.L.map(a, record.A + record.A + record.A + record.A), record.A)`],
    ['many rounds', 'record.L.map(a, size(record.L.filter(b, a * b + a - b > a + b)))'],
    ['nested sorting', 'record.L.map(a, sort(record.L + record.L + record.L))'],
  ])('%s ends at the limit', (_name, text) => {
    const start = performance.now();
    expect(outcome(text)).toBe('limit');
    // Ten times the promise of 50 ms.
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('a hostile search ends at the limit', () => {
    const start = performance.now();
    const hostile = { A: 'a'.repeat(1_000_000), B: `b${'a'.repeat(200_000)}` };
    for (const text of [
      'contains(record.A, record.B)',
      "replace(record.A, record.B, '')",
      'size(split(record.A, record.B))',
    ]) {
      expect(outcome(text, hostile)).toBe('limit');
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('a pattern looks at a text in time that grows with it', () => {
    const start = performance.now();
    expect(outcome("rx(record.A, '(x+x+)+y')")).toBeNull();
    expect(outcome("rx(record.A, '(x+x+)+y')", { A: 'x'.repeat(200_000) })).toBe('limit');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each([
    'record.constructor',
    "record['constructor']",
    "record['const' + 'ructor']",
    'record.__proto__',
    "record['__proto__']['polluted']",
    'record.toString',
    'record.M.constructor.constructor',
    "record.A['length']",
    'record.A.constructor',
    'record.L.constructor',
    "record.L['map']",
    'record.L.__proto__',
    'record.N.toFixed',
    'constructor',
    '__proto__',
    'this',
    'globalThis',
    'process',
    'process.env',
    "require('fs')",
    "import('fs')",
    'eval("1")',
    "Function('return process')()",
    'record.A.constructor.constructor("return process")()',
    'record.toString()',
    'record.A.valueOf()',
    'record.L.push(1)',
    'record.__defineGetter__("a", record)',
    'has(record.constructor.prototype)',
    "{'__proto__': {'polluted': true}}",
    "{'constructor': 1}",
    'cel',
    'cel.constructor',
    'type(record)',
    'dyn(record).constructor',
    "timestamp('2025-01-01T00:00:00Z').constructor",
    "b'abc'",
    'bytes(record.A)',
    '1u',
    'record.?A',
    '`record`',
    '(() => 1)()',
    'a = 1',
    'record.A++',
    'new Date()',
    'optional.of(record)',
  ])('%s reaches nothing of the host', (text) => {
    const result = outcome(text);
    expect([false, 'missing', 'failed']).toContainEqual(
      typeof result === 'string' && result.startsWith('definition/') ? 'failed' : result,
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('no text makes it hang, throw something else, or grow', () => {
    const atoms = [
      'record',
      'record.A',
      'record.L',
      'record.N',
      'record.Z',
      'x',
      '1',
      '2.5',
      "'t'",
      'null',
      'true',
      '[]',
      '{}',
    ];
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5, depthSize: 'medium' },
        fc.constantFrom(...atoms),
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/', '%', '==', '<', '&&', '||', 'in'), tie('tree'))
          .map((parts) => `(${parts.join(' ')})`),
        fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
        fc
          .tuple(fc.constantFrom('map', 'filter', 'all', 'exists', 'exists_one'), tie('tree'), tie('tree'))
          .map(([name, list, body]) => `${list}.${name}(x, ${body})`),
        fc
          .tuple(
            fc.constantFrom(
              'size',
              'lower',
              'string',
              'first',
              'sum',
              'unique',
              'digits',
              'sort',
              'date',
              'title',
              'isEmpty',
              'phone',
            ),
            tie('tree'),
          )
          .map(([name, arg]) => `${name}(${arg})`),
        fc
          .tuple(
            fc.constantFrom('join', 'split', 'default', 'add', 'multiply', 'contains', 'replace'),
            tie('tree'),
            tie('tree'),
          )
          .map(([name, a, b]) => `${name}(${a}, ${b})`),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `${a}[${b}]`),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `[${a}, ${b}]`),
      ),
    }));
    const start = performance.now();
    let slowest = 0;
    fc.assert(
      fc.property(tree, (text) => {
        const began = performance.now();
        const result = outcome(text);
        slowest = Math.max(slowest, performance.now() - began);
        return result === undefined ? false : JSON.stringify(result).length < 6_000_000;
      }),
      { numRuns: 3000 },
    );
    expect(slowest).toBeLessThan(500);
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => outcome(text) !== undefined),
      { numRuns: 1000 },
    );
  });
});
