import type { SwitchRule } from '../kit/settings.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The name of a time zone, as `datetime_settings` shows it. */
export const zoneName: SwitchRule = {
  expected: 'a time zone such as Europe/Moscow',
  accepts: (value) => {
    try {
      return typeof value === 'string' && formatOf(value) !== undefined;
    } catch {
      return false;
    }
  },
};

/** Seconds by which the clocks of a zone are ahead of UTC at a moment. */
export function offsetAt(zone: string, seconds: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(seconds * 1000)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - seconds;
}

/** The midnight that begins the day of a moment. */
export function midnightAt(zone: string, seconds: number): number {
  const local = seconds + offsetAt(zone, seconds);
  return fromLocal(zone, Math.floor(local / 86_400) * 86_400);
}

/** The moment at which the clocks of a zone show what `local` is in UTC. */
export function fromLocal(zone: string, local: number): number {
  const guess = local - offsetAt(zone, local);
  return local - offsetAt(zone, guess);
}

/** An offset as `+03:00`. */
export function offsetText(seconds: number): string {
  const minutes = Math.abs(seconds) / 60;
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...numeric,
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
