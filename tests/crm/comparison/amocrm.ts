import type { AmoCrmSandbox } from '../../../sandbox/amocrm/sandbox.js';
import { byId, lineOf, named } from './bitrix24.js';
import { isRow, type Row, readState, rows, text } from './json.js';
import { type Department, type Sheet, sheet, type Value } from './model.js';
import { dayOfMidnight, decimal, instant, linkName, linksIn, minorUnits } from './values.js';

/** What the account's records name by id, none of which is in its state. */
export interface AccountBooks {
  /** E-mail by user. */
  readonly users: Readonly<Record<string, string>>;
  readonly pipelines: Readonly<Record<string, string>>;
  /** Caption by stage; those of won and lost leads are the same in every pipeline. */
  readonly stages: Readonly<Record<string, string>>;
  readonly lossReasons: Readonly<Record<string, string>>;
  readonly taskTypes: Readonly<Record<string, string>>;
  readonly zone: string;
}

export async function readAmo(sandbox: AmoCrmSandbox): Promise<Department> {
  return departmentOf(await readState(sandbox.control), booksOf(sandbox));
}

function booksOf({ store, settings }: AmoCrmSandbox): AccountBooks {
  const { pipelines, lossReasons } = store.pipelines;
  return {
    users: Object.fromEntries(store.users.map(({ id, email }) => [id, email])),
    pipelines: Object.fromEntries(pipelines.map(({ id, name }) => [id, name])),
    stages: Object.fromEntries(pipelines.flatMap(({ statuses }) => statuses.map(({ id, name }) => [id, name]))),
    lossReasons: Object.fromEntries(lossReasons.map(({ id, name }) => [text(id), text(name)])),
    taskTypes: { 1: 'Связаться', 2: 'Встреча', 2751043: 'Отправить договор' },
    zone: settings.zone,
  };
}

/** The state of an account as a sales department. */
export function departmentOf(streams: Row, books: AccountBooks): Department {
  const reading = new AccountReading(books);
  const companies = byId(rows(streams.companies), (row) => reading.company(row));
  const contacts = byId(rows(streams.contacts), (row) => reading.contact(row, companies));
  const products = byId(rows(streams.elements), (row) => reading.product(row));
  const deals = byId(rows(streams.leads), (row) => reading.deal(row, { companies, contacts, products }));
  return {
    companies: [...companies.values()],
    contacts: [...contacts.values()],
    products: [...products.values()],
    deals: [...deals.values()],
    tasks: rows(streams.tasks).map((row) => reading.task(row, deals)),
    notes: rows(streams.notes).map((row) => reading.note(row, { companies, contacts, leads: deals })),
  };
}

type Known = ReadonlyMap<string, Sheet>;

class AccountReading {
  constructor(readonly books: AccountBooks) {}

  company(row: Row): Sheet {
    return sheet(text(row.name), { ...this.#common(row), sites: this.#texts(row, 'WEB'), ...this.#custom(row) });
  }

  contact(row: Row, companies: Known): Sheet {
    const [company] = rows(isRow(row._embedded) ? row._embedded.companies : []);
    return sheet(text(row.name), {
      ...this.#common(row),
      firstName: text(row.first_name),
      lastName: text(row.last_name),
      position: this.#texts(row, 'POSITION')[0],
      company: named(companies, company?.id),
      ...this.#custom(row),
    });
  }

  product(row: Row): Sheet {
    return sheet(text(row.name), {
      price: minorUnits(this.#texts(row, 'PRICE')[0]),
      code: this.#texts(row, 'SKU')[0],
      ...this.#custom(row),
    });
  }

  deal(row: Row, { companies, contacts, products }: Record<'companies' | 'contacts' | 'products', Known>): Sheet {
    const embedded = isRow(row._embedded) ? row._embedded : {};
    const [company] = rows(embedded.companies);
    const people = rows(embedded.contacts);
    const { custom, links } = withoutFileLinks(this.#custom(row));
    return sheet(text(row.name), {
      ...this.#common(row),
      amount: minorUnits(row.price) ?? 0,
      pipeline: this.books.pipelines[text(row.pipeline_id)] ?? null,
      stage: this.books.stages[text(row.status_id)] ?? null,
      lossReason: this.books.lossReasons[text(row.loss_reason_id)] ?? null,
      closedAt: instant(row.closed_at),
      company: named(companies, company?.id),
      contacts: people.map(({ id }) => named(contacts, id)).filter((one) => one !== null),
      mainContact: named(contacts, people.find((one) => one.is_main === true)?.id),
      lines: rows(embedded.catalog_elements).map(({ id, metadata }) =>
        lineOf(named(products, id) ?? '', isRow(metadata) ? metadata.quantity : null),
      ),
      attachments: links,
      ...custom,
    });
  }

  task(row: Row, deals: Known): Sheet {
    return sheet(text(row.text), {
      owner: this.books.users[text(row.responsible_user_id)],
      createdAt: instant(row.created_at),
      due: instant(row.complete_till),
      isDone: row.is_completed === true,
      deal: row.entity_type === 'leads' ? named(deals, row.entity_id) : null,
      type: this.books.taskTypes[text(row.task_type_id)],
      result: isRow(row.result) ? text(row.result.text) : null,
    });
  }

  note(row: Row, known: Readonly<Record<string, Known>>): Sheet {
    const params = isRow(row.params) ? row.params : {};
    const isCall = /^call_/.test(text(row.note_type));
    const { links, rest } = linksIn(text(params.text));
    const singular: Readonly<Record<string, string>> = { leads: 'deal', contacts: 'contact', companies: 'company' };
    const entity = text(row.entity_type);
    return sheet(isCall ? `${text(row.note_type)} ${text(params.phone)}, ${text(params.duration)} s` : rest, {
      of: `${singular[entity] ?? entity} ${named(known[entity] ?? new Map(), row.entity_id) ?? 'that is not there'}`,
      createdAt: instant(row.created_at),
      attachments: isCall && params.link !== undefined ? [linkName(text(params.link))] : links,
    });
  }

  #common(row: Row): Record<string, Value | null | undefined> {
    const ways = (code: string) =>
      this.#values(row, code).map(({ value, enum_code }) => `${kindOf(text(enum_code))} ${text(value)}`);
    const tags = rows(isRow(row._embedded) ? row._embedded.tags : []);
    return {
      owner: this.books.users[text(row.responsible_user_id)],
      createdAt: instant(row.created_at),
      phones: ways('PHONE'),
      emails: ways('EMAIL'),
      tags: tags.map(({ name }) => text(name)),
    };
  }

  #values(row: Row, code: string): Row[] {
    return rows(row.custom_fields_values)
      .filter((field) => field.field_code === code)
      .flatMap(({ values }) => rows(values));
  }

  #texts(row: Row, code: string): string[] {
    return this.#values(row, code).map(({ value }) => text(value));
  }

  #custom(row: Row): Record<string, Value | null> {
    const values: Record<string, Value | null> = {};
    for (const field of rows(row.custom_fields_values)) {
      if (known.has(text(field.field_code))) continue;
      const held = rows(field.values).map(({ value }) => this.#value(text(field.field_type), value));
      if (field.field_type === 'smart_address') {
        values[`custom.${text(field.field_name)}`] = held.join(', ');
        continue;
      }
      const isList = ['multiselect', 'multitext'].includes(text(field.field_type));
      values[`custom.${text(field.field_name)}`] = isList ? held.filter((one) => one !== null) : (held[0] ?? null);
    }
    return values;
  }

  #value(type: string, value: unknown): Value | null {
    switch (type) {
      case 'date':
      case 'birthday':
        return dayOfMidnight(Number(value), this.books.zone);
      case 'date_time':
        return instant(Number(value));
      case 'numeric':
      case 'monetary':
        return decimal(value);
      case 'checkbox':
        return value === true;
      default:
        return isRow(value) ? JSON.stringify(value) : text(value);
    }
  }
}

/** Fields of the model's own, and the one that holds our ids. */
const known: ReadonlySet<string> = new Set(['PHONE', 'EMAIL', 'WEB', 'POSITION', 'SKU', 'PRICE', 'PIPEWRIGHT_ID']);

const kindNames: Readonly<Record<string, string>> = { MOB: 'mobile', PRIV: 'home' };

const kindOf = (code: string): string => kindNames[code] ?? code.toLowerCase();

/** Links to files of a Bitrix24 portal are attachments, in whichever field they stand. */
function withoutFileLinks(custom: Readonly<Record<string, Value | null>>) {
  const isLink = (value: Value | null) => /^https?:\/\/\S+[?&]token=/.test(String(value));
  const entries = Object.entries(custom);
  return {
    custom: Object.fromEntries(entries.filter(([, value]) => !isLink(value))),
    links: entries.filter(([, value]) => isLink(value)).map(([, value]) => linkName(String(value))),
  };
}
