import { valuesAt } from '../kit/json.js';
import type { CrmStream } from './store.js';
import type { RestCrmSettings } from './switches.js';

/** Where a searched field really stands: the main e-mail is also one of the e-mails. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'emails.value'],
  phone: ['phone', 'phones.value'],
};

/** True when `path` names a field of the stream that can be searched: `email`, `custom.nip`, `address.city`. */
export function isSearchable(stream: CrmStream, path: string): boolean {
  const [head = '', part, more] = path.split('.');
  const field = stream.fields.get(head);
  if (field === undefined || more !== undefined) return false;
  if (part === undefined) return field.type !== 'object' && field.type !== 'list';
  if (head === 'custom') return stream.customFields.has(part);
  return field.fields?.some((candidate) => candidate.name === part) ?? false;
}

/** Living rows whose field holds exactly this value, in order of id. */
export function rowsWith(stream: CrmStream, path: string, value: string, settings: RestCrmSettings): number[] {
  const places = PLACES[path] ?? [path];
  const rows = new Set(places.flatMap((place) => [...stream.table.withValue(place, value)]));
  const hits = [...rows].sort((one, other) => one - other);
  if (settings.case === 'insensitive') return hits;
  return hits.filter((row) => {
    const record = stream.table.record(row);
    return places.some((place) => valuesAt(record, place.split('.')).includes(value));
  });
}
