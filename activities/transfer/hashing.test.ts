import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonObject, stableStringify } from '../../core/json.js';
import { contentHashOf } from './hashing.js';

/** Few names and values, so that two draws are often nearly the same. */
const leaf = fc.oneof(
  fc.constantFrom<string | number | boolean | null>('', 'a', '1', '["a"]', '[]', '{}', 'null', 1, 0, true, null),
  fc.string({ maxLength: 3 }),
);
const nested = fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b'), leaf));
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'ab', '1', '"'), nested, { maxKeys: 3 });

describe('the hash of a content', () => {
  test('is the same for the same fields in any order, and another one for all else', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const isSame = stableStringify(one) === stableStringify(other);
        expect(contentHashOf(one) === contentHashOf(other)).toBe(isSame);
        expect(contentHashOf(Object.fromEntries(Object.entries(one).reverse()))).toBe(contentHashOf(one));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is 32 hex digits, and leaves out what is not there', () => {
    expect(contentHashOf({})).toMatch(/^[0-9a-f]{32}$/);
    const withGap = { a: 1, b: undefined } as unknown as JsonObject;
    expect(contentHashOf(withGap)).toBe(contentHashOf({ a: 1 }));
  });
});
