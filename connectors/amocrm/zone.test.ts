import { describe, expect, test } from '@jest/globals';
import { dayAt, dayIn, isoOf, noonIn } from './zone.js';

describe('days in the zone of an account', () => {
  const zones = ['Europe/Moscow', 'Europe/Warsaw', 'UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'];
  const days = ['1899-12-31', '1924-02-29', '1985-07-01', '2012-01-15', '2025-03-30', '2025-10-26', '2026-12-31'];

  test.each(zones.flatMap((zone) => days.map((day) => [zone, day] as const)))('of %s come back: %s', (zone, day) => {
    const seconds = Date.parse(noonIn(zone, day) ?? '') / 1_000;
    expect(dayIn(zone, seconds)).toBe(day);
    // A vendor that keeps the midnight of that day, by an offset that is off by an hour.
    for (const shift of [-11, -12]) expect(dayIn(zone, seconds + shift * 3_600)).toBe(day);
    const isChange = ['2025-03-30', '2025-10-26', '1899-12-31'].includes(day);
    if (!isChange) expect(dayIn(zone, seconds - 13 * 3_600)).toBe(day);
  });

  test('that do not exist are none', () => {
    for (const day of ['2025-02-29', '2025-13-01', '1.3.2025', '']) expect(noonIn('UTC', day)).toBeNull();
  });

  test('count by the zone, and by UTC where the zone is not known', () => {
    expect(dayAt('Europe/Moscow', Date.parse('2025-02-28T22:00:00Z'))).toBe('2025-03-01');
    expect(dayAt('Mars/Olympus', Date.parse('2025-02-28T22:00:00Z'))).toBe('2025-02-28');
    expect(isoOf(1_740_780_000)).toBe('2025-02-28T22:00:00Z');
  });
});
