import { describe, expect, test } from '@jest/globals';
import { shortestIntervalOf } from './trigger-interval.js';

const minute = 60_000;

describe('how soon a trigger starts again', () => {
  test.each([
    ['* * * * *', minute],
    ['*/15 * * * *', 15 * minute],
    ['0 3 * * *', 1_440 * minute],
    ['0,5 3 * * *', 5 * minute],
    ['59 23 * * 1,2', 1_440 * minute],
    ['0 0,23 * * *', 60 * minute],
    ['0,59 0,5,6 * * *', minute],
  ])('%s', (cron, ms) => {
    expect(shortestIntervalOf({ kind: 'cron', cron, everyMs: null })).toBe(ms);
  });

  test('every says it itself, and by hand there is none', () => {
    expect(shortestIntervalOf({ kind: 'every', everyMs: 5_000 })).toBe(5_000);
    expect(shortestIntervalOf({ kind: 'manual', everyMs: null })).toBeNull();
    expect(shortestIntervalOf(null)).toBeNull();
  });
});
