import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestApi } from '../support/api.js';
import type { TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import { startTwoCrms, type TwoCrms } from '../support/two-crms.js';
import { until } from '../support/until.js';

const definition = (policy: string) => `
pipeline: copy-${policy.replace('_', '-')}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
errors: { drift: ${policy} }
`;

/** The service after somebody has changed a field of the contacts there. */
function serviceWith(change: (fields: Record<string, unknown>) => void): JsonObject {
  const service = restCrmDefinition({}) as { streams: { contacts: { fields: Record<string, unknown> } } };
  change(service.streams.contacts.fields);
  return service as unknown as JsonObject;
}

describe('a vendor that changes its fields', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    crms = await startTwoCrms(30, { settings: { definition: restCrmDefinition({}) } });
    ({ engine, api, target } = crms);
  });

  afterAll(() => crms?.stop());

  const setService = (name: string, service: JsonObject) =>
    engine.rows(`update connection set settings = jsonb_set(settings, '{definition}', $2::jsonb) where name = $1`, [
      name,
      JSON.stringify(service),
    ]);

  const inState = (id: string, states: readonly string[]) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return states.includes(body.state) ? body : null;
    });

  test('pauses the run before anything is written, and tells the difference; restored, it goes on', async () => {
    const before = target.store.streams.contacts.table.count;
    const published = await api.call('POST', '/pipelines', { definition: definition('pause') });
    expect(published.status).toBe(201);
    await setService(
      'crm',
      serviceWith((fields) => {
        delete fields.email;
      }),
    );
    await setService(
      'copy',
      serviceWith((fields) => {
        fields.name = 'integer';
      }),
    );
    const { body: run } = await api.call('POST', '/runs', { pipeline: 'copy-pause' });
    const paused = await inState(run.id, ['paused', 'failed', 'done']);
    expect(paused).toMatchObject({ state: 'paused', failure: { code: 'read/drift' } });
    expect(paused.failure.details.differences).toEqual([
      'field `email` of `crm.contacts` is gone',
      'field `name` of `copy.contacts` is `integer`, it was `text`',
    ]);
    expect(target.store.streams.contacts.table.count).toBe(before);

    await setService('crm', restCrmDefinition({}));
    await setService('copy', restCrmDefinition({}));
    await api.call('POST', `/runs/${run.id}/resume`);
    expect(await inState(run.id, ['done', 'failed'])).toMatchObject({ state: 'done' });
    expect(target.store.streams.contacts.table.count).toBe(before + 30);
  });

  test('is no matter where the pipeline says that records are to be put aside', async () => {
    await api.call('POST', '/pipelines', { definition: definition('dead_letter') });
    await setService(
      'crm',
      serviceWith((fields) => {
        delete fields.email;
      }),
    );
    const { body: run } = await api.call('POST', '/runs', { pipeline: 'copy-dead-letter' });
    expect(await inState(run.id, ['paused', 'failed', 'done', 'done_with_dead_letters'])).toMatchObject({
      state: expect.stringContaining('done'),
    });
    await setService('crm', restCrmDefinition({}));
  });
});
