import { describe, expect, test } from '@jest/globals';
import { Turnstile } from './turnstile.js';

describe('a turnstile', () => {
  test('lets so many through at a time, all others in their order', async () => {
    const turnstile = new Turnstile(2, 100);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 10 }, (_each, index) =>
        turnstile.through(async () => {
          inside += 1;
          most = Math.max(most, inside);
          order.push(index);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  test('sends people away when too many wait, and goes on after a failure', async () => {
    const turnstile = new Turnstile(1, 1);
    const failing = turnstile.through(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('no');
    });
    const waiting = turnstile.through(async () => 'in');
    await expect(turnstile.through(async () => 'never')).rejects.toMatchObject({ code: 'api/too_many_requests' });
    await expect(failing).rejects.toThrow('no');
    await expect(waiting).resolves.toBe('in');
    await expect(turnstile.through(async () => 'again')).resolves.toBe('again');
  });
});
