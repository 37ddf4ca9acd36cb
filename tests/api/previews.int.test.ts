import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { connectCrms } from '../support/connect-crms.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const definition = (id: string) => `
pipeline: ${id}
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, position: position }
    to: { stream: copy.contacts, write: upsert }
  companies:
    from: { stream: crm.companies, read: full }
    map: { name: name }
    to: { stream: copy.companies, write: upsert }
`;

describe('previews over the API', () => {
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: 40 }),
      startRestCrm({ seed: 2 }),
    ]);
    api = await startTestApi(engine);
    await connectCrms(engine, { crm: source, copy: target });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  const ready = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/previews/${id}`);
      return body.state === 'open' ? null : body;
    });
  const ended = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return body.endedAt === null ? null : body;
    });

  test('it tells calls and time, its changes by flow and operation, and who applied it', async () => {
    const started = await api.call('POST', '/previews', { definition: definition('told') });
    expect(started.body).toMatchObject({ state: 'open', cost: null, isOutdated: false, appliedRunId: null });
    const { id } = started.body;
    const preview = await ready(id);
    expect(preview.cost).toEqual({
      calls: 2,
      atLeastMs: expect.any(Number),
      connections: [{ connection: 'copy', connector: 'http', reads: 0, writes: 2, atLeastMs: expect.any(Number) }],
    });
    const count = async (query: string) =>
      (await api.call('GET', `/previews/${id}/changes?${query}`)).body.items.length;
    expect(await count('limit=200')).toBe(44);
    expect(await count('limit=200&flow=companies')).toBe(4);
    expect(await count('limit=200&operation=update')).toBe(0);
    expect(
      (await count('limit=200&flow=contacts&operation=upsert')) +
        (await count('limit=200&flow=contacts&operation=create')),
    ).toBe(40);
    const applied = await api.call('POST', `/previews/${id}/apply`);
    await ended(applied.body.id);
    const after = await api.call('GET', `/previews/${id}`);
    expect(after.body).toMatchObject({ state: 'applied', isOutdated: false, appliedRunId: applied.body.id });
  });

  test('it says that it is outdated once a flow has moved on', async () => {
    const started = await api.call('POST', '/previews', {
      definition: definition('overtaken').replaceAll('read: full', 'read: incremental'),
    });
    expect((await ready(started.body.id)).isOutdated).toBe(false);
    const run = await api.call('POST', '/runs', { pipeline: 'overtaken' });
    await ended(run.body.id);
    expect((await ready(started.body.id)).isOutdated).toBe(true);
  });
});
