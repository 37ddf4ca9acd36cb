import { users } from '../../../sandbox/bitrix24/directories.js';
import type { BitrixSandbox } from '../../../sandbox/bitrix24/sandbox.js';
import { idOf, isRow, type Row, readState, rows, text } from './json.js';
import { contentOf, type Department, type Sheet, sheet, type Value } from './model.js';
import { decimal, fileName, instant, linksIn, minorUnits } from './values.js';

/** What the portal's records name by id, none of which is in its state. */
export interface PortalBooks {
  /** E-mail by user. */
  readonly users: Readonly<Record<string, string>>;
  /** Full name by user. */
  readonly names: Readonly<Record<string, string>>;
  /** Caption by directory and code: `SOURCE/CALL`; stages by code alone. */
  readonly captions: Readonly<Record<string, string>>;
  readonly pipelines: Readonly<Record<string, string>>;
  readonly fields: readonly PortalField[];
}

export interface PortalField {
  readonly entity: string;
  readonly name: string;
  readonly caption: string;
  readonly type: string;
  readonly choices: Readonly<Record<string, string>>;
}

export async function readBitrix(sandbox: BitrixSandbox): Promise<Department> {
  return departmentOf(await readState(sandbox.control), booksOf(sandbox));
}

function booksOf({ store }: BitrixSandbox): PortalBooks {
  return {
    users: Object.fromEntries(users.map(({ id, email }) => [id, email])),
    names: Object.fromEntries(users.map(({ id, name, lastName }) => [id, `${name} ${lastName}`])),
    captions: Object.fromEntries(
      store.statuses.flatMap(({ entityId, statusId, name }) => {
        const isStage = /^DEAL_STAGE/.test(entityId);
        return [[isStage ? statusId : `${entityId}/${statusId}`, name]];
      }),
    ),
    pipelines: Object.fromEntries(
      store.categories.filter(({ entityTypeId }) => entityTypeId === 2).map(({ id, name }) => [id, name]),
    ),
    fields: store.userFields.map(({ entityId, fieldName, type, labels, list }) => ({
      entity: entityId,
      name: fieldName,
      caption: labels.en ?? fieldName,
      type,
      choices: Object.fromEntries(list.map(({ id, value }) => [id, value])),
    })),
  };
}

/** The state of a portal as a sales department. */
export function departmentOf(streams: Row, books: PortalBooks): Department {
  const reading = new PortalReading(books);
  const companies = byId(rows(streams.companies), (row) => reading.company(row));
  const contacts = byId(rows(streams.contacts), (row) => reading.contact(row, companies));
  const products = byId(rows(streams.products), (row) => reading.product(row));
  const lines = new Map<string, Row[]>();
  for (const row of rows(streams.product_rows)) {
    const owner = text(row.owner);
    lines.set(owner, [...(lines.get(owner) ?? []), row]);
  }
  const deals = byId(rows(streams.deals), (row) =>
    reading.deal(row, { companies, contacts, products, lines: lines.get(`D_${text(row.id)}`) ?? [] }),
  );
  return {
    companies: [...companies.values()],
    contacts: [...contacts.values()],
    products: [...products.values()],
    deals: [...deals.values()],
    tasks: rows(streams.tasks).map((row) => reading.task(row, deals)),
    notes: rows(streams.comments).map((row) =>
      reading.note(row, { company: companies, contact: contacts, deal: deals }),
    ),
  };
}

type Known = ReadonlyMap<string, Sheet>;

class PortalReading {
  constructor(readonly books: PortalBooks) {}

  company(row: Row): Sheet {
    return sheet(text(row.title), {
      ...this.#common(row),
      'custom.Type': this.#caption('COMPANY_TYPE', row.typeId),
      'custom.Industry': this.#caption('INDUSTRY', row.industry),
      'custom.Employees': this.#caption('EMPLOYEES', row.employees),
      'custom.Revenue': `${decimal(text(row.revenue) || '0')} ${text(row.currencyId)}`,
      'custom.Comment': text(row.comments),
      ...this.#custom('CRM_COMPANY', row),
    });
  }

  contact(row: Row, companies: Known): Sheet {
    const first = [row.name, row.secondName]
      .map(text)
      .filter((part) => part !== '')
      .join(' ');
    const last = text(row.lastName);
    return sheet([first, last].filter((part) => part !== '').join(' '), {
      ...this.#common(row),
      firstName: first,
      lastName: last,
      position: text(row.post),
      company: named(companies, row.companyId),
      'custom.Birth date': text(row.birthdate),
      'custom.Type': this.#caption('CONTACT_TYPE', row.typeId),
      'custom.Source': this.#caption('SOURCE', row.sourceId),
      'custom.Comment': text(row.comments),
      ...this.#custom('CRM_CONTACT', row),
    });
  }

  product(row: Row): Sheet {
    return sheet(text(row.name), {
      createdAt: instant(row.createdTime),
      price: minorUnits(row.price),
      code: text(row.code),
      'custom.Currency': text(row.currencyId),
      'custom.Description': text(row.detailText),
    });
  }

  deal(
    row: Row,
    {
      companies,
      contacts,
      products,
      lines,
    }: Record<'companies' | 'contacts' | 'products', Known> & { lines: readonly Row[] },
  ): Sheet {
    const files = this.books.fields.filter(({ entity, type }) => entity === 'CRM_DEAL' && type === 'file');
    const attached = files.flatMap(({ name }) => [row[name]].flat()).map(idOf);
    const people = [row.contactId, ...(Array.isArray(row.contactIds) ? row.contactIds : [])].map((id) =>
      named(contacts, id),
    );
    return sheet(text(row.title), {
      ...this.#common(row),
      amount: minorUnits(row.opportunity) ?? 0,
      currency: text(row.currencyId),
      pipeline: this.books.pipelines[text(row.categoryId)] ?? text(row.categoryId),
      stage: this.books.captions[text(row.stageId)] ?? text(row.stageId),
      closedAt: row.closed === 'Y' ? instant(row.movedTime) : null,
      company: named(companies, row.companyId),
      contacts: [...new Set(people)].filter((one) => one !== null),
      mainContact: named(contacts, row.contactId),
      lines: lines.map((line) => lineOf(named(products, line.productId) ?? text(line.productName), line.quantity)),
      attachments: attached.filter((id) => id !== null).map(fileName),
      'custom.Type': this.#caption('DEAL_TYPE', row.typeId),
      'custom.Source': this.#caption('SOURCE', row.sourceId),
      'custom.Probability': text(row.probability),
      'custom.Comment': text(row.comments),
      'custom.Begins on': text(row.begindate),
      'custom.Closes on': text(row.closedate),
      ...this.#custom('CRM_DEAL', row),
    });
  }

  task(row: Row, deals: Known): Sheet {
    const [link] = (Array.isArray(row.ufCrmTask) ? row.ufCrmTask : [])
      .map(text)
      .filter((each) => each.startsWith('D_'));
    const wording = [row.title, row.description]
      .map(text)
      .filter((part) => part !== '')
      .join('\n');
    return sheet(wording, {
      owner: this.books.users[text(row.responsibleId)],
      createdAt: instant(row.createdDate),
      due: instant(row.deadline),
      isDone: text(row.status) === '5',
      deal: named(deals, link?.slice(2)),
    });
  }

  note(row: Row, known: Readonly<Record<string, Known>>): Sheet {
    const { links, rest } = linksIn(text(row.comment));
    const files = (Array.isArray(row.files) ? row.files : []).map((id) => fileName(text(id)));
    const entity = text(row.entityType);
    return sheet(rest, {
      of: `${entity} ${named(known[entity] ?? new Map(), row.entityId) ?? 'that is not there'}`,
      createdAt: instant(row.createdTime),
      attachments: [...links, ...files],
    });
  }

  #common(row: Row): Record<string, Value | null | undefined> {
    const ways = (type: string) =>
      rows(row.fm)
        .filter(({ typeId }) => typeId === type)
        .map(({ valueType, value }) => `${kindOf(text(valueType))} ${text(value)}`);
    return {
      owner: this.books.users[text(row.assignedById)],
      createdAt: instant(row.createdTime),
      phones: ways('PHONE'),
      emails: ways('EMAIL'),
      sites: ways('WEB').map((way) => way.replace(/^\S+ /, '')),
    };
  }

  #caption(directory: string, code: unknown): string | null {
    return this.books.captions[`${directory}/${text(code)}`] ?? null;
  }

  #custom(entity: string, row: Row): Record<string, Value | null> {
    const values: Record<string, Value | null> = {};
    for (const field of this.books.fields) {
      const held = row[field.name];
      if (field.entity !== entity || field.type === 'file' || held === undefined || held === null) continue;
      values[`custom.${field.caption}`] = Array.isArray(held)
        ? held.map((member) => this.#value(field, member)).filter((member) => member !== null)
        : this.#value(field, held);
    }
    return values;
  }

  #value({ type, choices }: PortalField, held: unknown): Value | null {
    switch (type) {
      case 'enumeration':
        return choices[text(held)] ?? null;
      case 'employee':
        return this.books.names[text(held)] ?? null;
      case 'boolean':
        return ['Y', '1', 'true'].includes(text(held));
      case 'datetime':
        return instant(held);
      case 'double':
      case 'integer':
        return decimal(held);
      case 'money':
        return text(held).replace('|', ' ');
      default:
        return isRow(held) ? JSON.stringify(held) : text(held);
    }
  }
}

const kindNames: Readonly<Record<string, string>> = {
  WORK: 'work',
  MOBILE: 'mobile',
  FAX: 'fax',
  HOME: 'home',
  OTHER: 'other',
};

const kindOf = (code: string): string => kindNames[code] ?? code.toLowerCase();

export function lineOf(product: string, quantity: unknown): string {
  return `${product} × ${decimal(quantity)}`;
}

export function named(known: ReadonlyMap<string, Sheet>, value: unknown): string | null {
  const id = idOf(value);
  if (id === null) return null;
  const found = known.get(id);
  return found === undefined ? 'a record that is not there' : contentOf(found);
}

export function byId(list: readonly Row[], read: (row: Row) => Sheet): Map<string, Sheet> {
  return new Map(list.map((row) => [text(row.id), read(row)]));
}
