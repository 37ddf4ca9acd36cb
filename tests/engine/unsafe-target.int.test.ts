import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

const copy = `
pipeline: unsafe-copy
title: Copy into a target that cannot recognise repeats
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: insert }
`;

describe('a target that cannot recognise a repeat', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: 40 }),
      startRestCrm({ seed: 2 }),
    ]);
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  test('gets again what its limit kept from being sent, and no person is asked', async () => {
    const definition = restCrmDefinition({ repeat: 'unsafe', hasBatch: false });
    const bindings = {
      crm: await engine.connect(
        'crm',
        'http',
        { service: 'rest-crm', base_url: source.url },
        { token: source.credentials.token as string },
      ),
      copy: await engine.connect(
        'copy',
        'http',
        { service: 'rest-crm', base_url: target.url, definition },
        { token: target.credentials.token as string },
      ),
    };
    // Refuses in the middle of a batch; nothing tells the product of this limit beforehand.
    target.settings.rate = { requests: 15, perSeconds: 1 };
    const run = await engine.until(await engine.open(await engine.publish(copy, bindings)));
    expect(run).toMatchObject({ state: 'done', failure: null });
    expect(target.kit.requests.list(0).some(({ status }) => status === 429)).toBe(true);
    const created = target.log.list().filter(({ effect, status }) => effect === 'create' && status < 300);
    expect([created.length, target.store.streams.contacts.table.count]).toEqual([40, 40]);
  });
});
