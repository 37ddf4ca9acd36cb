import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from './field-changes.js';

describe('the fields of a change', () => {
  test('those that differ come first, what is the same is told as such', () => {
    const fields = fieldsOf({ operation: 'update', before: { a: '1', b: 'x' }, after: { a: '1', b: 'y' } });
    expect(fields).toEqual([
      { name: 'b', before: 'x', after: 'y', isChanged: true },
      { name: 'a', before: '1', after: '1', isChanged: false },
    ]);
  });

  test('of a new record everything is new, of a deleted one everything goes', () => {
    expect(fieldsOf({ operation: 'create', before: null, after: { a: null } })).toEqual([
      { name: 'a', before: null, after: null, isChanged: true },
    ]);
    expect(fieldsOf({ operation: 'delete', before: { a: 1 }, after: {} })).toEqual([
      { name: 'a', before: 1, after: null, isChanged: true },
    ]);
  });
});
