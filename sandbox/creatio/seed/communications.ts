import { flatColumns } from '../writing/communications.js';
import type { Planter } from './planter.js';

/** How someone can be reached. */
interface Reached {
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly web?: string;
}

/** Rows of communications that fit the flat columns of their owner: the first of each type is the primary one. */
export function seedCommunications(planter: Planter, owner: 'Contact' | 'Account', id: string, reached: Reached): void {
  const types = flatColumns[owner];
  const email = flatColumns.Contact.Email ?? '';
  const phoneTypes = owner === 'Contact' ? [types.MobilePhone, types.Phone] : [types.Phone];
  const rows: [string | undefined, string][] = [
    ...reached.phones.map((phone, index): [string | undefined, string] => [phoneTypes[index] ?? phoneTypes[0], phone]),
    ...reached.emails.map((address): [string, string] => [email, address]),
  ];
  if (reached.web !== undefined) rows.push([types.Web, reached.web]);
  const met = new Set<string>();
  rows.forEach(([type = '', number], position) => {
    const digits = number.replace(/\D/g, '');
    planter.plant(`${owner}Communication`, {
      [`${owner}Id`]: id,
      CommunicationTypeId: type,
      Number: number,
      Position: position || null,
      SearchNumber: digits === '' ? null : [...digits].reverse().join(''),
      IsPrimary: !met.has(type),
    });
    met.add(type);
  });
}
