import { Temporal } from 'temporal-polyfill';
import { fail } from './meter.js';

/** Dates and moments as text: `2025-03-01`, and `2025-03-01T10:00:00+01:00` with a `Z` or an offset. */

const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:\s?(Z|[+-]\d{2}(?::?\d{2})?))?)?$/;

interface Written {
  readonly date: string;
  /** `10:00:00` with its fraction; null for a date alone. */
  readonly time: string | null;
  /** `Z` or `+01:00`; null where none is written. */
  readonly offset: string | null;
}

/** The parts of ISO text; null where it is not one or the day does not exist. */
function readIso(text: string): Written | null {
  if (text.length < 10 || text.length > 40) return null;
  const parts = isoForm.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = '', hour, minute, second = '00', fraction = '', offset] = parts;
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return { date, time: null, offset: null };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const written = offset === undefined ? null : wholeOffset(offset);
  if (offset !== undefined && written === null) return null;
  return { date, time: `${hour}:${minute}:${second}${fraction}`, offset: written };
}

/** `+0100` and `+01` as `+01:00`; null for more than 18 hours. */
function wholeOffset(offset: string): string | null {
  if (offset === 'Z') return offset;
  const hours = offset.slice(1, 3);
  const minutes = offset.length > 3 ? offset.slice(-2) : '00';
  return Number(hours) > 18 || Number(minutes) > 59 ? null : `${offset[0]}${hours}:${minutes}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12) || day < 1) return false;
  return (
    day <=
    (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
  );
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function readDate(text: string): string | null {
  if (isPlainIso(text)) return text.length === 10 ? text : text.slice(0, 10);
  return readIso(text)?.date ?? null;
}

/**
 * The forms nearly all records have, told without a pattern since this runs for every record: a date, alone or with
 * `T10:00:00` and then nothing, `Z` or `+01:00`.
 */
function isPlainIso(text: string): boolean {
  const { length } = text;
  if (length !== 10 && length !== 20 && length !== 25 && length !== 19) return false;
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return false;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const day = twoDigits(text, 8);
  // NaN, which a character that is no digit makes, fails every comparison.
  if (!(year >= 0 && day >= 1 && isDay(year, twoDigits(text, 5), day))) return false;
  if (length === 10) return true;
  if (text.charCodeAt(10) !== letterT || text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return false;
  if (!(twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60)) return false;
  if (length === 19) return true;
  const sign = text.charCodeAt(19);
  if (length === 20) return sign === letterZ;
  if ((sign !== plus && sign !== dash) || text.charCodeAt(22) !== colon) return false;
  return twoDigits(text, 20) <= 18 && twoDigits(text, 23) < 60;
}

const dash = 45;
const colon = 58;
const plus = 43;
const letterT = 84;
const letterZ = 90;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** ISO text with its offset; the zone stands in where none is written. */
export function readDateTime(text: string, zone: string | null): string | null {
  if (text.length > 19 && isPlainIso(text)) return text;
  const written = readIso(text);
  if (!written) return null;
  if (written.offset !== null) return `${written.date}T${written.time}${written.offset}`;
  return zone === null ? null : inZoneLocal(`${written.date}T${written.time ?? '00:00:00'}`, zone);
}

/** A local time of a zone; a time that a clock change skips or repeats is taken as the zone's rules say. */
function inZoneLocal(local: string, zone: string): string {
  return guarded(() => written(Temporal.PlainDateTime.from(local).toZonedDateTime(zone)));
}

function written(moment: Temporal.ZonedDateTime): string {
  const text = moment.toString({ timeZoneName: 'never', calendarName: 'never' });
  return moment.timeZoneId === 'UTC' ? text.replace('+00:00', 'Z') : text;
}

const tokens = /yyyy|yy|MM|dd|HH|mm|ss/g;

/** Reads text by a format; with a zone the result is a moment, without one a local date and time. */
export function readWithFormat(text: string, format: string, zone: string | null): string | null {
  const found: Record<string, string> = {};
  let at = 0;
  let last = 0;
  for (const token of format.matchAll(tokens)) {
    const between = format.slice(last, token.index);
    const digits = text.slice(at + between.length, at + between.length + token[0].length);
    if (text.slice(at, at + between.length) !== between || !/^\d+$/.test(digits)) return null;
    if (digits.length !== token[0].length) return null;
    found[token[0]] = digits;
    at += between.length + digits.length;
    last = token.index + token[0].length;
  }
  if (text.slice(at) !== format.slice(last)) return null;
  const year = found.yyyy ?? (found.yy === undefined ? null : `20${found.yy}`);
  if (year === null || found.MM === undefined || found.dd === undefined) return null;
  const local = `${year}-${found.MM}-${found.dd}T${found.HH ?? '00'}:${found.mm ?? '00'}:${found.ss ?? '00'}`;
  if (!readIso(local)) return null;
  return zone === null ? local : inZoneLocal(local, zone);
}

export function formatMoment(text: string, format: string): string | null {
  const parts = readIso(text);
  if (!parts) return null;
  const time = parts.time ?? '00:00:00';
  const values: Record<string, string> = {
    yyyy: parts.date.slice(0, 4),
    yy: parts.date.slice(2, 4),
    MM: parts.date.slice(5, 7),
    dd: parts.date.slice(8, 10),
    HH: time.slice(0, 2),
    mm: time.slice(3, 5),
    ss: time.slice(6, 8),
  };
  return format.replace(tokens, (token) => values[token] ?? token);
}

const units = ['days', 'weeks', 'months', 'years', 'hours', 'minutes', 'seconds'] as const;
type Unit = (typeof units)[number];

function unitOf(text: string): Unit {
  const unit = units.find((each) => each === text || each === `${text}s`);
  return unit ?? fail(`the unit must be one of ${units.join(', ')}`);
}

const isDateUnit = (unit: Unit) => unit === 'days' || unit === 'weeks' || unit === 'months' || unit === 'years';

export function addTo(text: string, amount: number, unitText: string): string {
  const unit = unitOf(unitText);
  const parts = readIso(text) ?? fail('the text is not a date or date and time');
  return guarded(() => {
    if (parts.time === null) {
      if (!isDateUnit(unit)) return fail('a date without time takes days, weeks, months or years');
      return Temporal.PlainDate.from(parts.date)
        .add({ [unit]: amount })
        .toString();
    }
    const local = Temporal.PlainDateTime.from(`${parts.date}T${parts.time}`).add({ [unit]: amount });
    return `${localText(local)}${parts.offset ?? ''}`;
  });
}

function localText(local: Temporal.PlainDateTime): string {
  const text = local.toString();
  return text.length === 16 ? `${text}:00` : text;
}

export function between(from: string, to: string, unitText: string): bigint {
  const unit = unitOf(unitText);
  const start = readIso(from) ?? fail('the first text is not a date or date and time');
  const end = readIso(to) ?? fail('the second text is not a date or date and time');
  return guarded(() => {
    if (start.time === null && end.time === null && isDateUnit(unit)) {
      const span = Temporal.PlainDate.from(start.date).until(end.date, { largestUnit: unit });
      return BigInt(span[unit]);
    }
    if ((start.offset === null) !== (end.offset === null)) return fail('one of the two has no offset; use `datetime`');
    const span = zoned(start).until(zoned(end), { largestUnit: unit });
    return BigInt(span[unit]);
  });
}

function zoned(parts: Written): Temporal.ZonedDateTime {
  const offset = parts.offset ?? 'Z';
  return Temporal.Instant.from(`${parts.date}T${parts.time ?? '00:00:00'}${offset}`).toZonedDateTimeISO('UTC');
}

export function inZone(text: string, zone: string): string {
  const parts = readIso(text);
  if (!parts || parts.offset === null) return fail('the text is not a date and time with an offset');
  return guarded(() => written(zoned(parts).withTimeZone(zone)));
}

export function fromUnix(seconds: number): string {
  return guarded(() => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString());
}

export function toUnix(text: string): bigint {
  const parts = readIso(text);
  if (!parts || parts.offset === null) return fail('the text is not a date and time with an offset');
  return BigInt(Math.floor(zoned(parts).epochMilliseconds / 1000));
}

/** Whether a time zone exists. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'ExpressionError')
      throw error;
    return fail('the date, time or zone does not exist');
  }
}
