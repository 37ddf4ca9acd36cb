import { afterEach, describe, expect, test } from '@jest/globals';
import { SandboxClock } from './clock.js';
import { parseRate, RollingWindow } from './limits.js';

const clocks: SandboxClock[] = [];
function stoppedClock(): SandboxClock {
  const clock = new SandboxClock(1_000_000);
  clock.setSpeed(0);
  clocks.push(clock);
  return clock;
}

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

describe('the sandbox clock', () => {
  test('stands still at speed 0 and jumps when it is advanced', () => {
    const clock = stoppedClock();
    const before = clock.now();
    clock.advance(5000);
    expect(clock.now() - before).toBe(5000);
  });

  test('fires due timers in order, also those that a timer makes', () => {
    const clock = stoppedClock();
    const fired: string[] = [];
    clock.after(300, () => fired.push('late'));
    clock.after(100, () => {
      fired.push('early');
      clock.after(-1, () => fired.push('at once'));
    });
    const cancel = clock.after(50, () => fired.push('cancelled'));
    cancel();
    clock.advance(200);
    expect(fired).toEqual(['early', 'at once']);
    clock.advance(200);
    expect(fired).toEqual(['early', 'at once', 'late']);
  });

  test('runs faster than real time when it is told to', async () => {
    const clock = new SandboxClock();
    clocks.push(clock);
    clock.setSpeed(100_000);
    await clock.sleep(3_600_000);
    expect(clock.speed).toBe(100_000);
  });
});

describe('a rolling window', () => {
  test('takes as many requests as allowed and tells how long to wait for the next', () => {
    const clock = stoppedClock();
    const window = new RollingWindow({ requests: 2, perSeconds: 1 }, clock);
    expect(window.take()).toBe(0);
    clock.advance(400);
    expect(window.take()).toBe(0);
    expect(window.take()).toBe(600);
    clock.advance(600);
    expect(window.take()).toBe(0);
    expect(window.take()).toBe(400);
  });

  test('never lets more than the allowance into any window, whatever the rhythm', () => {
    const clock = stoppedClock();
    const window = new RollingWindow({ requests: 7, perSeconds: 1 }, clock);
    const taken: number[] = [];
    for (let step = 0; step < 3000; step += 1) {
      clock.advance((step * 37) % 61);
      if (window.take() === 0) taken.push(clock.now());
    }
    for (let index = 7; index < taken.length; index += 1) {
      expect((taken[index] ?? 0) - (taken[index - 7] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  });

  test('is written as requests / seconds', () => {
    expect(parseRate('7/1')).toEqual({ requests: 7, perSeconds: 1 });
    expect(parseRate('0/1')).toBeUndefined();
    expect(parseRate('7')).toBeUndefined();
    expect(parseRate('a/b')).toBeUndefined();
  });
});
