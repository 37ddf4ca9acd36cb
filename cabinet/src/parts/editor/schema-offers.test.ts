import { describe, expect, test } from '@jest/globals';
import { pipelineJsonSchema } from '../../../../definitions/schema/json-schema.js';
import { type OfferSchema, schemaOffersAt } from './schema-offers.js';
import { placeAt } from './text-place.js';

const schema = pipelineJsonSchema() as OfferSchema;

/** What is offered at the bar of a text. */
function offered(text: string): readonly string[] {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  const place = placeAt(text.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0);
  return schemaOffersAt(schema, place).map(({ name }) => name);
}

describe('completion out of the grammar', () => {
  test.each([
    ['|', 'trigger'],
    ['flows:\n  deals:\n    |', 'steps'],
    ['flows:\n  deals:\n    from: { stream: a.b, |', 'read'],
    ['flows:\n  deals:\n    from: { stream: a.b, read: |', 'incremental'],
    ['flows:\n  deals:\n    steps:\n      - |', 'lookup'],
    ['flows:\n  deals:\n    steps:\n      - lookup: { |', 'on_missing'],
    ['flows:\n  deals:\n    map:\n      name: { |', 'expr'],
    ['flows:\n  deals:\n    map:\n      name: { from: A, as: |', 'money'],
    ['flows:\n  deals:\n    to:\n      - name: a\n        |', 'match_on'],
    ['trigger: { |', 'webhook'],
    ['trigger: |', 'manual'],
    ['errors:\n  drift: |', 'pause'],
  ])('%j offers %s', (text, name) => {
    expect(offered(text)).toContain(name);
  });

  test('tells what each is for', () => {
    const [offer] = schemaOffersAt(schema, placeAt(['errors:', '  '], 1, 2));
    expect(offer).toMatchObject({ name: 'rejected', kind: 'key' });
    expect(offer?.description).not.toBe('');
  });
});
