import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonValue, stableStringify } from '../../core/json.js';
import { parseText, spliceText, type TextPath } from './index.js';
import { valueAt } from './splice.js';

const text = `# A pipeline
pipeline: a-to-b   # id

flows:
  deals:            # the deals
    from: { stream: crm.deals, read: full }   # source
    steps:
      - where: "record.A == 'x'"   # only these
      - set:
          label: record.B
    map:
      name: TITLE
      note: |
        two
        lines
      # a comment of its own
      price: { from: SUM, as: decimal }
    to:
      stream: amo.leads
values:
  stages: { NEW: 1, WON: 142 }
`;

const edits: readonly (readonly [string, TextPath, JsonValue | undefined, string, string])[] = [
  ['replaces a plain value', ['flows', 'deals', 'map', 'name'], 'CAPTION', 'name: TITLE', 'name: CAPTION'],
  ['quotes what needs quotes', ['pipeline'], 'yes', 'pipeline: a-to-b   #', 'pipeline: "yes"   #'],
  [
    'replaces a value in quotes',
    ['flows', 'deals', 'steps', 0, 'where'],
    'true == true',
    `"record.A == 'x'"   #`,
    '"true == true"   #',
  ],
  [
    'replaces a block text',
    ['flows', 'deals', 'map', 'note'],
    'B',
    'note: |\n        two\n        lines\n',
    'note: B\n',
  ],
  ['replaces inside brackets', ['values', 'stages', 'WON'], 7, 'WON: 142', 'WON: 7'],
  ['adds inside brackets', ['values', 'stages', 'LOSE'], 143, 'WON: 142 }', 'WON: 142, LOSE: 143 }'],
  ['removes inside brackets', ['values', 'stages', 'NEW'], undefined, '{ NEW: 1, WON: 142 }', '{ WON: 142 }'],
  ['removes the last inside brackets', ['values', 'stages', 'WON'], undefined, '{ NEW: 1, WON: 142 }', '{ NEW: 1 }'],
  ['removes a line', ['flows', 'deals', 'map', 'name'], undefined, '      name: TITLE\n', ''],
  [
    'removes a step, not the comment beside it',
    ['flows', 'deals', 'steps', 0],
    undefined,
    `      - where: "record.A == 'x'"   # only these\n`,
    '      # only these\n',
  ],
  [
    'adds a field',
    ['flows', 'deals', 'map', 'email'],
    'EMAIL',
    'as: decimal }\n',
    'as: decimal }\n      email: EMAIL\n',
  ],
  [
    'adds a step',
    ['flows', 'deals', 'steps', 2],
    { where: 'true' },
    'label: record.B\n',
    'label: record.B\n      - where: "true"\n',
  ],
  [
    'adds a flow',
    ['flows', 'users'],
    { from: { stream: 'a.b' }, map: {} },
    'stream: amo.leads\n',
    'stream: amo.leads\n  users:\n    from: { stream: a.b }\n    map: {}\n',
  ],
  [
    'replaces a block by a map',
    ['flows', 'deals', 'to'],
    { stream: 'x.y' },
    'to:\n      stream: amo.leads\n',
    'to: { stream: x.y }\n',
  ],
];

describe('splices', () => {
  test.each(edits)('%s and keeps every other byte', (_name, path, value, before, after) => {
    const result = spliceText(text, path, value);
    expect(text).toContain(before);
    expect(result).toBe(text.replace(before, after));
  });

  test('keeps line ends as they are', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const result = spliceText(windows, ['flows', 'deals', 'map', 'email'], 'EMAIL');
    expect(result).toBe(windows.replace('as: decimal }\r\n', 'as: decimal }\r\n      email: EMAIL\r\n'));
  });

  test('refuses what leads nowhere', () => {
    const fails = (path: TextPath, value: JsonValue | undefined) => {
      try {
        spliceText(text, path, value);
        return null;
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(fails(['flows', 'nothing', 'here'], 1)).toBe('definition/invalid');
    expect(fails(['flows', 'deals', 'steps', 9], 1)).toBe('definition/invalid');
    expect(fails([], 1)).toBe('definition/invalid');
    expect(fails(['values', 'nothing'], undefined)).toBe('definition/invalid');
  });

  test('any value at any place either changes only that place or is refused', () => {
    const { tree } = parseText(text);
    const paths: TextPath[] = [];
    const visit = (value: unknown, path: TextPath): void => {
      if (path.length > 0) paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [name, member] of Object.entries(value))
        visit(member, [...path, Array.isArray(value) ? Number(name) : name]);
      paths.push([...path, Array.isArray(value) ? value.length : 'added']);
    };
    visit(tree?.value, []);
    const leaf = fc.oneof(fc.string(), fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), fc.constant(null));
    const names = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((name) => !['__proto__', 'constructor', 'prototype', '<<'].includes(name));
    const value = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 4 }),
      fc.dictionary(names, fc.oneof(leaf, fc.dictionary(names, leaf)), { maxKeys: 4 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, newValue) => {
        const plain = newValue === undefined ? undefined : (JSON.parse(JSON.stringify(newValue)) as JsonValue);
        let result: string;
        try {
          result = spliceText(text, path, plain);
        } catch (error) {
          return (error as { code?: unknown }).code === 'definition/invalid';
        }
        const after = parseText(result).tree;
        // Comments elsewhere are still there, and what was set can be read back: keys stand in the order of the house.
        const found = valueAt(after?.value, path) ?? null;
        return (
          result.startsWith('# A pipeline\n') &&
          (plain === undefined || stableStringify(found) === stableStringify(plain))
        );
      }),
      { numRuns: 400 },
    );
  });
});
