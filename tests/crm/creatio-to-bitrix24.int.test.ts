import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import type { CreatioSandbox } from '../../sandbox/creatio/sandbox.js';
import { readBitrix } from './comparison/bitrix24.js';
import { compare } from './comparison/compare.js';
import { readCreatio } from './comparison/creatio.js';
import { readState, rows, text } from './comparison/json.js';
import { inTermsOf, type Terms, withoutOwn } from './comparison/terms.js';
import { decimal, minorUnits } from './comparison/values.js';
import { type Department, exampleText, type Office, openOffice, startBitrix, startCreatioSite } from './departments.js';

const colleagues = Array.from({ length: 7 }, (_, index) => `user${index + 1}@sandbox.example.com`);

const warsawDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short' });

/** How Bitrix24 says what Creatio says, by `creatio-to-bitrix24.yaml`. */
const terms: Terms = {
  colleagues: { known: colleagues, instead: null },
  adapt: {
    // Nobody owns the contacts that stand for colleagues: the portal gives them to the user that writes.
    contacts: (fields) => ({ owner: colleagues[0], ...fields }),
    deals: ({ createdAt, closesAt, ...fields }) => ({
      // Where none is the main contact, the portal takes the first.
      mainContact: Array.isArray(fields.contacts) ? fields.contacts[0] : null,
      ...fields,
      currency: 'PLN',
      pipeline: 'Общая',
      // The portal's moments have whole seconds, its closing dates are days.
      'custom.Created on': String(createdAt).replace(/\.\d+Z$/, 'Z'),
      'custom.Closes on': closesAt === undefined ? null : warsawDay.format(Date.parse(String(closesAt))),
    }),
  },
  fields: {
    companies: { createdAt: null, 'custom.Tax code': 'custom.Tax number' },
    contacts: { createdAt: null },
    tasks: { kind: null },
  },
  ownFields: {
    companies: ['createdAt', 'custom.Revenue'],
    contacts: ['createdAt'],
    products: ['createdAt'],
    deals: ['createdAt', 'closedAt', 'custom.Begins on', 'custom.Type'],
    tasks: ['createdAt'],
  },
  values: {
    'custom.Type': {
      Customer: 'Клиент',
      Supplier: 'Поставщик',
      Partner: 'Партнёр',
      Competitor: 'Конкурент',
      'Our company': 'Другое',
    },
    stage: {
      Qualification: 'Новая',
      Presentation: 'Подготовка документов',
      Proposal: 'Счёт на предоплату',
      Negotiations: 'Счёт на предоплату',
      Contracting: 'Финальный счёт',
      'Closed won': 'Сделка успешна',
      'Closed lost': 'Сделка провалена',
      'Closed rejected': 'Анализ причины провала',
    },
  },
};

describe('a sales department moves from Creatio to Bitrix24', () => {
  let office: Office;
  let creatio: Department<CreatioSandbox>;
  let crm: Department<BitrixSandbox>;

  beforeAll(async () => {
    [office, creatio, crm] = await Promise.all([openOffice(), startCreatioSite({ records: 100 }), startBitrix()]);
    await Promise.all([office.connect('creatio', creatio), office.connect('crm', crm)]);
    await office.publish(exampleText('creatio-to-bitrix24'));
  });

  afterAll(async () => {
    await office?.stop();
    await Promise.all([creatio?.sandbox.stop(), crm?.sandbox.stop()]);
  });

  test('every record, relation, phone, sum, day, stage and owner is the same, and a second run writes nothing', async () => {
    expect(await office.run('creatio-to-bitrix24')).toMatchObject({ state: 'done', failure: null });
    const source = await readCreatio(creatio.sandbox.control);
    expect(Object.values(source).map(({ length }) => length)).toEqual([20, 57, 10, 100, 50, 0]);
    const found = withoutOwn(await readBitrix(crm.sandbox), terms);
    const wanted = inTermsOf({ ...source, tasks: source.tasks.filter(({ fields }) => fields.kind !== 'Email') }, terms);
    expect(wanted.tasks).toHaveLength(37);
    expect(compare(wanted, found)).toEqual([]);
    expect(await linesOfPortal()).toEqual(await linesOfSite());

    const since = crm.sandbox.log.lastSeq;
    expect(await office.run('creatio-to-bitrix24')).toMatchObject({ state: 'done', failure: null });
    const later = crm.sandbox.log.list(since).filter(({ effect }) => effect !== 'read' && effect !== 'lookup');
    expect(later).toEqual([]);
  });

  /** Lines with their prices, by the title of their deal. */
  async function linesOfSite(): Promise<string[]> {
    const { Opportunity, OpportunityProductInterest, Product } = await readState(creatio.sandbox.control);
    const titles = new Map(rows(Opportunity).map(({ Id, Title }) => [Id, Title]));
    const names = new Map(rows(Product).map(({ Id, Name }) => [Id, Name]));
    return rows(OpportunityProductInterest)
      .map((row) => [titles.get(row.OpportunityId), names.get(row.ProductId), row.Quantity, row.Price])
      .map(shownLine)
      .sort();
  }

  async function linesOfPortal(): Promise<string[]> {
    const { deals, product_rows } = await readState(crm.sandbox.control);
    const titles = new Map(rows(deals).map(({ id, title }) => [`D_${text(id)}`, title]));
    return rows(product_rows)
      .map((row) => [titles.get(text(row.owner)), row.productName, row.quantity, row.price])
      .map(shownLine)
      .sort();
  }
});

function shownLine([title, product, quantity, price]: readonly unknown[]): string {
  return `${text(title)}: ${text(product)}, ${decimal(quantity)} for ${minorUnits(price)}`;
}
