import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { expectReconciled } from '../support/expect-reconciled.js';

const migration = `
pipeline: crm-to-crm
title: Companies, contacts and deals with their relations
connections: { old: { connector: http }, new: { connector: http } }
flows:
  companies:
    from: { stream: old.companies, read: full }
    map:
      name: name
      tax_id: tax_id
      parent_id: { ref: companies, by: parent_id, late: true }
    to: { stream: new.companies, write: upsert }
  contacts:
    from: { stream: old.contacts, read: full }
    map:
      name: name
      company_id: { ref: companies, by: company_id }
    to: { stream: new.contacts, write: upsert }
  deals:
    from: { stream: old.deals, read: full }
    map:
      name: name
      amount: amount
      currency: currency
      company_id: { ref: companies, by: company_id }
      contact_id: { ref: contacts, by: contact_id }
    to: { stream: new.deals, write: upsert }
`;

type Row = Record<string, string | null>;

describe('a migration of three streams', () => {
  let engine: TestEngine;
  let old: RestCrmSandbox;
  let fresh: RestCrmSandbox;
  let bindings: Record<string, string>;

  let number = 0;

  beforeAll(async () => {
    engine = await startTestEngine();
  });

  beforeEach(async () => {
    await Promise.all([old?.stop(), fresh?.stop()]);
    [old, fresh] = await Promise.all([
      startRestCrm({ seed: 11, records: { companies: 120, contacts: 400, deals: 300 } }),
      startRestCrm({ seed: 12 }),
    ]);
    number += 1;
    const secret = (crm: RestCrmSandbox) => ({ token: crm.credentials.token as string });
    bindings = {
      old: await engine.connect(`old-${number}`, 'http', { service: 'rest-crm', base_url: old.url }, secret(old)),
      new: await engine.connect(`new-${number}`, 'http', { service: 'rest-crm', base_url: fresh.url }, secret(fresh)),
    };
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([old?.stop(), fresh?.stop()]);
  });

  const read = (crm: RestCrmSandbox, stream: string): Row[] =>
    [...crm.store.records(stream as 'deals')] as unknown as Row[];

  test('keeps every relation, also of records whose parent comes later', async () => {
    const pipeline = await engine.publish(migration, bindings);
    const run = await engine.until(await engine.open(pipeline, 'manual', { isOneOff: true }));
    expect(run).toMatchObject({ state: 'done', failure: null });
    const places = (['companies', 'contacts', 'deals'] as const).map((stream) => ({
      flow: stream,
      stream,
      sandbox: fresh,
    }));
    await expectReconciled(engine, run.id, ...places);

    const links = await engine.rows<{ flow: string; source_key: string; target_key: string }>(
      "select flow, source_key, target_key from v_record_map where pipeline = 'crm-to-crm'",
    );
    const target = new Map(links.map((link) => [`${link.flow}/${link.source_key}`, link.target_key]));
    const targets = (stream: string) => new Map(read(fresh, stream).map((row) => [row.id, row]));
    for (const [flow, refs] of [
      ['companies', { parent_id: 'companies' }],
      ['contacts', { company_id: 'companies' }],
      ['deals', { company_id: 'companies', contact_id: 'contacts' }],
    ] as const) {
      const there = targets(flow);
      expect(there.size).toBe(read(old, flow).length);
      for (const row of read(old, flow)) {
        const copy = there.get(target.get(`${flow}/${row.id}`) ?? '');
        expect(copy?.name).toBe(row.name);
        for (const [field, parent] of Object.entries(refs)) {
          const wanted = row[field] == null ? null : target.get(`${parent}/${row[field]}`);
          expect(copy?.[field] ?? null).toBe(wanted ?? null);
        }
      }
    }
    expect(read(old, 'companies').some((row) => row.parent_id !== null && Number(row.parent_id) > Number(row.id))).toBe(
      true,
    );

    const before = fresh.log.lastSeq;
    const again = await engine.until(await engine.open(pipeline, 'manual', { isOneOff: true }));
    expect(again.state).toBe('done');
    expect(
      fresh.log.list().filter((entry) => entry.seq > before && entry.effect !== 'read' && entry.effect !== 'lookup'),
    ).toEqual([]);
  });

  test('lets children wait for their parents and writes them when these come', async () => {
    const deals = migration.replace('crm-to-crm', 'children-first').replace('title: Companies', 'title: Children');
    const pipeline = await engine.publish(deals, bindings);
    const first = await engine.until(await engine.open(pipeline, 'manual', { flows: ['contacts'] }));
    const [counts] = await engine.rows<{ written: number; waiting: number }>(
      'select written, waiting from v_reconciliation where run_id = $1',
      [first.id],
    );
    expect(counts?.waiting).toBeGreaterThan(0);
    const second = await engine.until(await engine.open(pipeline, 'manual', { flows: ['companies', 'contacts'] }));
    expect(second.state).toBe('done');
    const rows = await engine.rows<{ flow: string; waiting: number }>(
      'select flow, waiting from v_reconciliation where run_id = $1',
      [second.id],
    );
    expect(rows.every((row) => row.waiting === 0)).toBe(true);
    expect(await engine.rows('select 1 from waiting_record')).toEqual([]);
  });
});
