import * as https from 'node:https';
import { describe, expect, test } from '@jest/globals';
import { Caller, objects } from '../kit/caller.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { calmAccount, valuesOf } from './calm-account.js';
import { startAmoCrm } from './sandbox.js';

describe('a seeded amoCRM', () => {
  test('is the same for the same seed and another for another', async () => {
    const states: string[] = [];
    for (const seed of [3, 3, 4]) {
      const crm = await startAmoCrm({ seed, records: 40 });
      states.push(
        JSON.stringify([crm.credentials.client_secret, crm.store.records('leads'), crm.store.records('contacts')]),
      );
      await crm.stop();
    }
    expect(states[0]).toBe(states[1]);
    expect(states[0]).not.toBe(states[2]);
  });

  test('has names of several alphabets, several and broken phones, relations, owners and equal moments', async () => {
    const { crm, caller } = await calmAccount({ records: 300, dirty: 0.2 });
    try {
      const state: unknown = await caller.control('state');
      const streams: JsonObject = isObject(state) && isObject(state.streams) ? state.streams : {};
      const [leads, contacts, companies] = ['leads', 'contacts', 'companies'].map((name) => objects(streams[name]));
      expect([leads?.length, contacts?.length, companies?.length]).toEqual([300, 210, 60]);
      const names = (contacts ?? []).map(({ name }) => String(name)).join(' ');
      for (const letters of [/[а-яё]/i, /[ієґї]/i, /[łśż]/i, /[șță]/i]) expect(names).toMatch(letters);
      const phones = (contacts ?? []).map((contact) => valuesOf(contact, 'PHONE'));
      expect(phones.some((values) => values.length > 1)).toBe(true);
      expect(phones.some((values) => values.length === 0)).toBe(true);
      expect(phones.flat().filter((phone) => String(phone).replace(/\D/g, '').length < 7).length).toBeGreaterThan(15);
      expect(new Set((leads ?? []).map((lead) => lead.responsible_user_id)).size).toBe(8);
      const moments = (leads ?? []).map((lead) => lead.updated_at);
      expect(moments.length - new Set(moments).size).toBeGreaterThan(10);
      const linked = (leads ?? []).filter(
        ({ _embedded: parts }) => isObject(parts) && objects(parts.contacts).length > 0,
      );
      expect(linked.length).toBeGreaterThan(200);
      expect(leads?.[0]).toHaveProperty('external_id', null);
    } finally {
      await crm.stop();
    }
  });

  test('holds 10,000 leads and what belongs to them, and finds one by its own id at once', async () => {
    const account = await calmAccount({ records: 10_000 });
    try {
      const { crm, caller } = account;
      const counts: unknown = await caller.control('counts');
      expect(counts).toMatchObject({
        streams: { leads: 10_000, contacts: 7000, companies: 2000, elements: 500, customers: 200, notes: 5000 },
      });
      expect(crm.store.tables.leads.records.heldBytes).toBeLessThan(10 << 20);
      const field = crm.store.fields.byCode('leads', 'EXTERNAL_ID')?.id ?? 0;
      const id = await account.make('leads', { custom_fields_values: [{ field_id: field, values: [{ value: 'k' }] }] });
      const path = `leads?filter[custom_fields_values][${field}][]=k`;
      await account.list(path);
      const started = performance.now();
      for (let round = 0; round < 50; round += 1) expect((await account.list(path))[0]?.id).toBe(id);
      expect(performance.now() - started).toBeLessThan(2000);
    } finally {
      await account.crm.stop();
    }
  });

  test('is changed by people: updates, new records, deletions; and goes back to its beginning', async () => {
    const account = await calmAccount({ records: 20 });
    const { crm, caller } = account;
    try {
      const after = crm.log.lastSeq;
      const touched: unknown = await caller.control('touch', {
        stream: 'contacts',
        count: 2,
        fields: { PHONE: '+{n}', name: 'N{n}' },
      });
      const ids = isObject(touched) && Array.isArray(touched.ids) ? touched.ids.map(String) : [];
      expect((await account.get(`contacts/${ids[1]}`)).body.name).toBe('N2');
      expect(valuesOf((await account.get(`contacts/${ids[1]}`)).body, 'PHONE')).toEqual(['+2']);
      await caller.control('touch', { stream: 'leads', op: 'create', count: 3 });
      await caller.control('touch', { stream: 'leads', op: 'delete', count: 1 });
      await caller.control('touch', { stream: 'tasks', op: 'create', count: 1 });
      expect(crm.store.tables.leads.count).toBe(22);
      expect(crm.log.list(after).filter(({ effect }) => effect !== 'read')).toEqual([]);
      await caller.control('reset', {});
      expect(crm.store.tables.leads.count).toBe(20);
      const wrong: unknown = await caller.control('touch', { stream: 'planets' });
      expect(isObject(wrong) ? wrong.error : '').toBe('Stream `planets` is not known.');
    } finally {
      await crm.stop();
    }
  });
});

describe('hosts of amoCRM', () => {
  test('are certified by the test authority, so that clients may insist on example.amocrm.ru', async () => {
    const crm = await startAmoCrm({ tls: true });
    try {
      const body = await new Promise<string>((resolve, reject) => {
        const headers = { authorization: `Bearer ${crm.credentials.token}`, host: 'example.amocrm.ru' };
        https
          .get(
            `${crm.url}/api/v4/leads/pipelines`,
            { ca: crm.ca, servername: 'example.amocrm.ru', headers },
            (answer) => {
              let text = '';
              answer.on('data', (piece: Buffer) => {
                text += piece.toString('utf8');
              });
              answer.on('end', () => resolve(text));
            },
          )
          .on('error', reject);
      });
      expect(body).toContain('"href":"https://example.amocrm.ru/api/v4/leads/pipelines"');
      expect(crm.control.startsWith('http://')).toBe(true);
      expect(
        (await new Caller({ ...crm, url: crm.control.replace('/_sandbox', '') }).get('/api/v4/account')).status,
      ).toBe(200);
    } finally {
      await crm.stop();
    }
  });
});
