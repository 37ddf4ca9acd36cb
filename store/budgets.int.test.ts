import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../tests/support/database.js';
import { BudgetRows } from './budgets.js';
import { Store } from './database.js';
import { migrate } from './migrate.js';

describe('request budgets', () => {
  let database: TestDatabase;
  let stores: Store[];

  beforeAll(async () => {
    database = await createTestDatabase(migrate);
    stores = [0, 1].map(
      () => new Store({ appUrl: database.app.connectionString, systemUrl: database.system.connectionString }),
    );
  });

  afterAll(async () => {
    for (const store of stores ?? []) await store.close();
    await database?.drop();
  });

  const rows = (index: number): BudgetRows => new BudgetRows(stores[index] as Store);

  test('give every turn once, evenly spaced, whoever asks', async () => {
    const first = await rows(0).reserve('even', 3, 1_000, 1);
    expect(Math.abs(first.firstMs - first.nowMs)).toBeLessThan(1_000);
    const answers = await Promise.all([0, 1, 0, 1].map((index) => rows(index).reserve('even', 2, 1_000, 1)));
    const turns = answers.map((answer) => answer.firstMs).sort((a, b) => a - b);
    for (const [index, turn] of turns.entries()) expect(turn - first.firstMs).toBeCloseTo(3_000 + index * 2_000, 0);
  });

  test('let a burst go at once after a pause', async () => {
    const one = await rows(0).reserve('burst', 1, 60_000, 5);
    const many = await rows(1).reserve('burst', 4, 60_000, 5);
    expect(one.firstMs).toBeLessThanOrEqual(one.nowMs);
    expect(many.firstMs + 3 * 60_000).toBeLessThanOrEqual(many.nowMs);
    const late = await rows(0).reserve('burst', 1, 60_000, 5);
    expect(late.firstMs).toBeGreaterThan(late.nowMs);
  });

  test('are closed for everybody until the vendor opens them again', async () => {
    const { nowMs } = await rows(0).reserve('paused', 1, 10, 1);
    await rows(0).pause('paused', nowMs + 60_000);
    await rows(1).pause('paused', nowMs + 5_000);
    const { firstMs } = await rows(1).reserve('paused', 1, 10, 1);
    expect(firstMs).toBeCloseTo(nowMs + 60_000, 0);
  });
});
