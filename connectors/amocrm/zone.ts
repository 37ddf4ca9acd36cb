const formats = new Map<string, Intl.DateTimeFormat>();

/** The day that an instant (seconds since 1970) falls on in a zone, as `YYYY-MM-DD`. */
export function dayIn(zone: string, seconds: number): string {
  const { year, month, day } = partsIn(zone, seconds * 1_000);
  return `${String(year).padStart(4, '0')}-${month}-${day}`;
}

/** The first instant of a day in a zone, as the vendor writes it: `2025-03-01T00:00:00+03:00`. */
export function midnightIn(zone: string, day: string): string | null {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(wanted)) return null;
  if (new Date(wanted).toISOString().slice(0, 10) !== day) return null;
  // The offset at the day's beginning is not known before the beginning is; the second look settles it.
  let offsetMs = offsetAt(zone, wanted);
  offsetMs = offsetAt(zone, wanted - offsetMs);
  // Offsets of long ago had seconds, which this form cannot say: a little later is still the same day.
  const minutes = Math.floor(offsetMs / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${day}T00:00:00${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
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
