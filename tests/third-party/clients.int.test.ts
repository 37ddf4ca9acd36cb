import { beforeAll, describe, expect, test } from '@jest/globals';
import { textOf } from '../siege/siege.js';
import { oneForEachCrm } from './all.js';
import { pythonWithClients } from './install.js';

describe('a client that somebody else wrote', () => {
  beforeAll(async () => {
    await pythonWithClients();
  }, 600_000);

  test.each(oneForEachCrm)('$client does its work in the sandbox', async ({ prove }) => {
    const measured = await prove();
    expect(measured.filter(({ isKept, isTimed }) => !isKept && !isTimed).map(textOf)).toEqual([]);
  });
});
