import { text } from './json.js';

/** An amount as whole minor units; null where there is none. */
export function minorUnits(value: unknown): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text(value));
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) throw new Error(`\`${text(value)}\` has parts of a minor unit.`);
  const units = Number(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`);
  return sign === '-' && units !== 0 ? -units : units;
}

/** A number without zeros that say nothing: `37.70` is `37.7`. */
export function decimal(value: unknown): string {
  const written = text(value);
  return /^-?\d+\.\d+$/.test(written) ? written.replace(/\.?0+$/, '') : written;
}

/** An instant in UTC, of ISO text or of seconds; null where there is none. */
export function instant(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const moment = new Date(typeof value === 'number' ? value * 1_000 : text(value));
  return moment.toISOString().replace('.000Z', 'Z');
}

/** The day whose midnight a moment is in a zone. Any other moment stays one, so that it is seen as different. */
export function dayOfMidnight(seconds: number, zone: string): string | null {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const [day = '', time = ''] = local.format(seconds * 1_000).split(' ');
  return time === '00:00:00' ? day : instant(seconds);
}

/** Takes the links out of a text. */
export function linksIn(written: string): { readonly links: string[]; readonly rest: string } {
  const links = [...written.matchAll(/https?:\/\/\S+/g)].map(([link]) => linkName(link));
  const rest = written.replace(/\s*https?:\/\/\S+/g, '').trim();
  return { links, rest };
}

/** Links to files of a Bitrix24 portal lead through its address of the day: what counts is the file. */
export function linkName(link: string): string {
  const token = /[?&]token=([^&]+)/.exec(link)?.[1];
  const [kind, id] = decodeURIComponent(token ?? '').split('|');
  return kind === 'file' && id !== undefined ? fileName(id) : link;
}

export const fileName = (id: string): string => `file ${id} of the portal`;
