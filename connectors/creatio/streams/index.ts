import { activities } from './activities.js';
import { companies, companyAddresses, companyCommunications } from './companies.js';
import { contactAddresses, contactCommunications, contacts } from './contacts.js';
import { dealContacts, dealProducts, deals } from './deals.js';
import { files } from './files.js';
import { leads } from './leads.js';
import { lookups } from './lookups.js';
import { notes } from './notes.js';
import { orderProducts, orders } from './orders.js';
import { products } from './products.js';
import type { StandardStream } from './stream.js';
import { users } from './users.js';

/** The streams that every product of the vendor has. */
export const standardStreams: readonly StandardStream[] = [
  companies,
  companyCommunications,
  companyAddresses,
  contacts,
  contactCommunications,
  contactAddresses,
  leads,
  deals,
  dealContacts,
  dealProducts,
  orders,
  orderProducts,
  products,
  activities,
  notes,
  ...files,
  users,
  ...lookups,
];

const byName = new Map(standardStreams.map((stream) => [stream.name, stream]));
const bySet = new Map(standardStreams.map((stream) => [stream.set, stream]));

export function standardStream(name: string): StandardStream | undefined {
  return byName.get(name);
}

/** Name of the stream of an object: the standard one, else the object's own. */
export function streamOfObject(set: string): string {
  return bySet.get(set)?.name ?? set;
}

export function isStandardObject(set: string): boolean {
  return bySet.has(set);
}
