import { describe, expect, test } from '@jest/globals';
import { asObject, asObjects, PortalCaller } from './client.js';
import { startBitrix24 } from './sandbox.js';

describe('a seeded portal', () => {
  test('of 20,000 deals is there in a moment, is the same for the same seed and is read in batches of 2500', async () => {
    const startedAt = Date.now();
    const portal = await startBitrix24({ records: 20_000 });
    const caller = new PortalCaller(portal);
    try {
      expect(Date.now() - startedAt).toBeLessThan(15_000);
      expect(await caller.control('counts')).toMatchObject({
        streams: {
          deals: 20_000,
          contacts: 10_000,
          companies: 4000,
          leads: 5000,
          activities: 5000,
          tasks: 1000,
          items_177: 1000,
        },
        log: 0,
      });
      const seen = new Set<unknown>();
      for (let first = 0; first < 20_000; first += 2500) {
        const cmd = Array.from(
          { length: 50 },
          (_, n) => `crm.deal.list?select[]=ID&order[ID]=ASC&start=${first + n * 50}`,
        );
        const pages = asObject((await caller.call('batch', { cmd })).result).result;
        for (const page of Array.isArray(pages) ? pages : []) for (const { ID } of asObjects(page)) seen.add(ID);
      }
      expect(seen.size).toBe(20_000);
    } finally {
      await portal.stop();
    }
  });

  test('holds names of five alphabets, several and broken phones, missing values and equal moments', async () => {
    const portal = await startBitrix24({ records: { contacts: 800, companies: 100, deals: 800 } });
    const other = await startBitrix24({ records: { contacts: 800, companies: 100, deals: 800 } });
    try {
      const { table } = portal.store.contacts;
      const contacts = [...table.rows()].map((row) => table.record(row));
      const names = contacts.map(({ name, lastName }) => `${String(name)} ${String(lastName)}`).join(' ');
      for (const letters of [/[А-Я]/, /[ҐЇЄІ]/i, /[łżęś]/, /[șțâ]/]) expect(names).toMatch(letters);
      const phones = contacts.map(({ fm }) => asObjects(fm).filter(({ typeId }) => typeId === 'PHONE'));
      expect(phones.filter((list) => list.length > 1).length).toBeGreaterThan(100);
      expect(phones.filter((list) => list.length === 0).length).toBeGreaterThan(5);
      expect(phones.flat().filter(({ value }) => String(value).replace(/\D/g, '').length < 7).length).toBeGreaterThan(
        5,
      );
      expect(contacts.filter(({ lastName }) => lastName === undefined).length).toBeGreaterThan(5);
      const moments = contacts.map(({ updatedTime }) => updatedTime);
      expect(new Set(moments).size).toBeLessThan(moments.length);
      expect(other.store.contacts.table.record(5)).toEqual(portal.store.contacts.table.record(5));
      expect(other.credentials.webhook_url?.slice(-17)).toBe(portal.credentials.webhook_url?.slice(-17));
    } finally {
      await portal.stop();
      await other.stop();
    }
  });

  test('spoils the share of records that was asked', async () => {
    const portal = await startBitrix24({ records: { contacts: 500 }, dirty: 0.3 });
    try {
      const { table } = portal.store.contacts;
      const spoiled = [...table.rows()].filter((row) => {
        const { name, fm } = table.record(row);
        return (
          name === '' || String(name).length > 250 || asObjects(fm).some(({ value }) => String(value).includes('@@'))
        );
      });
      expect(spoiled.length).toBeGreaterThan(90);
      expect(spoiled.length).toBeLessThan(220);
    } finally {
      await portal.stop();
    }
  });

  test('is changed by hand, forgotten and played faults upon through the control routes', async () => {
    const portal = await startBitrix24({ records: 20, settings: { bucket_size: 0 } });
    const caller = new PortalCaller(portal);
    try {
      expect(
        await caller.control('touch', { stream: 'deals', count: 3, fields: { TITLE: 'touched {n}' } }),
      ).toMatchObject({ touched: 3 });
      expect(await caller.control('touch', { stream: 'contacts', op: 'create', count: 2 })).toMatchObject({
        touched: 2,
      });
      expect(await caller.control('touch', { stream: 'leads', op: 'delete', count: 1 })).toMatchObject({ touched: 1 });
      expect((await caller.call('crm.deal.list', { filter: { '%TITLE': 'touched' } })).body.total).toBe(3);
      expect(portal.log.list().filter(({ effect }) => effect !== 'read')).toEqual([]);
      await caller.control('faults', { rate: 1, kinds: ['duplicate'] });
      await caller.call('crm.deal.add', { fields: { ORIGIN_ID: 'twice' } });
      await caller.control('faults', { rate: 0 });
      expect(portal.log.list().filter(({ external_id: key }) => key === 'twice')).toHaveLength(2);
      await caller.control('faults', { rate: 1, kinds: ['status_503'] });
      expect((await caller.call('crm.deal.list')).body).toEqual({
        error: 'QUERY_LIMIT_EXCEEDED',
        error_description: 'Too many requests',
      });
      await caller.control('reset', {});
      expect((await caller.call('crm.deal.list')).body.total).toBe(20);
      expect((await caller.call('crm.deal.list', { filter: { '%TITLE': 'touched' } })).body.total).toBe(0);
    } finally {
      await portal.stop();
    }
  });

  test('speaks TLS on both of its hosts', async () => {
    const portal = await startBitrix24({ tls: true });
    try {
      expect(portal.credentials.webhook_url).toMatch(/^https:/);
      expect(portal.credentials.token_url).toMatch(/^https:/);
      expect(portal.ca).toContain('BEGIN CERTIFICATE');
      expect(portal.control).toMatch(/^http:/);
    } finally {
      await portal.stop();
    }
  });
});
