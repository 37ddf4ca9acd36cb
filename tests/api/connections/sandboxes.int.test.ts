import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson } from '../../support/people.js';
import { type Practice, startPractice } from '../../support/practice.js';

describe('sandboxes beside an installation', () => {
  let engine: TestEngine;
  let api: TestApi;
  let practice: Practice;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await practice?.stop();
  });

  test('are none where none were started; then each is offered as a connection that works', async () => {
    expect((await api.call('GET', '/sandboxes')).body).toEqual({ items: [], next: null });
    practice = await startPractice(engine, { records: 10 });
    const { items } = (await api.call('GET', '/sandboxes')).body as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(['crm', 'copy']);
    for (const offer of items) {
      const added = await api.call('POST', '/connections', offer);
      expect(added.status).toBe(201);
      expect((await api.call('POST', `/connections/${offer.name}/check`)).body).toMatchObject({ isWorking: true });
    }
    const reader = await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    expect((await reader.call('GET', '/sandboxes')).status).toBe(403);
  });
});
