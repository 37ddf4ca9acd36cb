import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addAccount } from '../../../store/accounts.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';

describe('what operators see of accounts and requests', () => {
  let engine: TestEngine;
  let api: TestApi;
  let operator: TestPerson;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    operator = await signInPerson(api, { staff: 'operator' });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  const openAccount = async (name: string, tariff: string) => {
    const id = randomUUID();
    await api.context.store.system((tx) => addAccount(tx, { id, name, tariff }));
    const owner = await signInPerson(api, { member: { [id]: 'owner' } });
    return { id, owner };
  };

  test('an account is found by its name, a member’s address or its id, with its tariff and use', async () => {
    const { id, owner } = await openAccount('Søgning % Ltd', 'start');
    for (const search of ['søgning %', owner.email, id]) {
      const { body } = await operator.call('GET', `/operator/accounts?search=${encodeURIComponent(search)}`);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ id, tariff: 'start', members: 1, pipelines: 0, limits: { pipelines: 3 } });
    }
    const { body } = await operator.call('GET', `/operator/accounts?search=${id}&tariff=business`);
    expect(body.items).toEqual([]);
  });

  test('an account put on another tariff has it at once, and its own log names who did it', async () => {
    const { id, owner } = await openAccount('Moved Ltd', 'start');
    const { status, body } = await operator.call('PUT', `/operator/accounts/${id}/tariff`, { tariff: 'business' });
    expect([status, body.name, body.tariff.name]).toEqual([200, 'Moved Ltd', 'business']);
    expect((await owner.call('GET', '/account/tariff')).body.tariff.name).toBe('business');
    const { body: log } = await owner.call('GET', '/audit?action=tariff.assigned');
    expect(log.items).toMatchObject([{ actor: `person:${operator.email}`, object: 'business' }]);
    const { body: own } = await operator.call('GET', `/installation/audit?action=tariff.assigned`);
    expect(own.items.map((line: { object: string }) => line.object)).toContain(`${id} business`);
  });

  test('a tariff that the account does not fit into is refused with a clear sentence, and nothing changes', async () => {
    const { id } = await openAccount('Full Ltd', 'business');
    for (let member = 0; member < 3; member += 1) await signInPerson(api, { member: { [id]: 'viewer' } });
    const { status, body } = await operator.call('PUT', `/operator/accounts/${id}/tariff`, { tariff: 'start' });
    expect([status, body.code]).toEqual([402, 'tariff/limit_reached']);
    expect(body.message).toBe('The account has `4` members with those invited, and tariff `start` has room for `3`.');
    const { body: now } = await operator.call('GET', `/operator/accounts/${id}/tariff`);
    expect(now).toMatchObject({ tariff: { name: 'business' }, use: { members: 4 } });
    expect((await operator.call('PUT', `/operator/accounts/${randomUUID()}/tariff`, { tariff: 'start' })).status).toBe(
      404,
    );
  });

  test('each tariff is listed with the number of its accounts', async () => {
    const before = await countOf('professional');
    await openAccount('Counted Ltd', 'professional');
    expect(await countOf('professional')).toBe(before + 1);
  });

  const countOf = async (name: string): Promise<number> => {
    const { body } = await operator.call('GET', '/operator/tariffs');
    return body.items.find((tariff: { name: string }) => tariff.name === name).accounts;
  };

  test('requests are found by kind, number and words', async () => {
    const { owner } = await openAccount('Asking Ltd', 'start');
    const word = randomUUID();
    const file = async (kind: string) =>
      (await owner.call('POST', '/requests', { kind, subject: `About ${word}`, text: 'How?' })).body;
    const [setup, problem] = [await file('setup'), await file('problem')];
    const found = async (query: string) =>
      (await operator.call('GET', `/operator/requests?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await found(`search=${word.toUpperCase()}`)).toEqual([problem.id, setup.id]);
    expect(await found(`search=${word}&kind=setup`)).toEqual([setup.id]);
    expect(await found(`search=${encodeURIComponent(`#${problem.number}`)}`)).toEqual([problem.id]);
    expect(await found(`search=${word}&state=closed`)).toEqual([]);
  });

  test('nobody else sees them', async () => {
    const { id, owner } = await openAccount('Curious Ltd', 'start');
    for (const path of ['/operator/tariffs', '/operator/accounts', `/operator/accounts/${id}/tariff`]) {
      expect((await owner.call('GET', path)).status).toBe(403);
    }
  });
});
