import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { queryOnce } from '../../runtime/postgres-connection.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

describe('a view read over the API', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    const settings = { service: 'rest-crm', base_url: 'http://127.0.0.1:9' };
    const id = await engine.connect('crm', 'http', settings, { token: 'x' });
    await engine.publish(
      `
pipeline: seen
connections: { crm: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name }
    to: { stream: crm.companies, write: insert }
`,
      { crm: id },
    );
    await engine.rows(
      `with t as (insert into target (account_id, connection_id, stream) values ($1, $2, 'companies') returning id)
       insert into link (flow_id, source_key, part, account_id, target_id, target_key, version, state)
       select f.id, n::text, '', $1, t.id, n::text, 1, 1 from flow f, t, generate_series(1, 60000) n`,
      [engine.accountId, id],
    );
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  test('gives its database connection back when the reader leaves in the middle', async () => {
    await new Promise<void>((resolve, reject) => {
      const headers = { authorization: `Bearer ${api.key}`, accept: 'application/x-ndjson' };
      get(`${api.address}/api/v1/views/v_record_map`, { headers, agent: false }, (answer) => {
        expect(answer.statusCode).toBe(200);
        answer.once('data', () => {
          answer.destroy();
          resolve();
        });
      }).once('error', reject);
    });
    const isIdle = await until(async () => {
      const [row] = await queryOnce(
        engine.database.ownerUrl,
        "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
      );
      return row?.open === 0 ? true : null;
    });
    expect(isIdle).toBe(true);
  });
});
