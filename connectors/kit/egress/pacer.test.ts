import { describe, expect, test } from '@jest/globals';
import type { RateLimit } from '../contract.js';
import { type Pacer, type PacerPriority, Pacing, type SlotSource } from './pacer.js';
import { Track } from './track.js';

const signal = new AbortController().signal;

/** The store's row, in memory: what two processes share. */
class Rows implements SlotSource {
  freeAt = 0;
  calls = 0;
  readonly pauses: number[] = [];

  async reserve(_key: string, count: number, intervalMs: number) {
    this.calls += 1;
    const nowMs = Date.now();
    const firstMs = Math.max(this.freeAt, nowMs);
    this.freeAt = firstMs + count * intervalMs;
    return { firstMs, nowMs };
  }

  async pause(_key: string, untilMs: number) {
    this.pauses.push(untilMs);
    this.freeAt = Math.max(this.freeAt, untilMs);
  }
}

const limit = (more: Partial<RateLimit> = {}): RateLimit => ({ key: 'k', requests: 50, perMs: 1_000, ...more });

async function inTurn(pacers: readonly Pacer[], names: readonly string[]): Promise<string[]> {
  const order: string[] = [];
  await Promise.all(
    pacers.map(async (pacer, index) => {
      const turn = await pacer.take(1, signal);
      order.push(names[index] as string);
      turn?.done();
    }),
  );
  return order;
}

describe('a vendor budget', () => {
  test('gives turns by urgency, then by arrival', async () => {
    const pacing = new Pacing(new Rows());
    const names = ['backfill', 'backfill', 'poll', 'webhook', 'poll', 'webhook'] as const;
    const order = await inTurn(
      names.map((priority: PacerPriority) => pacing.pacer([limit()], priority)),
      names,
    );
    // The first turn is being fetched for whoever is most urgent when it comes.
    expect(order).toEqual(['webhook', 'webhook', 'poll', 'poll', 'backfill', 'backfill']);
  });

  test.each([
    { requests: 7, perMs: 1_000, atLeastMs: 1_035, atMostMs: 1_040 },
    { requests: 50, perMs: 10_000, atLeastMs: 10_200, atMostMs: 10_250 },
  ])('spaces $requests requests per $perMs ms with room for what arrives early or late', (given) => {
    const { intervalMs } = new Track(limit(given), new Rows());
    expect(intervalMs * given.requests).toBeGreaterThanOrEqual(given.atLeastMs);
    expect(intervalMs * given.requests).toBeLessThanOrEqual(given.atMostMs);
  });

  test('is used by two processes without one turn twice', async () => {
    const rows = new Rows();
    const used: number[] = [];
    const processes = [0, 1].map(() => new Pacing(rows).pacer([limit()], 'poll'));
    const startMs = Date.now();
    await Promise.all(
      processes.flatMap((pacer) =>
        Array.from({ length: 12 }, async () => {
          await pacer.take(1, signal);
          used.push(Date.now());
        }),
      ),
    );
    expect(used).toHaveLength(24);
    // 24 turns of 20 ms: nobody can be through before the 23rd interval has passed.
    expect(Math.max(...used) - startMs).toBeGreaterThanOrEqual(23 * 20);
    expect(rows.calls).toBeLessThan(24);
  });

  test('sends those away whose turn is more than ten seconds off, and says when to come', async () => {
    const pacing = new Pacing(new Rows());
    const pacer = pacing.pacer([limit({ requests: 1, perMs: 60_000 })], 'poll');
    await pacer.take(1, signal);
    await expect(pacer.take(1, signal)).rejects.toMatchObject({
      code: 'vendor/rate_limited',
      kind: 'rate_limited',
      retryAfterMs: expect.any(Number),
      details: { wasSent: false },
    });
  });

  test('sends those away whose turn another process has pushed far off', async () => {
    const rows = new Rows();
    await new Pacing(rows).source.pause('k', Date.now() + 30_000);
    const failure = await new Pacing(rows)
      .pacer([limit()], 'webhook')
      .take(1, signal)
      .catch((error: unknown) => error);
    const { retryAfterMs } = failure as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(25_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_001);
  });

  test('is closed for all while the vendor refuses', async () => {
    const rows = new Rows();
    const pacing = new Pacing(rows);
    const [one, other] = [pacing.pacer([limit()], 'poll'), pacing.pacer([limit()], 'webhook')] as [Pacer, Pacer];
    await one.take(1, signal);
    const waiting = other.take(1, signal);
    const refusedMs = Date.now();
    one.refused(300);
    await waiting;
    expect(Date.now() - refusedMs).toBeGreaterThanOrEqual(299);
    expect(rows.pauses).toHaveLength(1);
    one.refused(60_000);
    await expect(other.take(1, signal)).rejects.toMatchObject({ code: 'vendor/rate_limited' });
    await expect(new Pacing(rows).pacer([limit()], 'poll').take(1, signal)).rejects.toMatchObject({
      code: 'vendor/rate_limited',
    });
  });

  test('moves the later turns on when a request leaves late, by one turn at most', async () => {
    const rows = new Rows();
    const pacer = new Pacing(rows).pacer([limit({ requests: 10, perMs: 1_000 })], 'poll');
    const [one, other] = [await pacer.take(1, signal), await pacer.take(1, signal)];
    const before = rows.freeAt;
    one?.left();
    expect(rows.freeAt - before).toBeGreaterThan(60);
    expect(rows.freeAt - before).toBeLessThanOrEqual(103);
    other?.left();
    const after = rows.freeAt;
    (await pacer.take(1, signal))?.left();
    // Its own turn, and what a busy machine makes it late itself: again one turn at most.
    expect(rows.freeAt - after).toBeLessThanOrEqual(205);
  });

  test('counts a request by its cost', async () => {
    const rows = new Rows();
    const pacer = new Pacing(rows).pacer([limit()], 'poll');
    const startMs = Date.now();
    await pacer.take(5, signal);
    await pacer.take(1, signal);
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(5 * 20 - 1);
  });

  test('lets no more requests be under way than the vendor takes', async () => {
    const pacer = new Pacing(new Rows()).pacer([limit({ requests: 1_000, concurrency: 2 })], 'poll');
    let isThird = false;
    const first = await pacer.take(1, signal);
    await pacer.take(1, signal);
    const third = pacer.take(1, signal).then(() => {
      isThird = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isThird).toBe(false);
    first?.done();
    await third;
  });

  test('forgets a waiter that is aborted', async () => {
    const pacer = new Pacing(new Rows()).pacer([limit({ requests: 1, perMs: 400 })], 'poll');
    await pacer.take(1, signal);
    const stop = new AbortController();
    const waiting = pacer.take(1, stop.signal);
    stop.abort(new Error('stopped by the test'));
    await expect(waiting).rejects.toThrow('stopped by the test');
    await expect(pacer.take(1, stop.signal)).rejects.toThrow('stopped by the test');
    await pacer.take(1, signal);
  });

  test('tells all who wait when the store is away', async () => {
    const away: SlotSource = { reserve: () => Promise.reject(new Error('away')), pause: async () => undefined };
    const pacer = new Pacing(away).pacer([limit()], 'poll');
    await expect(Promise.all([pacer.take(1, signal), pacer.take(1, signal)])).rejects.toThrow('away');
  });
});
