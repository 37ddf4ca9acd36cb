import { describe, expect, test } from '@jest/globals';
import { SharedTurns } from './shared-turns.js';

describe('shared turns', () => {
  test('what comes while others are worked on is taken together, and everybody gets their own answer', async () => {
    const turns: number[][] = [];
    const doubled = new SharedTurns<number, number>(async (items) => {
      turns.push([...items]);
      await Promise.resolve();
      return items.map((item) => item * 2);
    }, 3);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((item) => doubled.take('a', item)));
    expect(answers).toEqual([2, 4, 6, 8, 10]);
    expect(turns).toEqual([[1], [2, 3, 4], [5]]);
    expect(await doubled.take('a', 6)).toBe(12);
  });

  test('keys do not wait for each other', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const turns = new SharedTurns<string, string>(async (items) => {
      if (items.includes('slow')) await held;
      return items;
    }, 10);
    const slow = turns.take('a', 'slow');
    expect(await turns.take('b', 'fast')).toBe('fast');
    release();
    expect(await slow).toBe('slow');
  });

  test('one bad item fails alone', async () => {
    const turns = new SharedTurns<number, number>(async (items) => {
      if (items.includes(3)) throw new RangeError('three');
      return items;
    }, 10);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => turns.take('a', item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await turns.take('a', 5)).toBe(5);
  });
});
