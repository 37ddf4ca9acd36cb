import { beforeAll, describe, expect, test } from '@jest/globals';
import { textOf } from '../siege/siege.js';
import { pythonWithClients } from './install.js';
import { aioamocrm } from './proofs/aioamocrm.js';
import { creatioApi } from './proofs/creatio-api.js';
import { fastBitrix24 } from './proofs/fast-bitrix24.js';

describe('a client that somebody else wrote', () => {
  beforeAll(async () => {
    await pythonWithClients();
  }, 600_000);

  test.each([fastBitrix24, aioamocrm, creatioApi])('$client does its work in the sandbox', async ({ prove }) => {
    const measured = await prove();
    expect(measured.filter(({ isKept }) => !isKept).map(textOf)).toEqual([]);
  });
});
