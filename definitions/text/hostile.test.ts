import { describe, expect, test } from '@jest/globals';
import { checkDefinition } from '../check/index.js';
import { testConnectors } from '../testing/connectors.js';

const bomb = (levels: number) => {
  let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  for (let level = 1; level < levels; level++) {
    const before = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
    text += `a${level}: &a${level} [${before}]\n`;
  }
  return text;
};

const hostile: readonly (readonly [name: string, text: string, code: string])[] = [
  ['a billion laughs', bomb(9), 'yaml_refused'],
  ['a quadratic bomb', `a: &a "${'x'.repeat(50_000)}"\nb: [${'*a, '.repeat(1000)}]\n`, 'yaml_refused'],
  ['an alias of itself', 'a: &a [*a]\n', 'yaml_refused'],
  ['a tag that makes objects', 'a: !!js/function "function () {}"\n', 'yaml_refused'],
  ['a tag by its address', 'a: !<tag:yaml.org,2002:binary> aGk=\n', 'yaml_refused'],
  ['a directive', '%TAG ! tag:example.com,2000:\n---\na: 1\n', 'yaml_refused'],
  ['a merge key', 'a: { <<: { b: 1 } }\n', 'yaml_refused'],
  ['a map as a key', '? { a: 1 }\n: b\n', 'yaml_refused'],
  ['deep brackets', `a: ${'['.repeat(100_000)}`, 'too_deep'],
  ['deep braces', `a: ${'{ a: '.repeat(50_000)}`, 'too_deep'],
  ['closed deep brackets', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`, 'too_deep'],
  ['deep dashes', `${'- '.repeat(20_000)}x`, 'too_deep'],
  ['deep indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'too_deep'],
  ['deep question marks', `${'? '.repeat(50_000)}x`, 'too_deep'],
  ['many values', `a: [${'1, '.repeat(60_000)}]\n`, 'too_many_nodes'],
  ['many keys', Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'), 'too_many_nodes'],
  ['many empty members', '- \n'.repeat(60_000), 'too_many_nodes'],
  ['many quotes', `a: [${'"", '.repeat(60_000)}]\n`, 'too_many_nodes'],
  ['too much text', `a: "${'x'.repeat(300_000)}"`, 'too_large'],
  ['too much text in other letters', `a: "${'ż'.repeat(140_000)}"`, 'too_large'],
  ['a quote that never ends', `a: "${'x\\n'.repeat(60_000)}`, 'yaml_syntax'],
  ['a long line of colons', `a${': '.repeat(100_000)}`, 'too_deep'],
  ['tabs', `a:\n${'\t'.repeat(100_000)}b: 1\n`, 'yaml_syntax'],
  ['many documents', '---\na\n'.repeat(30_000), 'too_many_nodes'],
  ['a polluting name', '"__proto__": { polluted: true }\n', 'refused_name'],
  ['a polluting name in brackets', 'a: { constructor: { prototype: { polluted: true } } }\n', 'refused_name'],
];

describe('hostile text', () => {
  test.each(hostile)('%s is refused at once, with its place', (_name, text, code) => {
    const start = performance.now();
    const { plan, problems } = checkDefinition(text, { file: 'x.yaml', connectors: testConnectors });
    const elapsed = performance.now() - start;
    expect(plan).toBeNull();
    expect(problems[0]?.code).toBe(`definition/${code}`);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(1);
    expect(problems[0]?.column).toBeGreaterThanOrEqual(1);
    expect(problems.length).toBeLessThan(60);
    // Ten times the promise: a machine under load must not fail it, a bomb must.
    expect(elapsed).toBeLessThan(1000);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
