const formats = new Map<string, Intl.DateTimeFormat>();

const hour = 3_600;

/**
 * The day that a date field means, as `YYYY-MM-DD`. Its seconds stand for a midnight in the account's zone; summer time
 * and the offsets of long ago may have moved it by up to an hour.
 */
export function dayIn(zone: string, seconds: number): string {
  const { year, month, day } = partsIn(zone, (seconds + hour) * 1_000);
  return `${String(year).padStart(4, '0')}-${month}-${day}`;
}

/** The day that an instant (milliseconds since 1970) falls on in a zone. */
export function dayAt(zone: string, ms: number): string {
  return dayIn(zone, ms / 1_000 - hour);
}

/**
 * A day as the vendor takes it: `2025-03-01T12:00:00+03:00`. Noon means the same day whichever offset the vendor counts
 * with. Null where there is no such day.
 */
export function noonIn(zone: string, day: string): string | null {
  const wanted = Date.parse(`${day}T12:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(wanted)) return null;
  if (new Date(wanted).toISOString().slice(0, 10) !== day) return null;
  // Offsets of long ago had seconds, which this form cannot say.
  const minutes = Math.round(offsetAt(zone, wanted) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${day}T12:00:00${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** Seconds since 1970 as ISO text in UTC. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}

function offsetAt(zone: string, ms: number): number {
  const { year, month, day, hour, minute, second } = partsIn(zone, ms);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(month) - 1, Number(day));
  local.setUTCHours(Number(hour) % 24, Number(minute), Number(second), 0);
  return local.getTime() - Math.floor(ms / 1_000) * 1_000;
}

function partsIn(zone: string, ms: number) {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = value;
  const { year = '1970', month = '01', day = '01', hour = '00', minute = '00', second = '00', era } = parts;
  return { year: era === 'BC' ? 1 - Number(year) : Number(year), month, day, hour, minute, second };
}

/** An unknown zone counts as UTC. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const make = (timeZone: string) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  let format: Intl.DateTimeFormat;
  try {
    format = make(zone);
  } catch {
    format = make('UTC');
  }
  formats.set(zone, format);
  return format;
}
