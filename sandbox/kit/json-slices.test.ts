import { describe, expect, test } from '@jest/globals';
import { sliceList } from './json-slices.js';

const cut = (text: string) => sliceList(Buffer.from(text), 'items');

describe('cutting a list out of a body', () => {
  test('gives the bytes of every object and the rest of the body', () => {
    const parts = ['{"a":"]}\\"{"}', '{ "b" : [1,{"c":"Щ"}] }', '{}'];
    const cutBody = cut(
      `{"mode":"items","nested":{"items":[{"no":1}]}, "items" : [ ${parts.join(' ,\n')} ],"match":["x"]}`,
    );
    expect(cutBody?.parts.map(String)).toEqual(parts);
    expect(cutBody?.envelope).toEqual({ mode: 'items', nested: { items: [{ no: 1 }] }, items: [], match: ['x'] });
  });

  test('takes an empty list', () => {
    expect(cut('{"items":[]}')).toEqual({ envelope: { items: [] }, parts: [] });
  });

  test.each([
    '',
    '{',
    '{"items":[{]}',
    '{"items":[{}{}]}',
    '{"items":[{},]}',
    '{"items":[1]}',
    '{"items":{}}',
    '[]',
    '{"items":[{}',
  ])('leaves %j to a real parser', (text) => {
    expect(cut(text)).toBeUndefined();
  });
});
