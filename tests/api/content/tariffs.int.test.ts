import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { requireRoomForMember } from '../../../api/services/tariffs.js';
import { runCli } from '../../../cli/program.js';
import type { CliTools } from '../../../cli/tools.js';
import type { TestApi } from '../../support/api.js';
import type { TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { startTwoCrms, type TwoCrms } from '../../support/two-crms.js';
import { until } from '../../support/until.js';

const definition = (id: string, trigger = 'manual') => `
pipeline: ${id}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
trigger: ${trigger}
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

describe('tariffs', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  let owner: TestPerson;

  beforeAll(async () => {
    crms = await startTwoCrms(20);
    ({ engine, api } = crms);
    owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
  });

  afterAll(() => crms?.stop());

  // Each test begins with an account that uses nothing.
  beforeEach(async () => {
    await choose('unlimited');
    await setUsed(0);
    for (const { id } of (await api.call('GET', '/pipelines')).body.items) await api.call('DELETE', `/pipelines/${id}`);
    await api.context.store.system((tx) =>
      tx
        .deleteFrom('auth.member')
        .where('organizationId', '=', engine.accountId)
        .where('role', '<>', 'owner')
        .execute(),
    );
  });

  const publish = async (...ids: readonly string[]) => {
    for (const id of ids) {
      expect((await api.call('POST', '/pipelines', { definition: definition(id) })).status).toBe(201);
    }
  };
  const choose = (tariff: string) => owner.call('PUT', '/account/tariff', { tariff });
  const setUsed = (records: number) =>
    engine.rows(
      `insert into usage_month (account_id, month, records)
       values ($1, date_trunc('month', now() at time zone 'UTC')::date, $2)
       on conflict (account_id, month) do update set records = excluded.records`,
      [engine.accountId, records],
    );
  const ended = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return ['done', 'failed', 'cancelled'].includes(body.state) ? body : null;
    });

  const pipewright = async (...args: string[]) => {
    const [out, err]: string[][] = [[], []];
    const tools = {
      version: 'test',
      stdout: { write: (text: string) => out?.push(text) },
      stderr: { write: (text: string) => err?.push(text) },
      server: () => ({ address: api.address, key: api.key }),
    } as unknown as CliTools;
    return { code: await runCli(args, tools), out: out?.join('') ?? '', err: err?.join('') ?? '' };
  };

  test('everybody sees them, in their language, and one is called Professional', async () => {
    const { body } = await api.call('GET', '/tariffs', undefined, {
      key: null,
      headers: { 'accept-language': 'pl, en;q=0.5' },
    });
    expect(body.items.map((item: { name: string }) => item.name)).toEqual([
      'start',
      'business',
      'professional',
      'unlimited',
    ]);
    expect(body.items[2]).toMatchObject({ title: 'Professional', price: { currency: 'EUR' } });
    expect(body.items[3].title).toBe('Bez ograniczeń');
  });

  test('only an owner chooses one, and only one that exists', async () => {
    const admin = await signInPerson(api, { member: { [engine.accountId]: 'admin' } });
    expect((await admin.call('PUT', '/account/tariff', { tariff: 'start' })).body.code).toBe('api/forbidden');
    expect((await api.call('PUT', '/account/tariff', { tariff: 'start' })).body.code).toBe('api/forbidden');
    expect(await choose('none')).toMatchObject({ status: 404, body: { code: 'tariff/unknown' } });
    expect((await admin.call('GET', '/account/tariff')).body).toMatchObject({
      tariff: { name: 'unlimited', limits: { pipelines: null } },
      use: { pipelines: 0, recordsThisMonth: 0, members: 2 },
      next: null,
    });
  });

  test('a limit is met with its sentence in the API and on the command line', async () => {
    expect((await choose('start')).body).toMatchObject({ tariff: { name: 'start' } });
    const often = await api.call('POST', '/pipelines', { definition: definition('often', '{ every: 5m }') });
    expect(often).toMatchObject({
      status: 402,
      body: {
        code: 'tariff/limit_reached',
        message: 'Tariff `start` starts a pipeline every `15m` at most, and this one asks for every `5m`.',
      },
    });
    const cron = await api.call('POST', '/pipelines', { definition: definition('often', '{ cron: "0,5 3 * * *" }') });
    expect(cron.body.message).toContain('asks for every `5m`');
    await publish('one', 'two', 'three');
    const fourth = await api.call('POST', '/pipelines', { definition: definition('four') });
    const sentence = 'Tariff `start` has room for `3` published pipelines, and there are `3`.';
    expect(fourth).toMatchObject({ status: 402, body: { code: 'tariff/limit_reached', message: sentence } });
    const again = definition('three').replace('email: email', 'email: email, phone: phone');
    expect((await api.call('POST', '/pipelines', { definition: again })).body).toMatchObject({ version: 2 });

    await setUsed(10_000);
    const refused = await pipewright('run', 'one');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('The `10000` records that tariff `start` moves in a month are used up until');
    expect((await pipewright('tariff')).out).toContain('Records this month: 10000 of 10000');
  });

  test('a tariff that the present use does not fit into is not taken', async () => {
    await publish('one', 'two', 'three', 'four');
    expect((await choose('start')).body).toMatchObject({
      code: 'tariff/limit_reached',
      message: 'The account has `4` published pipelines, and tariff `start` has room for `3`.',
    });
    expect((await api.call('DELETE', '/pipelines/four')).status).toBe(204);
    expect((await choose('start')).status).toBe(200);
  });

  test('what is written counts once, what is unchanged does not, and a preview moves nothing', async () => {
    await publish('one');
    const { body: preview } = await api.call('POST', '/previews', { pipeline: 'one' });
    await until(async () => (await api.call('GET', `/previews/${preview.id}`)).body.state === 'ready');
    const first = await api.call('POST', '/runs', { pipeline: 'one' });
    expect((await ended(first.body.id)).totals.written).toBe(20);
    const replay = await api.call('POST', `/runs/${first.body.id}/replay`);
    expect((await ended(replay.body.id)).totals).toMatchObject({ written: 0, unchanged: 20 });
    expect((await api.call('GET', '/account/tariff')).body.use.recordsThisMonth).toBe(20);
  });

  test('a run that meets the end of the month’s records waits, and goes on with another tariff', async () => {
    await choose('start');
    await setUsed(10_000);
    const pipeline = await engine.publish(
      definition('two'),
      Object.fromEntries(
        (await engine.rows<{ name: string; id: string }>('select name, id from connection')).map((row) => [
          row.name,
          row.id,
        ]),
      ),
    );
    const id = await engine.open(pipeline, 'poll');
    const waiting = await until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return body.state === 'waiting' ? body : null;
    });
    expect(waiting.failure).toMatchObject({ code: 'tariff/limit_reached', kind: 'quota' });
    expect(new Date(waiting.waitUntil).getUTCDate()).toBe(1);
    await choose('business');
    expect((await ended(id)).state).toBe('done');
  });

  test('members and invitations are counted together', async () => {
    await choose('start');
    await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    const ask = () => api.context.store.system((tx) => requireRoomForMember(tx, api.context.tariffs, engine.accountId));
    await ask();
    await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    await expect(ask()).rejects.toMatchObject({
      code: 'tariff/limit_reached',
      message: 'Tariff `start` has room for `3` members, and there are `3` with those invited.',
    });
  });
});
