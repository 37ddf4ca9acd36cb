import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { startCreatio } from './sandbox.js';
import { CreatioCaller } from './testing.js';

describe('seeded data', () => {
  test('is the same for the same seed and grows in proportion', async () => {
    const [one, other] = await Promise.all([
      startCreatio({ seed: 9, records: 300 }),
      startCreatio({ seed: 9, records: 300 }),
    ]);
    try {
      const contact = ({ store }: typeof one) => store.records('Contact').at(-1);
      expect(contact(one)).toEqual(contact(other));
      const counts = (await new CreatioCaller(one).control('counts')) as { streams: Record<string, number> };
      expect(counts.streams).toMatchObject({
        Opportunity: 300,
        Contact: 157,
        Account: 60,
        Lead: 100,
        Activity: 150,
        Order: 30,
      });
      const texts = JSON.stringify(one.store.records('Contact'));
      expect(texts).toMatch(/[а-яё]/);
      expect(texts).toMatch(/[іїєґ]/);
      expect(texts).toMatch(/[łśżą]/);
      expect(texts).toMatch(/[șțăâ]/);
      expect(new Set(one.store.records('Opportunity').map(({ OwnerId }) => OwnerId)).size).toBe(4);
      const moments = one.store.records('Opportunity').map(({ ModifiedOn }) => String(ModifiedOn));
      expect(new Set(moments).size).toBeLessThan(moments.length);
    } finally {
      await one.stop();
      await other.stop();
    }
  });

  test('refers only to what exists, and communications fit the flat columns', async () => {
    const { store, stop } = await startCreatio({ seed: 5, records: 200, dirty: 0.3 });
    try {
      for (const { spec, rows } of store.tables) {
        for (const row of rows.rows()) {
          const record = rows.record(row);
          for (const { property, target } of spec.columns.values()) {
            const id = record[property];
            if (target === undefined || id === undefined) continue;
            expect(store.find(target, String(id))).toBeDefined();
          }
        }
      }
      const phones = store.records('ContactCommunication').map((row) => row.Number);
      for (const { MobilePhone } of store.records('Contact'))
        if (isText(MobilePhone)) expect(phones).toContain(MobilePhone);
      expect(store.records('Contact').some(({ Email }) => Email === 'two@@example.com')).toBe(true);
    } finally {
      await stop();
    }
  });

  test('of eight thousand deals is there soon and is walked without loss while records change', async () => {
    const creatio = await startCreatio({ records: { opportunities: 8000, accounts: 500 } });
    const caller = await CreatioCaller.signedIn(creatio);
    try {
      const met = new Set<string>();
      let filter = 'ModifiedOn ge 2024-01-01T00:00:00Z';
      for (;;) {
        const path = `Opportunity?$select=Id,ModifiedOn&$top=1500&$orderby=ModifiedOn asc,Id asc&$filter=${filter}`;
        const page: JsonObject[] = await caller.list(path);
        for (const { Id } of page) met.add(String(Id));
        const last = page.at(-1);
        if (last === undefined || page.length < 1500) break;
        filter = `ModifiedOn gt ${String(last.ModifiedOn)} or (ModifiedOn eq ${String(last.ModifiedOn)} and Id gt ${String(last.Id)})`;
        await caller.control('touch', { stream: 'Opportunity', count: 3 });
      }
      expect(met.size).toBe(8000);
    } finally {
      await creatio.stop();
    }
  });
});

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
