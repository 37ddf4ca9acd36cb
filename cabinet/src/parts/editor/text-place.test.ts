import { describe, expect, test } from '@jest/globals';
import { placeAt } from './text-place.js';

/** The place of the bar in a text. */
function at(text: string) {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  const lines = text.replace('|', '').split('\n');
  const { path, isKey, word } = placeAt(lines, before.length - 1, before.at(-1)?.length ?? 0);
  return [path.join('/'), isKey ? 'key' : 'value', word];
}

describe('the place of a caret', () => {
  test.each([
    ['flows:\n  deals:\n    from: { stream: crm.|', 'flows/deals/from/stream', 'value', 'crm.'],
    ['flows:\n  deals:\n    from:\n      stream: |', 'flows/deals/from/stream', 'value', ''],
    ['flows:\n  deals:\n    from: { stream: a.b, re|', 'flows/deals/from', 'key', 're'],
    ['flows:\n  deals:\n    map:\n      # fields\n      name: TITLE\n      pr|', 'flows/deals/map', 'key', 'pr'],
    ['flows:\n  deals:\n    map:\n      name: TI|\n', 'flows/deals/map/name', 'value', 'TI'],
    ['flows:\n  deals:\n    map:\n      name: { from: "A|', 'flows/deals/map/name/from', 'value', 'A'],
    ['flows:\n  deals:\n    steps:\n      - where: "record.|', 'flows/deals/steps/[]/where', 'value', 'record.'],
    ['flows:\n  deals:\n    steps:\n    - lookup: { from: crm.|', 'flows/deals/steps/[]/lookup/from', 'value', 'crm.'],
    ['flows:\n  deals:\n    steps:\n      - set:\n          a: b|', 'flows/deals/steps/[]/set/a', 'value', 'b'],
    ['flows:\n  deals:\n    to:\n      - name: a\n        stream: amo|', 'flows/deals/to/[]/stream', 'value', 'amo'],
    ['flows:\n  deals:\n    to: { stream: a.b, match_on: [na|', 'flows/deals/to/match_on/[]', 'value', 'na'],
    ['connections: { crm: { connector: |', 'connections/crm/connector', 'value', ''],
    ['flows:\n  a: {}\n|', '', 'key', ''],
  ])('%j', (text, path, kind, word) => {
    expect(at(text)).toEqual([path, kind, word]);
  });
});
