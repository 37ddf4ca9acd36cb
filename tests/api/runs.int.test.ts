import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const definition = (id: string, extra = '', map = 'email: email') => `
pipeline: ${id}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
${extra}
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map:
      name: name
      ${map}
    to: { stream: copy.contacts, write: upsert }
`;

describe('runs over the API', () => {
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: 200 }),
      startRestCrm({ seed: 2 }),
    ]);
    api = await startTestApi(engine);
    for (const [name, sandbox] of [['crm', source], ['copy', target]] as const) {
      const added = await api.call('POST', '/connections', {
        name,
        connector: 'http',
        settings: { service: 'rest-crm', base_url: sandbox.url },
        secret: { token: sandbox.credentials.token },
      });
      expect(added.status).toBe(201);
    }
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  const ended = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return ['done', 'done_with_dead_letters', 'failed', 'cancelled'].includes(body.state) ? body : null;
    });

  test('one call publishes a definition and runs it to its end', async () => {
    const started = await api.call('POST', '/runs', { definition: definition('one-call') });
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({ pipeline: 'one-call', version: 1, kind: 'manual' });
    const run = await ended(started.body.id);
    expect(run).toMatchObject({ state: 'done', totals: { read: 200, written: 200 } });
    const again = await api.call('POST', '/runs', { definition: definition('one-call') });
    expect(again.body.version).toBe(1);
    await ended(again.body.id);
    expect((await api.call('GET', '/pipelines/one-call/versions')).body.items).toHaveLength(1);
  });
});
