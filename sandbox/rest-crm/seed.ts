import type { JsonObject } from '../kit/json.js';
import { makeOrganisation } from '../kit/organisations.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import { stages, users } from './schema.js';
import { allStreams, type CrmStore, type CrmStream } from './store.js';

/** How many records to begin with. */
export interface SeedSize {
  readonly companies: number;
  readonly contacts: number;
  readonly deals: number;
}

/** What a plain number of records means: so many contacts, a tenth of companies, a fifth of deals. */
export function sizeOf(records: number | Partial<SeedSize> | undefined): SeedSize {
  if (typeof records !== 'number') return { companies: 0, contacts: 0, deals: 0, ...records };
  return { companies: Math.ceil(records / 10), contacts: records, deals: Math.ceil(records / 5) };
}

const FIRST_DAY = Date.UTC(2024, 0, 1);
const LAST_DAY = Date.UTC(2025, 8, 30);
const IMPORTED_AT = Date.UTC(2025, 2, 14, 9, 30);

/** Fills an empty store. Everything follows from the seed; `dirty` is the share of records with a broken value. */
export function seedStore(store: CrmStore, random: Random, size: SeedSize, dirty = 0): void {
  const spoil = spoiler(random.fork('dirty'), dirty);
  seedCompanies(store, random.fork('companies'), size, spoil);
  seedContacts(store, random.fork('contacts'), size, spoil);
  seedDeals(store, random.fork('deals'), size, spoil);
  for (const { table } of allStreams(store)) table.orderChangesByMoment();
}

type Spoil = (record: JsonObject) => JsonObject;

function seedCompanies(store: CrmStore, random: Random, size: SeedSize, spoil: Spoil): void {
  const { companies } = store.streams;
  for (let row = 0; row < size.companies; row += 1) {
    const firm = makeOrganisation(random, row + 1);
    // Any other company may be the parent, so some parents have a larger id and come later in a full read.
    const parent = random.chance(0.15) ? random.int(0, size.companies - 1) : row;
    const [email, phone] = [firm.email, firm.phones[0] ?? null];
    plant(store, companies, random, row, spoil, {
      name: firm.name,
      tax_id: firm.taxId,
      parent_id: parent === row ? null : companies.table.idOf(parent),
      email,
      phone,
      phones: firm.phones.map((value) => ({ type: 'work', value })),
      emails: [{ type: 'work', value: email }],
      website: firm.website,
      industry: firm.industry,
      address: { ...firm.address },
      custom: {
        nip: firm.culture.code === 'pl' ? firm.taxId : null,
        segment: random.pick(['A', 'B', 'C']),
        rating: `${random.int(0, 9)}.${random.int(0, 9)}`,
      },
    });
  }
}

function seedContacts(store: CrmStore, random: Random, size: SeedSize, spoil: Spoil): void {
  const { companies, contacts } = store.streams;
  for (let row = 0; row < size.contacts; row += 1) {
    const person = makePerson(random, row + 1);
    plant(store, contacts, random, row, spoil, {
      name: `${person.firstName} ${person.lastName}`,
      first_name: person.firstName,
      last_name: person.lastName,
      position: person.position,
      birthday: person.birthday,
      company_id:
        size.companies > 0 && random.chance(0.8) ? companies.table.idOf(random.int(0, size.companies - 1)) : null,
      email: person.emails[0] ?? null,
      phone: person.phones[0] ?? null,
      phones: person.phones.map((value, index) => ({ type: index === 0 ? 'mobile' : 'work', value })),
      emails: person.emails.map((value, index) => ({ type: index === 0 ? 'work' : 'private', value })),
      address: { ...person.address },
      custom: { source: random.pick(['site', 'fair', 'реклама', 'polecenie']), score: `${random.int(0, 99)}.5` },
    });
  }
}

function seedDeals(store: CrmStore, random: Random, size: SeedSize, spoil: Spoil): void {
  const { companies, contacts, deals } = store.streams;
  for (let row = 0; row < size.deals; row += 1) {
    const whole = random.chance(0.02) ? random.digits(14) : random.digits(random.int(2, 7));
    plant(store, deals, random, row, spoil, {
      name: random.pick(['Dostawa', 'Поставка', 'Livrare', 'Постачання', 'Delivery']).concat(` ${row + 1}`),
      amount: `${whole}.${random.digits(2)}`,
      currency: random.pick(['PLN', 'EUR', 'UAH', 'RON', 'RUB', 'USD']),
      stage: random.pick(stages),
      company_id:
        size.companies > 0 && random.chance(0.9) ? companies.table.idOf(random.int(0, size.companies - 1)) : null,
      contact_id:
        size.contacts > 0 && random.chance(0.9) ? contacts.table.idOf(random.int(0, size.contacts - 1)) : null,
      closes_on: `2026-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
      custom: { lead_source: random.pick(['site', 'call', 'партнёр']), margin: `0.${random.digits(2)}` },
    });
  }
}

function plant(
  store: CrmStore,
  stream: CrmStream,
  random: Random,
  row: number,
  spoil: Spoil,
  fields: JsonObject,
): void {
  const createdAt = random.int(FIRST_DAY, LAST_DAY);
  // One record in fifty came with an import, so equal moments stand over page edges.
  const updatedAt = random.chance(0.02) ? Math.max(createdAt, IMPORTED_AT) : random.int(createdAt, LAST_DAY);
  const record = spoil({
    id: stream.table.idOf(row),
    external_id: null,
    ...fields,
    owner: random.pick(users).id ?? null,
  });
  record.created_at = new Date(createdAt).toISOString();
  record.updated_at = new Date(updatedAt).toISOString();
  store.plant(stream, inOrder(stream, record), updatedAt);
}

function inOrder(stream: CrmStream, record: JsonObject): JsonObject {
  const ordered: JsonObject = {};
  for (const name of stream.fields.keys()) ordered[name] = record[name] ?? null;
  return ordered;
}

/** Breaks a share of the records in ways that a careful target refuses. */
function spoiler(random: Random, dirty: number): Spoil {
  return (record) => {
    if (dirty === 0 || !random.chance(dirty)) return record;
    switch (random.int(0, 3)) {
      case 0:
        return { ...record, name: '' };
      case 1:
        return { ...record, name: 'x'.repeat(300) };
      case 2:
        return 'email' in record ? { ...record, email: 'not an address' } : { ...record, currency: 'zloty' };
      default:
        return 'amount' in record ? { ...record, amount: '12,50' } : { ...record, email: 'two@@example.com' };
    }
  };
}
