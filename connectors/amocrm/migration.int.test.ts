import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { startTestEngine, type TestEngine } from '../../tests/support/engine.js';
import { noSignal, readPass, readRequest } from '../kit/conformance/requests.js';
import { startAccount, type TestAccount } from './testing-sandbox.js';

/** The flows of a move from one account to another: records, relations, values, notes, tasks. */
const definition = `
pipeline: amo-to-amo
title: Move an account
connections: { old: { connector: amocrm }, new: { connector: amocrm } }
flows:
  companies:
    from: { stream: old.companies, read: incremental }
    map: { name: name, tags: tags, created_at: created_at, custom.PHONE: "['custom.PHONE']", custom.EMAIL: "['custom.EMAIL']" }
    to: { stream: new.companies, write: upsert }
  contacts:
    from: { stream: old.contacts, read: incremental }
    map:
      name: name
      first_name: first_name
      last_name: last_name
      created_at: created_at
      custom.PHONE: "['custom.PHONE']"
      custom.EMAIL: "['custom.EMAIL']"
      company_id: { ref: companies, by: company_id, missing: "null" }
    to: { stream: new.contacts, write: upsert }
  leads:
    from: { stream: old.leads, read: incremental }
    map:
      name: name
      price: price
      tags: tags
      created_at: created_at
      company_id: { ref: companies, by: company_id, missing: "null" }
      contact_ids: { ref: contacts, by: contact_ids, missing: "null" }
      main_contact_id: { ref: contacts, by: main_contact_id, missing: "null" }
    to: { stream: new.leads, write: upsert }
  notes:
    from: { stream: old.lead_notes, read: incremental }
    steps: [{ where: "record.note_type == 'common'" }]
    map:
      entity_id: { ref: leads, by: entity_id }
      text: text
      created_at: created_at
    to: { stream: new.lead_notes, write: upsert }
`;

const counted = ['leads', 'contacts', 'companies'] as const;

let engine: TestEngine;
let old: TestAccount;
let fresh: TestAccount;
let bindings: Record<string, string>;

beforeAll(async () => {
  [engine, old, fresh] = await Promise.all([
    startTestEngine(),
    startAccount({ seed: 5, records: 60 }),
    startAccount({ seed: 6 }),
  ]);
  const connect = (name: string, account: TestAccount) =>
    engine.connect(
      name,
      'amocrm',
      { ...account.settings, requests_per_second: 50 },
      { token: String(account.sandbox.credentials.token) },
    );
  bindings = { old: await connect('old', old), new: await connect('new', fresh) };
  await makeOwnIds();
});

afterAll(async () => {
  await engine?.stop();
  await Promise.all([old?.stop(), fresh?.stop()]);
});

async function makeOwnIds(): Promise<void> {
  const crm = fresh.open();
  for (const stream of counted)
    await crm.createFields?.(
      stream,
      [{ name: 'custom.PIPEWRIGHT_ID', type: 'text', title: 'Pipewright ID' }],
      noSignal,
    );
}

/** What a move must carry, with the names of other records in place of their ids. */
async function contentOf(account: TestAccount): Promise<Record<string, string[]>> {
  const crm = account.open();
  const all = async (stream: string) => (await readPass(() => crm, readRequest(stream, { key: ['id'] }))).records;
  const [companies, contacts, leads, notes] = await Promise.all(
    ['companies', 'contacts', 'leads', 'lead_notes'].map(all),
  );
  const namesOf = (records: readonly JsonObject[] = []) => new Map(records.map(({ id, name }) => [id, String(name)]));
  const [company, contact, lead] = [namesOf(companies), namesOf(contacts), namesOf(leads)];
  const values = (list: JsonObject['x']) =>
    Array.isArray(list) ? list.map((each) => JSON.stringify(each)).sort() : [];
  const lines = (records: readonly JsonObject[] = [], line: (record: JsonObject) => unknown): string[] =>
    records.map((record) => JSON.stringify(line(record))).sort();
  const names = (of: Map<JsonObject['x'] | undefined, string>, ids: JsonObject['x']) =>
    Array.isArray(ids) ? ids.map((id) => of.get(id) ?? null).sort() : (of.get(ids ?? null) ?? null);
  return {
    companies: lines(companies, (r) => [
      r.name,
      r.tags,
      r.created_at,
      values(r['custom.PHONE'] ?? null),
      values(r['custom.EMAIL'] ?? null),
    ]),
    contacts: lines(contacts, (r) => [
      r.name,
      r.first_name,
      r.last_name,
      r.created_at,
      values(r['custom.PHONE'] ?? null),
      values(r['custom.EMAIL'] ?? null),
      names(company, r.company_id ?? null),
    ]),
    leads: lines(leads, (r) => [
      r.name,
      r.price,
      values(r.tags ?? null),
      r.created_at,
      names(company, r.company_id ?? null),
      names(contact, r.contact_ids ?? null),
      names(contact, r.main_contact_id ?? null),
    ]),
    notes: lines(
      (notes ?? []).filter((r) => r.note_type === 'common'),
      (r) => [lead.get(r.entity_id ?? null), r.text, r.created_at],
    ),
  };
}

/** Lines that only one of the accounts has; a few of each kind, to be read. */
async function differences(): Promise<Record<string, string[]>> {
  const [one, other] = [await contentOf(old), await contentOf(fresh)];
  const differing = (name: string): string[] => {
    const [a = [], b = []] = [one[name], other[name]];
    const [inA, inB] = [new Set(a), new Set(b)];
    const lines = [
      ...a.filter((line) => !inB.has(line)).map((line) => `- ${line}`),
      ...b.filter((line) => !inA.has(line)).map((line) => `+ ${line}`),
    ];
    return lines.length === 0 && a.length !== b.length ? [`${a.length} became ${b.length}`] : lines.slice(0, 5);
  };
  return Object.fromEntries(Object.keys(one).map((name) => [name, differing(name)]));
}

const writesOf = (account: TestAccount, since: number) =>
  [...account.sandbox.log.entries(since)].filter(({ effect }) => effect === 'create' || effect === 'update');

describe('a move from one account to another', () => {
  // Tests come in any order; each begins with an empty account.
  beforeEach(async () => {
    await fresh.control('reset', {});
    await fresh.control('settings', { rate: null, account_rate: null, ban_after: 0 });
    fresh.renew();
    await makeOwnIds();
  });

  test('carries every record, relation, value and moment; a second run writes nothing', async () => {
    const pipeline = await engine.publish(definition, bindings);
    const first = await engine.until(await engine.open(pipeline), undefined, 60_000);
    expect(first).toMatchObject({ state: 'done', failure: null });
    expect(await differences()).toEqual({ companies: [], contacts: [], leads: [], notes: [] });
    const since = fresh.sandbox.log.lastSeq;
    const second = await engine.until(await engine.open(pipeline), undefined, 60_000);
    expect(second.state).toBe('done');
    expect(writesOf(fresh, since)).toEqual([]);
  });

  test('comes to the same where a fifth of the calls fail', async () => {
    const kinds = [
      'status_429',
      'status_500',
      'status_503',
      'reset',
      'html',
      'empty_body',
      'commit_then_drop',
      'truncate',
    ];
    await fresh.control('faults', { seed: 7, rate: 0.2, kinds });
    const pipeline = await engine.publish(definition.replace('amo-to-amo', 'amo-in-a-storm'), bindings);
    const run = await engine.until(await engine.open(pipeline), undefined, 120_000);
    await fresh.control('faults', { rate: 0 });
    expect(run).toMatchObject({ state: 'done', failure: null });
    expect(await differences()).toEqual({ companies: [], contacts: [], leads: [], notes: [] });
  }, 150_000);
});
