import { describe, expect, test } from '@jest/globals';
import { checkExpression } from './check.js';
import { compileExpression } from './expression.js';
import type { Example } from './functions/kinds.js';
import { functionGroups, functions, refusedFunctions, specialForms } from './functions/table.js';
import { openObject } from './types.js';

const declarations = [...functionGroups.flatMap((group) => group.functions), ...specialForms];
const examples: Example[] = declarations.flatMap((each) => [...each.examples]);

describe('the documented examples', () => {
  test.each(examples)('%s', (expression, value, record = {}) => {
    const { expression: compiled, problems } = compileExpression(expression);
    expect(problems).toEqual([]);
    expect(compiled?.evaluate({ record, names: {} })).toEqual(value);
    const scope = new Map([['record', openObject('the record')]]);
    expect(checkExpression(expression, scope).problems).toEqual([]);
  });

  test('every function has a sentence and at least two of them', () => {
    for (const { name, sentence, examples: own } of declarations) {
      expect([name, own.length]).toEqual([name, expect.any(Number)]);
      expect(own.length).toBeGreaterThanOrEqual(2);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('no name stands for two things', () => {
    const names = [...declarations.map((each) => each.name), ...refusedFunctions.keys()];
    expect(new Set(names).size).toBe(names.length);
  });

  test('null as the first value gives null, wherever a function does not take it', () => {
    for (const { name, parameters, takesNull } of functions.values()) {
      if (takesNull || name === 'rx') continue;
      const rest = parameters
        .slice(1)
        .filter((each) => !each.isOptional)
        .map((each) => (each.kind === 'number' ? '1' : "'x'"));
      const { expression } = compileExpression(`${name}(${['null', ...rest].join(', ')})`);
      expect([name, expression?.evaluate({ record: {}, names: {} })]).toEqual([name, null]);
    }
  });
});
