import type { JsonObject } from '../kit/json.js';
import { makeOrganisation } from '../kit/organisations.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import { LOST, WON } from './pipelines.js';
import { makeFields, type SeedFields } from './seed-fields.js';
import { seedTimeline, type TaskPlan } from './seed-timeline.js';
import {
  choice,
  custom,
  FIRST_DAY,
  kinds,
  LAST_DAY,
  moments,
  named,
  owned,
  plant,
  type Seeding,
  type SeedSize,
  spoilt,
  tagsFor,
} from './seed-values.js';
import type { AmoStore } from './store.js';
import { entityNames, singular } from './streams.js';
import { fromLocal } from './zones.js';

/** What a plain number of records means: so many leads and the others in natural proportion. */
export function sizeOf(records: number | Partial<SeedSize> | undefined): SeedSize {
  if (typeof records !== 'number')
    return { leads: 0, contacts: 0, companies: 0, customers: 0, elements: 0, ...records };
  return {
    leads: records,
    contacts: Math.ceil(records * 0.7),
    companies: Math.ceil(records / 5),
    customers: Math.ceil(records / 50),
    elements: records === 0 ? 0 : Math.min(500, 5 + Math.ceil(records / 20)),
  };
}

/** Fills an empty store. Everything follows from the seed. */
export function seedStore(store: AmoStore, random: Random, size: SeedSize, dirty = 0): void {
  const productsId = seedCatalogs(store);
  const fields = makeFields(store, productsId);
  for (const tag of ['VIP', 'заявка с сайта', 'Повторный', 'Ważny klient', 'Новий', 'Urgent']) {
    for (const name of entityNames) store.tags[name].ensure(tag);
  }
  const part = (name: string): Seeding => ({ store, fields, random: random.fork(name), size, dirty });
  seedElements(part('elements'), productsId);
  seedCompanies(part('companies'));
  const employers = seedContacts(part('contacts'));
  const tasks = seedLeads(part('leads'), productsId, employers);
  seedCustomers(part('customers'));
  seedTimeline(part('timeline'), tasks);
  seedHistory(store);
}

function seedCatalogs(store: AmoStore): number {
  const plans: [string, string, boolean][] = [
    ['Товары', 'products', false],
    ['Счета', 'invoices', true],
    ['Просто список', 'regular', true],
  ];
  plans.forEach(([name, type, canBeDeleted], index) => {
    const id = 4521 + index * 34;
    store.catalogs.set(id, {
      id,
      name,
      created_by: store.owner.id,
      updated_by: store.owner.id,
      created_at: FIRST_DAY,
      updated_at: FIRST_DAY,
      sort: (index + 1) * 10,
      type,
      can_add_elements: true,
      can_show_in_cards: false,
      can_link_multiple: true,
      can_be_deleted: canBeDeleted,
      sdk_widget_code: null,
      account_id: store.accountId,
    });
  });
  return 4521;
}

function seedElements({ store, fields, random, size }: Seeding, catalogId: number): void {
  for (let number = 1; number <= size.elements; number += 1) {
    const cf = custom(
      [fields.sku, [{ value: `SKU-${String(number).padStart(5, '0')}` }]],
      [fields.price, [{ value: String(random.int(1, 90_000)) }]],
      [fields.group, [choice(fields.group, random)]],
      [fields.unit, [{ value: random.pick(['шт', 'szt.', 'buc.', 'год']) }]],
      [fields.description, random.chance(0.4) ? [{ value: `Описание товара ${number}` }] : []],
    );
    plant(store, 'elements', {
      name: `${random.pick(['Телефон', 'Ноутбук', 'Kabel', 'Serviciu'])} ${number}`,
      ...moments(store, random),
      is_deleted: false,
      catalog_id: catalogId,
      cf,
    });
  }
}

function seedCompanies({ store, fields, random, size, dirty }: Seeding): void {
  for (let number = 1; number <= size.companies; number += 1) {
    const made = makeOrganisation(random, number);
    const address = `${made.address.street}, ${made.address.zip} ${made.address.city}`;
    const cf = custom(
      [fields.companyPhone, kinds(fields.companyPhone, spoilt(made.phones, random, dirty), random)],
      [fields.companyEmail, kinds(fields.companyEmail, [made.email], random)],
      [fields.web, random.chance(0.7) ? [{ value: made.website }] : []],
      [fields.address, random.chance(0.8) ? [{ value: address }] : []],
      [fields.taxId, random.chance(0.9) ? [{ value: made.taxId }] : []],
      [fields.industry, random.chance(0.8) ? [named(fields.industry, made.industry)] : []],
      [
        fields.legal,
        random.chance(0.3) ? [{ value: { name: made.name, entity_type: 1, vat_id: made.taxId, address } }] : [],
      ],
    );
    plant(store, 'companies', {
      name: made.name,
      ...owned(store, random),
      closest_task_at: null,
      is_deleted: false,
      cf,
      tags: tagsFor(random, 'companies', store),
    });
  }
}

/** Gives the company of each contact. */
function seedContacts({ store, fields, random, size, dirty }: Seeding): (number | null)[] {
  const employers: (number | null)[] = [];
  const firstCompany = store.tables.companies.firstId;
  for (let number = 1; number <= size.contacts; number += 1) {
    const made = makePerson(random, number);
    const emails = random.chance(dirty) ? ['not an address'] : made.emails;
    const [line, city, zip, country] = [made.address.street, made.address.city, made.address.zip, made.address.country];
    const address = [line, undefined, city, undefined, zip, country].flatMap((value, index) =>
      value === undefined
        ? []
        : [
            {
              value,
              enum_id: index + 1,
              enum_code: ['address_line_1', 'address_line_2', 'city', 'state', 'zip', 'country'][index] ?? '',
            },
          ],
    );
    const cf = custom(
      [fields.position, random.chance(0.6) ? [{ value: made.position }] : []],
      [fields.phone, kinds(fields.phone, spoilt(made.phones, random, dirty), random)],
      [fields.email, random.chance(0.85) ? kinds(fields.email, emails, random) : []],
      [
        fields.birthday,
        random.chance(0.3) ? [{ value: fromLocal(store.settings.zone, Date.parse(made.birthday) / 1000) }] : [],
      ],
      [fields.segment, random.chance(0.5) ? [choice(fields.segment, random)] : []],
      [fields.home, random.chance(0.2) ? address : []],
      [fields.consent, random.chance(0.4) ? [{ value: random.chance(0.7) }] : []],
    );
    const hasParts = random.chance(0.7);
    const company = size.companies > 0 && random.chance(0.6) ? firstCompany + random.int(0, size.companies - 1) : null;
    employers.push(company);
    plant(store, 'contacts', {
      name: `${made.firstName} ${made.lastName}`,
      first_name: hasParts ? made.firstName : '',
      last_name: hasParts ? made.lastName : '',
      ...owned(store, random),
      closest_task_at: null,
      is_deleted: false,
      is_unsorted: false,
      cf,
      tags: tagsFor(random, 'contacts', store),
      company,
    });
  }
  return employers;
}

const WHAT = ['Поставка', 'Монтаж', 'Dostawa', 'Wdrożenie', 'Livrare', 'Consultanță', 'Постачання', 'Обслуговування'];

function seedLeads(
  { store, fields, random, size, dirty }: Seeding,
  catalogId: number,
  employers: readonly (number | null)[],
): TaskPlan[] {
  const tasks: TaskPlan[] = [];
  const { contacts, elements } = store.tables;
  for (let number = 1; number <= size.leads; number += 1) {
    const pipeline = random.pick(store.pipelines.pipelines);
    const open = pipeline.statuses.filter(({ type, isEditable }) => type === 0 && isEditable);
    const draw = random.next();
    const status = draw < 0.2 ? WON : draw < 0.35 ? LOST : random.pick(open).id;
    const isClosed = status === WON || status === LOST;
    const record = owned(store, random);
    const id = store.tables.leads.nextId;
    const task = planTask(random, id, record, tasks);
    const contact = size.contacts > 0 && random.chance(0.9) ? random.int(0, size.contacts - 1) : -1;
    const second = contact > 0 && random.chance(0.12) ? contact - 1 : -1;
    const holders = [contact, second]
      .filter((row) => row >= 0)
      .map((row, index) => ({ id: contacts.idOf(row), is_main: index === 0 }));
    const bought = size.elements > 0 && random.chance(0.25) ? random.int(1, 3) : 0;
    const lines = Array.from({ length: bought }, (_, line) => ({
      id: elements.idOf((number + line * 7) % size.elements),
      metadata: { catalog_id: catalogId, quantity: random.int(1, 20), price_id: null },
    }));
    plant(store, 'leads', {
      name: random.chance(dirty) ? `${random.pick(WHAT)} ${'x'.repeat(240)}` : `${random.pick(WHAT)} ${number}`,
      price: random.chance(0.1) ? 0 : random.int(1, 5000) * 100,
      ...record,
      status_id: status,
      pipeline_id: pipeline.id,
      loss_reason_id:
        status === LOST && random.chance(0.6) ? (random.pick(store.pipelines.lossReasons).id ?? null) : null,
      source_id: null,
      closed_at: isClosed ? (record.updated_at ?? null) : null,
      closest_task_at: task,
      is_deleted: false,
      score: null,
      labor_cost: null,
      cf: leadFields(store, fields, random),
      tags: tagsFor(random, 'leads', store),
      contacts: holders,
      company: employers[contact] ?? null,
      elements: lines,
    });
  }
  return tasks;
}

function leadFields({ settings }: AmoStore, fields: SeedFields, random: Random): JsonObject {
  const day = FIRST_DAY + random.int(0, 700) * 86_400;
  return custom(
    [fields.source, random.chance(0.7) ? [choice(fields.source, random)] : []],
    [fields.contract, random.chance(0.5) ? [choice(fields.contract, random)] : []],
    [
      fields.interests,
      random.chance(0.3)
        ? (fields.interests?.enums ?? []).slice(0, random.int(1, 3)).map(({ id }) => ({ enum_id: id }))
        : [],
    ],
    [fields.shipping, random.chance(0.4) ? [{ value: fromLocal(settings.zone, day) }] : []],
    [fields.call, random.chance(0.2) ? [{ value: day + random.int(8, 18) * 3600 }] : []],
    [fields.advance, random.chance(0.3) ? [{ value: String(random.int(100, 99_999) / 100) }] : []],
    [fields.urgent, random.chance(0.2) ? [{ value: true }] : []],
    [fields.utm, random.chance(0.3) ? [{ value: random.pick(['yandex', 'google', 'facebook', 'allegro']) }] : []],
    [fields.comment, random.chance(0.1) ? [{ value: 'Перезвонить «после обеда»\nZażółć gęślą jaźń' }] : []],
  );
}

/** Some leads have a task; the moment of the open one stands on the lead. */
function planTask(random: Random, entityId: number, record: JsonObject, tasks: TaskPlan[]): number | null {
  if (!random.chance(0.3)) return null;
  const till = Number(record.updated_at) + random.int(1, 60) * 3600;
  const isCompleted = random.chance(0.5);
  tasks.push({ entityId, till, isCompleted, userId: Number(record.responsible_user_id) });
  return isCompleted ? null : till;
}

function seedCustomers({ store, random, size }: Seeding): void {
  const { contacts } = store.tables;
  for (let number = 1; number <= size.customers; number += 1) {
    const contact = size.contacts > 0 ? random.int(0, size.contacts - 1) : -1;
    plant(store, 'customers', {
      name: `Покупатель ${number}`,
      next_price: random.int(1, 900) * 100,
      next_date: LAST_DAY + random.int(1, 90) * 86_400,
      ...owned(store, random),
      status_id: 0,
      periodicity: 0,
      closest_task_at: null,
      is_deleted: false,
      cf: {},
      tags: [],
      contacts: contact < 0 ? [] : [{ id: contacts.idOf(contact), is_main: true }],
    });
  }
}

/** The making of every record stands in the history, in order of moment. */
function seedHistory(store: AmoStore): void {
  const lines = entityNames.flatMap((name) => {
    const table = store.tables[name];
    return Array.from({ length: table.count }, (_, row) => ({ name, row, at: table.number(row, 'created_at') }));
  });
  lines.sort((one, other) => one.at - other.at);
  for (const { name, row, at } of lines) {
    const table = store.tables[name];
    store.events.add({
      type: `${singular[name]}_added`,
      entityType: singular[name],
      entityId: table.idOf(row),
      createdBy: table.number(row, 'created_by'),
      createdAt: at,
    });
  }
}
