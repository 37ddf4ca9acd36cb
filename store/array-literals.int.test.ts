import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../tests/support/database.js';
import { numberArray, textArray } from './array-literals.js';
import { migrate } from './migrate.js';

describe('array literals', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase(migrate);
    client = new pg.Client({ connectionString: database.app.connectionString });
    await client.connect();
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const back = async (text: string, type: string): Promise<unknown> => {
    const { rows } = await client.query<{ value: unknown }>(`select to_jsonb($1::${type}[]) as value`, [text]);
    return rows[0]?.value;
  };

  test('any list of texts comes back from the database as it was', async () => {
    const awkward = fc.constantFrom(
      '',
      'NULL',
      'null',
      '{}',
      ',',
      '"',
      '\\',
      '\\"',
      ' a ',
      '{"a"}',
      '\n\t',
      'ж💥',
      "'",
    );
    // No text of PostgreSQL holds NUL, and half of a pair of surrogates is no character.
    const any = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const value = fc.oneof(awkward, any, fc.constant(null));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 8 }), async (values) => {
        expect(await back(textArray(values), 'text')).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });

  test('so does a list of numbers', async () => {
    expect(await back(numberArray([]), 'bigint')).toEqual([]);
    expect(await back(numberArray([0, -1, 2 ** 40]), 'bigint')).toEqual([0, -1, 2 ** 40]);
  });
});
