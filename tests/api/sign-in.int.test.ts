import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { signInPerson } from '../support/people.js';

describe('signing in', () => {
  let engine: TestEngine;
  let api: TestApi;
  beforeAll(async () => {
    engine = await startTestEngine();
    api = await startTestApi(engine);
  });
  afterAll(async () => {
    await api.stop();
    await engine.stop();
  });

  test('the tables of the sign-in library are what the library asks for', async () => {
    const pool = new pg.Pool({ ...engine.database.owner, options: '-c search_path=auth' });
    try {
      const { toBeAdded, toBeCreated } = await getMigrations({
        ...api.context.identity.options,
        database: pool,
      } as never);
      expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] });
    } finally {
      await pool.end();
    }
  });

  test('a member sees the account by role, and somebody without a part in it sees nothing', async () => {
    const viewer = await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    const stranger = await signInPerson(api);
    expect((await viewer.call('GET', '/pipelines')).status).toBe(200);
    expect((await viewer.call('POST', '/runs', { pipeline: 'none' })).body.code).toBe('api/forbidden');
    expect((await stranger.call('GET', '/pipelines')).body.code).toBe('api/forbidden');
    const named = { headers: { 'pipewright-account': engine.accountId } };
    expect((await stranger.call('GET', '/pipelines', undefined, named)).body.code).toBe('api/not_found');
    expect((await api.call('GET', '/pipelines', undefined, { key: null })).status).toBe(401);
  });

  test('a change with a cookie must come from our own page', async () => {
    const editor = await signInPerson(api, { member: { [engine.accountId]: 'editor' } });
    const answer = await api.call(
      'POST',
      '/runs',
      { pipeline: 'none' },
      { key: null, headers: { cookie: editor.cookie } },
    );
    expect(answer.body.code).toBe('api/origin_refused');
    expect((await editor.call('POST', '/runs', { pipeline: 'none' })).status).toBe(404);
  });
});
