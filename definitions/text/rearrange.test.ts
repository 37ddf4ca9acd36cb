import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moveMember, renameKey } from './rearrange.js';
import { parseText } from './tree.js';

const text = `flows:
  deals:            # the deals
    steps:
      # first of all
      - where: "record.A == 'x'"   # only these
      - set:
          label: record.B
      # the rest

      - split: { path: LINES, as: line }   # each line
    map: { name: TITLE }
`;

const labels = 'to: [amo.leads, amo.contacts, amo.companies]   # three\n';

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('rearranging', () => {
  test('a key gets another name and keeps its place, its value and its comment', () => {
    expect(renameKey(text, ['flows', 'deals'], 'leads')).toBe(text.replace('  deals: ', '  leads: '));
    expect(renameKey(text, ['flows', 'deals', 'map', 'name'], 'custom.a b')).toContain('{ custom.a b: TITLE }');
    expect(codeOf(() => renameKey(text, ['flows', 'none'], 'x'))).toBe('definition/invalid');
    expect(codeOf(() => renameKey(text, ['flows', 'deals', 'steps'], 'map'))).toBe('definition/invalid');
  });

  test('a step moves with the comments above and beside it', () => {
    const moved = moveMember(text, ['flows', 'deals', 'steps'], 0, 2);
    expect(moved).toBe(`flows:
  deals:            # the deals
    steps:
      - set:
          label: record.B
      # the rest

      - split: { path: LINES, as: line }   # each line
      # first of all
      - where: "record.A == 'x'"   # only these
    map: { name: TITLE }
`);
    expect(moveMember(moved, ['flows', 'deals', 'steps'], 2, 0)).toBe(text);
  });

  test('inside brackets the values change places', () => {
    expect(moveMember(labels, ['to'], 2, 0)).toBe('to: [amo.companies, amo.leads, amo.contacts]   # three\n');
  });

  test('a last line without an end gets none', () => {
    expect(moveMember('a:\n  - 1\n  - 2 # two', ['a'], 0, 1)).toBe('a:\n  - 2 # two\n  - 1');
  });

  test('any sequence of moves keeps every line', () => {
    const sorted = (of: string): string[] => of.split('\n').sort();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 8 }), (moves) => {
        let at = text;
        for (const [from, to] of moves) at = moveMember(at, ['flows', 'deals', 'steps'], from, to);
        expect(sorted(at)).toEqual(sorted(text));
        expect(parseText(at).problems).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
