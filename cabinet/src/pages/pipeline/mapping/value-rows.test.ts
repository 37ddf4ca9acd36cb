import { describe, expect, test } from '@jest/globals';
import { modelOf } from './model.js';
import { entriesOf, recordValues, seenValues, suggestValues, usesOfTable } from './value-rows.js';

describe('values of a table', () => {
  test('a table is found in the fields that use it', () => {
    const model = modelOf(
      'flows: { deals: { map: { stage: { from: stage, values: stages } }, to: { stream: a.b } } }\nvalues: { stages: { NEW: 1 } }',
    );
    expect(model && usesOfTable(model, 'stages')).toEqual([{ flow: 'deals', target: null, field: 'stage' }]);
    expect(entriesOf(model?.tables.get('stages')).get('NEW')).toBe(1);
  });

  test('of a table that is built from two streams, its own pairs are shown', () => {
    expect([...entriesOf({ from: 'a.users', to: 'b.users', match: 'email', also: { '7': '12' } })]).toEqual([
      ['7', '12'],
    ]);
  });

  test('different values of records are choices, also out of lists and deep inside', () => {
    const record = (value: unknown) => ({ key: '1', record: { a: { b: value } } });
    expect(seenValues([record('x'), record(['y', 'x']), record(null)], 'a.b').map((each) => each.value)).toEqual([
      'x',
      'y',
    ]);
  });

  test('records are shown by their names', () => {
    expect(recordValues([{ key: '7', record: { id: '7', NAME: 'Anna' } }])).toEqual([{ value: '7', title: 'Anna' }]);
  });

  test('pairs are suggested by name whatever its case, and never for what has a pair', () => {
    const [sources, targets] = [
      [
        { value: 'NEW', title: 'New deal' },
        { value: 'WON', title: 'Won' },
        { value: 'X', title: 'X' },
      ],
      [
        { value: '1', title: 'new deal' },
        { value: '142', title: 'won' },
      ],
    ];
    const found = suggestValues(sources, targets, new Map([['WON', '142']]));
    expect([...found].map(([key, target]) => [key, target.value])).toEqual([['NEW', '1']]);
  });
});
