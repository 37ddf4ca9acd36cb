import { expect, test } from '@jest/globals';
import { transferLargeCsv } from './large-csv.js';

// The short form; `node --import tsx tests/examples/large-csv.ts` takes the full 340,000 rows.
test('a CSV of 40,000 rows and 19 columns becomes JSON Lines in bounded memory, every row once', async () => {
  const figures = await transferLargeCsv(40_000);
  expect([figures.lines, figures.isFaithful]).toEqual([40_000, true]);
  expect(figures.peakMb).toBeLessThanOrEqual(400);
}, 120_000);
