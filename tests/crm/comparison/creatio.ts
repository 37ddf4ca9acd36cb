import { idOf, type Row, readState, rows, text } from './json.js';
import { contentOf, type Department, type Sheet, sheet, type Value } from './model.js';
import { decimal, instant, minorUnits } from './values.js';

/** A Creatio site as a sales department; its notes and files are not read. Tasks are activities of all kinds. */
export async function readCreatio(control: string): Promise<Department> {
  return departmentOf(await readState(control));
}

export function departmentOf(streams: Row): Department {
  const reading = new SiteReading(streams);
  const companies = byId(streams.Account, (row) => reading.company(row));
  const contacts = byId(streams.Contact, (row) => reading.contact(row, companies));
  const products = byId(streams.Product, (row) => reading.product(row));
  const deals = byId(streams.Opportunity, (row) => reading.deal(row, { companies, contacts, products }));
  return {
    companies: [...companies.values()],
    contacts: [...contacts.values()],
    products: [...products.values()],
    deals: [...deals.values()],
    tasks: rows(streams.Activity).map((row) => reading.activity(row, deals)),
    notes: [],
  };
}

type Known = ReadonlyMap<string, Sheet>;

/** Kinds of communications by caption; a kind that is not here is no phone. */
const phoneKinds: Readonly<Record<string, string>> = {
  'Mobile phone': 'mobile',
  'Work phone': 'work',
  'Home phone': 'home',
  'Primary phone': 'work',
  'Additional phone': 'work',
  Fax: 'fax',
};

class SiteReading {
  readonly #streams: Row;
  /** E-mail of each user by the contact that stands for it. */
  readonly #owners: ReadonlyMap<string, string>;

  constructor(streams: Row) {
    this.#streams = streams;
    const emails = new Map(rows(streams.Contact).map((row) => [text(row.Id), text(row.Email)]));
    this.#owners = new Map(
      rows(streams.SysAdminUnit).map(({ ContactId }) => [text(ContactId), emails.get(text(ContactId)) ?? '']),
    );
  }

  company(row: Row): Sheet {
    return sheet(text(row.Name), {
      ...this.#common(row, 'Account'),
      'custom.Type': this.#caption('AccountType', row.TypeId),
      'custom.Tax code': text(row.UsrTaxCode),
      'custom.Segment': text(row.UsrSegment),
      'custom.Comment': text(row.Notes),
    });
  }

  contact(row: Row, companies: Known): Sheet {
    // Who has no parts of a name has the whole of it as the first one.
    const hasParts = text(row.GivenName) !== '' || text(row.Surname) !== '';
    const first = hasParts ? [row.GivenName, row.MiddleName].map(text).filter(Boolean).join(' ') : text(row.Name);
    const last = text(row.Surname);
    return sheet([first, last].filter(Boolean).join(' '), {
      ...this.#common(row, 'Contact'),
      firstName: first,
      lastName: last,
      position: text(row.JobTitle),
      company: named(companies, row.AccountId),
      'custom.Birth date': text(row.BirthDate).slice(0, 10),
      'custom.Score': shownNumber(row.UsrScore),
      'custom.Favourite colour': this.#caption('UsrColor', row.UsrColorId),
      'custom.Comment': text(row.Notes),
    });
  }

  product(row: Row): Sheet {
    return sheet(text(row.Name), {
      price: minorUnits(row.Price),
      code: text(row.Code),
      'custom.Currency': this.#caption('Currency', row.CurrencyId),
      'custom.Description': text(row.Description),
    });
  }

  deal(row: Row, { companies, contacts, products }: Record<'companies' | 'contacts' | 'products', Known>): Sheet {
    const isMine = ({ OpportunityId }: Row): boolean => OpportunityId === row.Id;
    const others = rows(this.#streams.OpportunityContact).filter(isMine);
    const people = [row.ContactId, ...others.map(({ ContactId }) => ContactId)].map((id) => named(contacts, id));
    return sheet(text(row.Title), {
      ...this.#common(row, null),
      amount: minorUnits(row.Amount) ?? 0,
      stage: this.#caption('OpportunityStage', row.StageId),
      company: named(companies, row.AccountId),
      contacts: [...new Set(people)].filter((one) => one !== null),
      mainContact: named(contacts, row.ContactId),
      lines: rows(this.#streams.OpportunityProductInterest)
        .filter(isMine)
        .map(({ ProductId, Quantity }) => `${named(products, ProductId) ?? ''} × ${decimal(Quantity)}`),
      closesAt: instant(row.DueDate),
      'custom.Probability': shownNumber(row.Probability),
      'custom.Margin': shownNumber(row.UsrMargin),
      'custom.Colour': this.#caption('UsrColor', row.UsrColorId),
      'custom.Comment': text(row.Description),
    });
  }

  activity(row: Row, deals: Known): Sheet {
    const wording = [row.Title, row.Notes, row.DetailedResult].map(text).filter(Boolean).join('\n');
    return sheet(wording, {
      kind: this.#caption('ActivityType', row.TypeId),
      owner: this.#owners.get(text(row.OwnerId)),
      due: instant(row.DueDate),
      isDone: ['Completed', 'Canceled'].includes(this.#caption('ActivityStatus', row.StatusId) ?? ''),
      deal: named(deals, row.OpportunityId),
    });
  }

  #common(row: Row, object: 'Account' | 'Contact' | null): Record<string, Value | null | undefined> {
    const list = rows(this.#streams[`${object}Communication`]).filter((each) => each[`${object}Id`] === row.Id);
    const ways = list.map((each) => [this.#caption('CommunicationType', each.CommunicationTypeId), text(each.Number)]);
    return {
      owner: this.#owners.get(text(row.OwnerId)),
      createdAt: instant(row.CreatedOn),
      phones: ways.flatMap(([kind, number]) => (phoneKinds[kind ?? ''] ? [`${phoneKinds[kind ?? '']} ${number}`] : [])),
      emails: ways.flatMap(([kind, address]) => (kind === 'Email' ? [`work ${address}`] : [])),
      sites: ways.flatMap(([kind, address]) => (kind === 'Web' ? [address ?? ''] : [])),
    };
  }

  #caption(list: string, id: unknown): string | null {
    return text(rows(this.#streams[list]).find(({ Id }) => Id === id)?.Name) || null;
  }
}

/** The site shows a number that nobody entered as 0. */
function shownNumber(value: unknown): string {
  return decimal(value) || '0';
}

function named(known: Known, value: unknown): string | null {
  const id = idOf(value);
  if (id === null) return null;
  const found = known.get(id);
  return found === undefined ? 'a record that is not there' : contentOf(found);
}

function byId(list: unknown, read: (row: Row) => Sheet): Map<string, Sheet> {
  return new Map(rows(list).map((row) => [text(row.Id), read(row)]));
}
