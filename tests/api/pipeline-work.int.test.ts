import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const definition = (id: string, trigger: string) => `
pipeline: ${id}
title: Rows
connections: { source: { connector: file }, out: { connector: file } }
trigger: ${trigger}
flows:
  rows:
    from: { stream: source.rows, read: full, key: [id] }
    map: { id: id }
    to: { stream: out.copies, write: insert }
`;

describe('the recent work of pipelines in their list', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    const settings = { streams: { rows: { path: 'rows.csv' }, copies: { path: 'copies.csv' } } };
    expect((await api.call('POST', '/connections', { name: 'files', connector: 'file', settings })).status).toBe(201);
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  const publish = async (id: string, trigger = 'manual'): Promise<string> => {
    const connections = { source: 'files', out: 'files' };
    const { body } = await api.call('POST', '/pipelines', { definition: definition(id, trigger), connections });
    return body.uid;
  };
  const addRun = (uid: string, number: number, state: string, startedAt: string) =>
    engine.rows(
      `with added as (
         insert into run (id, account_id, pipeline_uid, version, number, kind, state, opened_by, opened_at, started_at, ended_at)
         values ($1, $2, $3, 1, $4, 'manual', $5, 'test', $6, $6, $6) returning id)
       insert into run_flow (run_id, flow_id, target, account_id, flow, written, deleted, dead_letters)
       select added.id, f.id, '', $2, 'rows', $4, 1, 2 from added, flow f where f.pipeline_uid = $3`,
      [randomUUID(), engine.accountId, uid, number, state, startedAt],
    );
  const lineOf = async (id: string) =>
    (await api.call('GET', '/pipelines')).body.items.find((each: { id: string }) => each.id === id);

  test('the last twelve runs stand there, the newest last, with what they changed and had refused', async () => {
    const uid = await publish('many-runs');
    for (let number = 1; number <= 14; number += 1) {
      await addRun(
        uid,
        number,
        number === 14 ? 'failed' : 'done',
        `2026-01-01T00:${String(number).padStart(2, '0')}:00Z`,
      );
    }
    const { recent, freshAt } = await lineOf('many-runs');
    expect(recent.map((run: { number: number }) => run.number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(recent.at(-1)).toMatchObject({ state: 'failed', changed: 15, deadLetters: 2 });
    expect(freshAt).toBe('2026-01-01T00:13:00.000Z');
  });

  test('a pipeline that has not run has no work, and no moment until which it is up to date', async () => {
    await publish('never-ran');
    expect(await lineOf('never-ran')).toMatchObject({ recent: [], openDeadLetters: 0, freshAt: null });
  });

  test('open dead letters are counted, those that were dealt with are not', async () => {
    const uid = await publish('with-letters');
    for (const state of ['open', 'open', 'solved']) {
      await engine.rows(
        `insert into dead_letter (id, account_id, pipeline_uid, flow_id, run_id, version, source_key, part, code, message, hint, state)
         select $1, $2, $3, f.id, $1, 1, gen_random_uuid()::text, '', 'map/invalid_value', 'Refused.', 'Mend it.', $4
           from flow f where f.pipeline_uid = $3`,
        [randomUUID(), engine.accountId, uid, state],
      );
    }
    expect((await lineOf('with-letters')).openDeadLetters).toBe(2);
  });

  test('a polled pipeline whose last run ended well is as fresh as its last look', async () => {
    const uid = await publish('polled', '{ every: 10m }');
    await addRun(uid, 1, 'done', '2026-01-01T00:00:00Z');
    await engine.rows(`update pipeline set next_due_at = '2026-01-02T00:10:00Z' where uid = $1`, [uid]);
    expect((await lineOf('polled')).freshAt).toBe('2026-01-02T00:00:00.000Z');
    await addRun(uid, 2, 'failed', '2026-01-02T00:00:00Z');
    expect((await lineOf('polled')).freshAt).toBe('2026-01-01T00:00:00.000Z');
  });

  test('a pipeline started by the clock says when it starts next, unless it is paused', async () => {
    await publish('by-clock', '{ cron: "0 6 * * *", zone: Europe/Warsaw }');
    const { nextDueAt } = await lineOf('by-clock');
    expect(Date.parse(nextDueAt)).toBeGreaterThan(Date.now());
    const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Warsaw' });
    expect(hour.format(new Date(nextDueAt))).toBe('06');
    await api.call('POST', '/pipelines/by-clock/pause');
    expect((await lineOf('by-clock')).nextDueAt).toBeNull();
  });
});
