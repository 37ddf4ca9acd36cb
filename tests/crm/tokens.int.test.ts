import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import type { CreatioSandbox } from '../../sandbox/creatio/sandbox.js';
import { until } from '../support/until.js';
import { newConsent, withConsent } from './consent.js';
import { type Office, openOffice, startAmo, startBitrix, startCreatioSite } from './departments.js';

type Crm = BitrixSandbox | AmoCrmSandbox | CreatioSandbox;

/** Long enough for calls to be under way at the same time, and for a run to be met in its middle. */
const latencyMs = 100;
const records = 1_400;

const crms = [
  { connector: 'bitrix24', start: startBitrix, key: 'contacts', name: 'NAME', batch: 50 },
  { connector: 'amocrm', start: startAmo, key: 'contacts', name: 'name', batch: 50 },
  { connector: 'creatio', start: startCreatioSite, key: 'Contact', name: 'Name', batch: 96 },
];

describe('tokens', () => {
  let office: Office;
  const started: Crm[] = [];

  beforeAll(async () => {
    office = await openOffice();
    const settings = { root: office.engine.folder, streams: { people: { path: 'people.csv', format: 'csv' } } };
    const lines = Array.from({ length: records }, (_, index) => `${index},Person ${index}`);
    writeFileSync(join(office.engine.folder, 'people.csv'), `${['id,name', ...lines].join('\n')}\n`);
    const answer = await office.api.call('POST', '/connections', { name: 'files', connector: 'file', settings });
    expect(answer.status).toBe(201);
  });

  afterAll(async () => {
    await office?.stop();
    await Promise.all(started.map((sandbox) => sandbox.stop()));
  });

  test.each(crms)(
    'of $connector are renewed once for all calls, and revoked ones stop the run until there are new ones',
    async ({ connector, start, key, name, batch }) => {
      const crm = await withConsent<Crm>(await start());
      started.push(crm.sandbox);
      await office.connect(connector, crm);
      await office.publish(`
pipeline: people-to-${connector}
connections: { files: { connector: file }, ${connector}: { connector: ${connector} } }
flows:
  people:
    from: { stream: files.people, read: full, key: id }
    map: { ${name}: name }
    to: { stream: ${connector}.contacts, write: upsert }
`);
      const { control, count, refusals } = looksAt(crm.sandbox, key);
      const before = await count();
      await control('settings', { latency_ms: latencyMs });
      const { body: run } = await office.api.call('POST', '/runs', { pipeline: `people-to-${connector}` });
      await until(async () => (await count()) > before);

      // The run's own calls and six others meet the tokens' end at once.
      await control('oauth', { revoke: 'access' });
      const path = `/connections/${connector}`;
      const checks = await Promise.all(Array.from({ length: 6 }, () => office.api.call('POST', `${path}/check`)));
      expect(checks.map(({ body }) => body.isWorking)).toEqual(checks.map(() => true));
      const seen = await count();
      // Two batches go at a time: after three more nothing is under way that was sent before.
      await until(async () => (await count()) > seen + 3 * batch);
      expect(await control('oauth')).toMatchObject({ exchanged: 1, refreshed: 1, reused: 0 });
      expect(await refusals()).toBeGreaterThan(1);

      await control('oauth', { revoke: 'all' });
      const paused = await reaches(run.id, 'paused');
      expect(paused.failure).toMatchObject({ code: 'connection/token_revoked', message: expect.stringMatching(/\.$/) });
      expect(await count()).toBeLessThan(before + records);
      expect((await office.api.call('GET', path)).body).toMatchObject({ state: 'broken' });

      await control('settings', { latency_ms: 0 });
      const secret = await newConsent(crm);
      expect((await office.api.call('PUT', `${path}/secret`, { secret })).status).toBe(200);
      expect(await reaches(run.id, 'done')).toMatchObject({ failure: null });
      expect(await count()).toBe(before + records);
      expect(await control('oauth')).toMatchObject({ exchanged: 2, refreshed: 1 });
    },
  );

  const reaches = (run: string, state: string): Promise<JsonObject> =>
    until(async () => {
      const { body } = await office.api.call('GET', `/runs/${run}`);
      return body.state === state ? (body as JsonObject) : null;
    });
});

function looksAt(sandbox: Crm, key: string) {
  const control = async (route: string, body?: JsonObject): Promise<JsonObject> => {
    const order = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${sandbox.control}/${route}`, order);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as JsonObject;
  };
  return {
    control,
    count: async () => Number(((await control('counts')).streams as JsonObject)[key] ?? 0),
    refusals: async () => sandbox.kit.requests.list().filter(({ status }) => status === 401).length,
  };
}
