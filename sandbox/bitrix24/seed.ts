import type { JsonObject } from '../kit/json.js';
import { makeOrganisation } from '../kit/organisations.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import type { Entity } from './entity.js';
import { storedMoment } from './moments.js';
import { seedUserFields } from './seed-fields.js';
import { seedTimeline } from './seed-timeline.js';
import { type PortalStore, PRODUCT_CATALOG } from './store.js';

/** How many records to begin with. */
export interface SeedSize {
  readonly deals: number;
  readonly leads: number;
  readonly contacts: number;
  readonly companies: number;
  readonly activities: number;
  readonly comments: number;
  readonly tasks: number;
  readonly products: number;
  /** Items of the first smart process. */
  readonly items: number;
}

const NONE: SeedSize = {
  deals: 0,
  leads: 0,
  contacts: 0,
  companies: 0,
  activities: 0,
  comments: 0,
  tasks: 0,
  products: 0,
  items: 0,
};

/** What a plain number means: so many deals, and the rest in the proportion of a living portal. */
export function sizeOf(records: number | Partial<SeedSize> | undefined): SeedSize {
  if (typeof records !== 'number') return { ...NONE, ...records };
  const part = (share: number) => Math.ceil(records * share);
  return {
    deals: records,
    leads: part(0.25),
    contacts: part(0.5),
    companies: part(0.2),
    activities: part(0.25),
    comments: part(0.1),
    tasks: part(0.05),
    products: Math.min(2000, part(0.05)),
    items: part(0.05),
  };
}

export const FIRST_DAY = Date.UTC(2023, 0, 1);
export const LAST_DAY = Date.UTC(2025, 8, 30);
const IMPORTED_AT = Date.UTC(2025, 2, 14, 9, 30);

/** What seeding draws from. */
export interface Sowing {
  readonly store: PortalStore;
  readonly random: Random;
  readonly size: SeedSize;
  /** Share of the records with a value that a careful target refuses. */
  readonly dirty: number;
}

/** Fills an empty portal. Everything follows from the seed. */
export function seedPortal(store: PortalStore, random: Random, size: SeedSize, dirty = 0): void {
  seedUserFields(store);
  const sow = (name: string): Sowing => ({ store, random: random.fork(name), size, dirty });
  seedCompanies(sow('companies'));
  seedContacts(sow('contacts'));
  seedLeads(sow('leads'));
  seedProducts(sow('products'));
  seedDeals(sow('deals'));
  seedItems(sow('items'));
  seedTimeline(sow('timeline'));
}

/** Adds one record with its moments; one in fifty came with an import, so equal moments stand over page edges. */
export function plant({ store, random, dirty }: Sowing, entity: Entity, fields: JsonObject): void {
  const createdAt = random.int(FIRST_DAY, LAST_DAY);
  const updatedAt = random.chance(0.02) ? Math.max(createdAt, IMPORTED_AT) : random.int(createdAt, LAST_DAY);
  const { stamps } = entity;
  const userId = userOf(random);
  const id = entity.table.newId();
  const record: JsonObject = {
    id: Number(id),
    [stamps.created]: storedMoment(createdAt),
    [stamps.updated]: storedMoment(updatedAt),
    [stamps.author]: userId,
    [stamps.editor]: random.chance(0.5) ? userId : userOf(random),
    ...(entity.camel('lastActivityTime') === undefined
      ? {}
      : { lastActivityTime: storedMoment(updatedAt), lastActivityBy: userId }),
    ...fields,
  };
  for (const [name, value] of Object.entries(record)) if (value === null) delete record[name];
  store.plant(entity, dirty > 0 && random.chance(dirty) ? spoiled(record, random) : record);
}

/** A colleague who is no guest; the one who has left still owns a few records. */
export const userOf = (random: Random): number => (random.chance(0.03) ? 10 : random.int(1, 9));

/** The id of some record of an entity, or null. */
export function someId(random: Random, entity: Entity, share: number): number | null {
  if (entity.table.count === 0 || !random.chance(share)) return null;
  return Number(entity.table.idOf(random.int(0, entity.table.nextRow - 1)));
}

function seedCompanies(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const regions = enumIds(store, 'UF_CRM_REGIONS');
  for (let row = 0; row < size.companies; row += 1) {
    const firm = makeOrganisation(random, row + 1);
    const isImported = random.chance(0.3);
    plant(sowing, store.companies, {
      title: firm.name,
      typeId: random.pick(['CUSTOMER', 'SUPPLIER', 'PARTNER', 'OTHER']),
      industry: random.pick(['IT', 'MANUFACTURING', 'DELIVERY', 'OTHER']),
      employees: random.pick(['EMPLOYEES_1', 'EMPLOYEES_2', 'EMPLOYEES_3']),
      revenue: random.chance(0.4) ? random.int(1, 9_000_000) : 0,
      currencyId: 'RUB',
      assignedById: userOf(random),
      opened: random.chance(0.8) ? 'Y' : 'N',
      isMyCompany: 'N',
      hasImol: 'N',
      comments: random.chance(0.2) ? 'Ключевой клиент' : null,
      address: random.chance(0.6) ? firm.address.street : null,
      addressCity: firm.address.city,
      addressPostalCode: firm.address.zip,
      addressCountry: firm.address.country,
      originatorId: isImported ? '1C' : null,
      originId: isImported ? `${row + 1}-${firm.taxId}` : null,
      ...ways(store, { PHONE: firm.phones, EMAIL: [firm.email], WEB: [firm.website] }),
      UF_CRM_TAX_ID: firm.taxId,
      UF_CRM_REGIONS: random.chance(0.3) ? [random.pick(regions)] : null,
      UF_CRM_CURATOR: random.chance(0.4) ? userOf(random) : null,
    });
  }
}

function seedContacts(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const segments = enumIds(store, 'UF_CRM_64D5D3D5C6D1B');
  for (let row = 0; row < size.contacts; row += 1) {
    const person = makePerson(random, row + 1);
    const companyId = someId(random, store.companies, 0.8);
    const isImported = random.chance(0.3);
    plant(sowing, store.contacts, {
      name: person.firstName,
      secondName: random.chance(0.1) ? person.firstName : null,
      lastName: random.chance(0.04) ? null : person.lastName,
      post: person.position,
      birthdate: random.chance(0.4) ? person.birthday : null,
      typeId: random.pick(['CLIENT', 'SUPPLIER', 'PARTNER', 'OTHER']),
      sourceId: random.pick(['CALL', 'WEB', 'TRADE_SHOW', 'RECOMMENDATION']),
      assignedById: userOf(random),
      opened: 'Y',
      export: random.chance(0.2) ? 'Y' : 'N',
      hasImol: 'N',
      // The same nothing is 0 or absent, as on a real portal.
      companyId: companyId ?? (row % 2 === 0 ? 0 : null),
      companyIds: companyId === null ? null : [companyId],
      address: random.chance(0.3) ? person.address.street : null,
      addressCity: person.address.city,
      originatorId: isImported ? 'OLD_CRM' : null,
      originId: isImported ? `p-${row + 1}` : null,
      ...ways(store, { PHONE: person.phones, EMAIL: person.emails }),
      UF_CRM_CONSENT_AT: random.chance(0.5) ? storedMoment(random.int(FIRST_DAY, LAST_DAY)) : null,
      UF_CRM_64D5D3D5C6D1B: random.chance(0.7) ? random.pick(segments) : null,
    });
  }
}

function seedLeads(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.leads; row += 1) {
    const person = makePerson(random, row + 1_000_001);
    const stageId = random.pick(['NEW', 'IN_PROCESS', 'PROCESSED', 'CONVERTED', 'JUNK']);
    const semantics = stageId === 'CONVERTED' ? 'S' : stageId === 'JUNK' ? 'F' : 'P';
    plant(sowing, store.leads, {
      title: `${random.pick(['Заявка', 'Zapytanie', 'Cerere', 'Запит', 'Inquiry'])} ${row + 1}`,
      name: random.chance(0.9) ? person.firstName : '',
      lastName: random.chance(0.8) ? person.lastName : null,
      companyTitle: random.chance(0.3) ? makeOrganisation(random, row + 1).name : null,
      stageId,
      stageSemanticId: semantics,
      dateClosed: semantics === 'P' ? null : storedMoment(random.int(FIRST_DAY, LAST_DAY)),
      opportunity: random.int(0, 500_000),
      currencyId: random.pick(['RUB', 'PLN', 'UAH', 'RON', 'EUR']),
      isManualOpportunity: 'Y',
      sourceId: random.pick(['CALL', 'WEB', 'EMAIL', 'ADVERTISING']),
      assignedById: userOf(random),
      opened: 'Y',
      hasImol: 'N',
      isReturnCustomer: 'N',
      utmSource: random.chance(0.3) ? random.pick(['google', 'yandex']) : null,
      ...ways(store, { PHONE: person.phones, EMAIL: person.emails.slice(0, 1) }),
      UF_CRM_SCORE: random.chance(0.6) ? random.int(0, 100) : null,
      UF_CRM_TAGS: random.chance(0.3) ? [random.pick(['важный', 'pilne', 'urgent']), 'B2B'] : null,
    });
  }
}

function seedProducts(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.products; row += 1) {
    plant(sowing, store.products, {
      iblockId: PRODUCT_CATALOG,
      name: `${random.pick(['Насос', 'Śruba', 'Șurub', 'Кабель', 'Панель', 'Żarówka'])} ${row + 1}`,
      active: random.chance(0.95) ? 'Y' : 'N',
      code: `item-${row + 1}`,
      xmlId: String(10_000 + row),
      price: random.int(100, 999_999) / 100,
      currencyId: 'RUB',
      vatId: 1,
      vatIncluded: 'Y',
      measure: 5,
      sort: 500,
      available: 'Y',
      bundle: 'N',
      canBuyZero: 'Y',
      quantity: random.int(0, 500),
      quantityReserved: 0,
      quantityTrace: 'N',
      detailTextType: 'text',
      type: 1,
      property258: random.chance(0.5)
        ? { value: random.pick(['Grundfos', 'Śnieżka', 'Рубин']), valueId: String(row) }
        : null,
    });
  }
}

function seedDeals(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const channels = enumIds(store, 'UF_CRM_1724077760');
  for (let row = 0; row < size.deals; row += 1) {
    const categoryId = random.pick([0, 0, 0, 1, 9]);
    const stage = random.pick(['NEW', 'PREPARATION', 'EXECUTING', 'WON', 'LOSE']);
    const semantics = stage === 'WON' ? 'S' : stage === 'LOSE' ? 'F' : 'P';
    const contactId = someId(random, store.contacts, 0.85);
    const second = someId(random, store.contacts, 0.1);
    const companyId = someId(random, store.companies, 0.7);
    const hasRows = store.products.table.count > 0 && random.chance(0.2);
    const opportunity = hasRows ? 0 : random.int(0, random.chance(0.02) ? 999_999_999 : 900_000) / 4;
    const isImported = random.chance(0.2);
    const id = store.deals.table.idOf(store.deals.table.nextRow);
    const sum = hasRows ? seedRows(sowing, id) : opportunity;
    plant(sowing, store.deals, {
      title: `${random.pick(['Поставка', 'Dostawa', 'Livrare', 'Постачання', 'Delivery'])} ${row + 1}`,
      typeId: random.pick(['SALE', 'COMPLEX', 'SERVICES']),
      categoryId,
      stageId: categoryId === 0 ? stage : `C${categoryId}:${stage}`,
      stageSemanticId: semantics,
      closed: semantics === 'P' ? 'N' : 'Y',
      isNew: stage === 'NEW' ? 'Y' : 'N',
      isRecurring: 'N',
      isReturnCustomer: random.chance(0.2) ? 'Y' : 'N',
      isRepeatedApproach: 'N',
      probability: random.chance(0.5) ? random.int(0, 20) * 5 : null,
      opportunity: Math.round(sum * 100) / 100,
      isManualOpportunity: hasRows ? 'N' : 'Y',
      taxValue: 0,
      currencyId: random.pick(['RUB', 'RUB', 'PLN', 'UAH', 'RON', 'EUR', 'USD']),
      companyId: companyId ?? (row % 2 === 0 ? 0 : null),
      contactId: contactId ?? (row % 2 === 0 ? null : 0),
      contactIds:
        contactId === null ? null : second === null || second === contactId ? [contactId] : [contactId, second],
      begindate: '2025-01-15',
      closedate: `2026-0${random.int(1, 9)}-1${random.int(0, 9)}`,
      assignedById: userOf(random),
      opened: 'Y',
      comments: random.chance(0.2) ? '[B]Важно[/B]: zadzwonić rano' : null,
      sourceId: random.pick(['CALL', 'WEB', 'PARTNER', 'OTHER']),
      originatorId: isImported ? 'OLD_CRM' : null,
      originId: isImported ? `d-${row + 1}` : null,
      movedBy: userOf(random),
      movedTime: storedMoment(random.int(FIRST_DAY, LAST_DAY)),
      UF_CRM_1721244482250: random.chance(0.5) ? `№ ${row + 1}/25` : null,
      UF_CRM_MARGIN: random.chance(0.4) ? random.int(0, 1000) / 10 : null,
      UF_CRM_1724077760: random.chance(0.6) ? random.pick(channels) : null,
      UF_CRM_DELIVERY_ON: random.chance(0.3) ? '2026-03-08' : null,
      UF_CRM_BUDGET: random.chance(0.3) ? `${random.int(1, 9999)}.50|PLN` : null,
      UF_CRM_URGENT: random.chance(0.5) ? (random.chance(0.3) ? 'Y' : 'N') : null,
      UF_CRM_CONTRACT:
        row < 5000 && random.chance(0.02)
          ? store.files.add(`договір ${row + 1}.pdf`, Buffer.from(`%PDF-1.4 contract ${row + 1}`), LAST_DAY, 1).id
          : null,
    });
  }
}

/** One to three lines of a deal, each of another product; gives their sum. */
function seedRows(sowing: Sowing, ownerId: string): number {
  const { store, random } = sowing;
  const products = store.products.table.nextRow;
  const used = new Set<number>();
  let sum = 0;
  const count = Math.min(products, random.int(1, 3));
  for (let line = 0; line < count; line += 1) {
    const row = freshRow(random.int(0, products - 1), products, used);
    const product = store.products.table.record(row);
    const price = Number(product.price ?? 1);
    const quantity = random.int(1, 20);
    sum += price * quantity;
    plant({ ...sowing, dirty: 0 }, store.productRows, {
      ownerId: Number(ownerId),
      ownerType: 'D',
      owner: `D_${ownerId}`,
      productId: Number(product.id),
      productName: String(product.name),
      price,
      priceAccount: price,
      priceExclusive: price,
      priceNetto: price,
      priceBrutto: price,
      quantity,
      discountTypeId: 2,
      discountRate: 0,
      discountSum: 0,
      taxIncluded: 'N',
      customized: 'Y',
      measureCode: 796,
      measureName: 'шт',
      sort: (line + 1) * 10,
      xmlId: '',
      type: 1,
    });
  }
  return sum;
}

/** The drawn product, or the next one that the deal does not have yet. */
function freshRow(drawn: number, products: number, used: Set<number>): number {
  let row = drawn;
  while (used.has(row)) row = (row + 1) % products;
  used.add(row);
  return row;
}

function seedItems(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const delivery = store.item(177);
  if (delivery === undefined) return;
  const carriers = enumIds(store, 'UF_CRM_2_CARRIER');
  for (let row = 0; row < size.items; row += 1) {
    const stage = random.pick(['NEW', 'PREPARATION', 'CLIENT', 'SUCCESS', 'FAIL']);
    const companyId = someId(random, store.companies, 0.6);
    plant(sowing, delivery, {
      title: `${random.pick(['Доставка', 'Przesyłka', 'Відправлення'])} ${row + 1}`,
      xmlId: random.chance(0.5) ? `wh-${row + 1}` : null,
      categoryId: 15,
      stageId: `DT177_15:${stage}`,
      assignedById: userOf(random),
      opened: 'Y',
      companyId: companyId ?? 0,
      parentId2: someId(random, store.deals, 0.7),
      opportunity: random.int(0, 90_000) / 10,
      isManualOpportunity: 'N',
      currencyId: 'PLN',
      taxValue: 0,
      begindate: '2025-02-01',
      UF_CRM_2_1639669411830: random.chance(0.8) ? random.int(1, 9000) / 10 : null,
      UF_CRM_2_CARRIER: random.pick(carriers),
    });
  }
}

function ways(store: PortalStore, values: Readonly<Record<string, readonly string[]>>): JsonObject {
  const fm = Object.entries(values).flatMap(([typeId, list]) =>
    list.map((value, index) => ({
      id: store.nextWayId(),
      typeId,
      valueType: index === 0 ? 'WORK' : typeId === 'PHONE' ? 'MOBILE' : 'HOME',
      value,
    })),
  );
  const has = (type: string) => (fm.some(({ typeId }) => typeId === type) ? 'Y' : 'N');
  return { fm: fm.length === 0 ? null : fm, hasPhone: has('PHONE'), hasEmail: has('EMAIL') };
}

function enumIds(store: PortalStore, fieldName: string): number[] {
  return store.userFields.find((field) => field.fieldName === fieldName)?.list.map(({ id }) => id) ?? [];
}

/** A value that a careful target refuses. */
function spoiled(record: JsonObject, random: Random): JsonObject {
  const name = 'title' in record ? 'title' : 'name' in record ? 'name' : 'subject';
  switch (random.int(0, 2)) {
    case 0:
      return { ...record, [name]: '' };
    case 1:
      return { ...record, [name]: 'я'.repeat(300) };
    default:
      return 'fm' in record
        ? { ...record, fm: [{ id: 0, typeId: 'EMAIL', valueType: 'WORK', value: 'two@@example.com' }] }
        : { ...record, currencyId: 'zloty' };
  }
}
