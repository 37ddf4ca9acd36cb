import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { failureCodes } from './failures.js';

describe('the table of failure codes', () => {
  test('is the table of docs/errors.md, code by code and kind by kind', () => {
    const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'errors.md'), 'utf8');
    const documented = [...text.matchAll(/^\| `([a-z_]+\/[a-z_]+)` \| `([a-z_]+)` \| (.+) \| (.+) \|$/gm)];
    expect(documented.map(([, code, kind]) => [code, kind])).toEqual(Object.entries(failureCodes));
    for (const [, , , what, hint] of documented) expect(`${what}${hint}`).toMatch(/^[A-Z].*[.].*[.]$/);
  });

  test('stands in order within each area', () => {
    const codes = Object.keys(failureCodes);
    const areas = [...new Set(codes.map((code) => code.split('/')[0]))];
    for (const area of areas) {
      const own = codes.filter((code) => code.startsWith(`${area}/`));
      expect(own).toEqual([...own].sort());
    }
  });
});
