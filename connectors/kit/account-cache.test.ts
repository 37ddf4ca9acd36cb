import { describe, expect, test } from '@jest/globals';
import { AccountCache } from './account-cache.js';

describe('what is known of an account', () => {
  test('is asked for once by all that run at the same time, and again after its life', async () => {
    let nowMs = 0;
    let asked = 0;
    const cache = new AccountCache(1_000, () => nowMs);
    const load = async () => ++asked;
    expect(await Promise.all([cache.get('a', 'fields', load), cache.get('a', 'fields', load)])).toEqual([1, 1]);
    nowMs = 999;
    expect(await cache.get('a', 'fields', load)).toBe(1);
    nowMs = 1_000;
    expect(await cache.get('a', 'fields', load)).toBe(2);
  });

  test('is apart for connections and names, and forgotten by connection', async () => {
    let asked = 0;
    const cache = new AccountCache(1_000, () => 0);
    const load = async () => ++asked;
    expect([await cache.get('a', 'x', load), await cache.get('a', 'y', load), await cache.get('b', 'x', load)]).toEqual(
      [1, 2, 3],
    );
    cache.forget('a');
    expect([await cache.get('a', 'x', load), await cache.get('b', 'x', load)]).toEqual([4, 3]);
  });

  test('does not keep what could not be loaded', async () => {
    const cache = new AccountCache(1_000, () => 0);
    await expect(cache.get('a', 'x', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cache.get('a', 'x', async () => 'up')).toBe('up');
  });
});
