import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { type Answered, asObject, asObjects, type Listener, listen, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;
let listener: Listener;
let access: string;

beforeEach(async () => {
  listener = await listen();
  portal = await startBitrix24({ records: 10, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
  access = String(asObject(await caller.control('install', {})).access_token);
});

afterEach(async () => {
  await portal.stop();
  await listener.stop();
});

/** A call of the application. */
async function app(method: string, params: JsonObject = {}): Promise<Answered> {
  const body = JSON.stringify({ ...params, auth: access });
  return caller.send('POST', `${portal.url}/rest/${method}`, body, { 'content-type': 'application/json' });
}

const queued = async (params: JsonObject = {}) => asObject((await app('event.offline.get', params)).result);

describe('events', () => {
  test('come as a form with the number alone, the token of the application and one of the person', async () => {
    expect((await app('event.bind', { event: 'onCrmDealUpdate', handler: listener.url })).result).toBe(true);
    await caller.result('crm.deal.update', { id: 5, fields: { TITLE: 'heard' } });
    await caller.result('crm.lead.add', { fields: { TITLE: 'not asked for' } });
    await listener.until(1);
    const [event] = listener.heard;
    expect(event).toMatchObject({
      event: 'ONCRMDEALUPDATE',
      event_handler_id: '201',
      data: { FIELDS: { ID: '5' } },
      ts: expect.stringMatching(/^\d{10}$/),
    });
    const auth = asObject(event?.auth);
    expect(auth).toMatchObject({
      application_token: portal.credentials.application_token,
      domain: new URL(portal.url).host,
      member_id: portal.credentials.member_id,
      client_endpoint: `${portal.url}/rest/`,
      expires_in: '3600',
    });
    expect(auth).not.toHaveProperty('refresh_token');
    access = String(auth.access_token);
    expect(asObject((await app('user.current')).result).ID).toBe('1');
  });

  test('of items, tasks and custom fields carry what the vendor sends for them', async () => {
    for (const event of ['ONCRMDYNAMICITEMADD', 'ONTASKADD', 'ONTASKDELETE', 'ONCRMDEALUSERFIELDADD']) {
      await app('event.bind', { event, handler: listener.url });
    }
    await caller.result('crm.item.add', { entityTypeId: 177, fields: { title: 'x' } });
    const task = asObject(
      asObject(await caller.result('tasks.task.add', { fields: { TITLE: 'x', RESPONSIBLE_ID: 2 } })).task,
    );
    await caller.result('tasks.task.delete', { taskId: Number(task.id) });
    await caller.result('crm.deal.userfield.add', { fields: { FIELD_NAME: 'COLOUR', USER_TYPE_ID: 'string' } });
    await listener.until(4);
    const data = Object.fromEntries(listener.heard.map((event) => [String(event.event), asObject(event.data)]));
    expect(data.ONCRMDYNAMICITEMADD).toEqual({ FIELDS: { ID: expect.any(String), ENTITY_TYPE_ID: '177' } });
    expect(data.ONTASKADD).toMatchObject({ FIELDS_BEFORE: 'undefined', FIELDS_AFTER: { ID: String(task.id) } });
    expect(data.ONTASKDELETE).toMatchObject({ FIELDS_BEFORE: { ID: String(task.id) }, FIELDS_AFTER: 'undefined' });
    expect(data.ONCRMDEALUSERFIELDADD).toEqual({
      FIELDS: { ID: expect.any(String), ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_COLOUR' },
    });
  });

  test('of changes by hand bring no tokens of a person', async () => {
    await app('event.bind', { event: 'ONCRMDEALDELETE', handler: listener.url });
    await caller.control('touch', { stream: 'deals', op: 'delete', count: 1 });
    await listener.until(1);
    expect(Object.keys(asObject(listener.heard[0]?.auth)).sort()).toEqual([
      'application_token',
      'client_endpoint',
      'domain',
      'member_id',
      'server_endpoint',
    ]);
  });

  test('are tried once, whatever the receiver says', async () => {
    const deaf = await listen(500);
    try {
      await app('event.bind', { event: 'ONCRMDEALADD', handler: deaf.url });
      await caller.result('crm.deal.add', { fields: {} });
      await deaf.until(1);
      portal.kit.clock.advance(86_400_000);
      // A second change is heard after the first one, and nothing in between.
      await caller.result('crm.deal.add', { fields: {} });
      await deaf.until(2);
      const attempts = asObjects(await caller.control('deliveries')).filter(({ state }) => state === 'given_up');
      expect(new Set(attempts.map(({ attempt }) => attempt))).toEqual(new Set([1]));
      expect(new Set(deaf.heard.map(({ data }) => JSON.stringify(data))).size).toBe(2);
    } finally {
      await deaf.stop();
    }
  });

  test('are registered once, listed and taken away by the application', async () => {
    const binding = { event: 'ONCRMDEALADD', handler: listener.url };
    await app('event.bind', binding);
    expect((await app('event.bind', binding)).status).toBe(400);
    expect((await app('event.bind', { event: 'ONMOON', handler: listener.url })).body.error).toBe(
      'ERROR_EVENT_NOT_FOUND',
    );
    expect((await app('event.get')).result).toEqual([{ ...binding, auth_type: '0', offline: 0 }]);
    expect((await app('event.unbind', binding)).result).toEqual({ count: 1 });
    expect((await app('event.get')).result).toEqual([]);
  });

  test('of an outgoing webhook prove themselves by its own token', async () => {
    const made = asObject(await caller.control('outgoing', { events: ['ONCRMCONTACTADD'], handler: listener.url }));
    await caller.result('crm.contact.add', { fields: { NAME: 'A' } });
    await listener.until(1);
    const auth = asObject(listener.heard[0]?.auth);
    expect(auth.application_token).toBe(made.application_token);
    expect(auth).not.toHaveProperty('access_token');
  });

  test('tell of the installation with a refresh token, and of the removal', async () => {
    await caller.control('install', { handler: listener.url });
    await listener.until(1);
    const auth = asObject(listener.heard[0]?.auth);
    expect(listener.heard[0]).toMatchObject({ event: 'ONAPPINSTALL', data: { ACTIVE: 'Y', INSTALLED: 'Y' } });
    expect(auth).toMatchObject({
      refresh_token: expect.any(String),
      application_token: portal.credentials.application_token,
    });
    access = String(auth.access_token);
    await app('event.bind', { event: 'ONAPPUNINSTALL', handler: listener.url });
    await caller.control('oauth', { revoke: 'uninstall' });
    await listener.until(2);
    expect(listener.heard[1]).toMatchObject({ event: 'ONAPPUNINSTALL', data: { CLEAN: '1' } });
  });

  test('open a framed application with tokens under names of their own', async () => {
    await caller.control('install', { handler: listener.url, framed: true });
    await listener.until(1);
    const [opened] = listener.heard;
    expect(opened).toMatchObject({
      AUTH_EXPIRES: '3600',
      member_id: portal.credentials.member_id,
      APPLICATION_TOKEN: portal.credentials.application_token,
      PLACEMENT: 'DEFAULT',
      status: 'L',
    });
    access = String(opened?.AUTH_ID);
    expect((await app('app.info')).status).toBe(200);
  });

  test('get lost and come twice in the share that was asked', async () => {
    await caller.control('settings', { webhook_lose: 0.3, webhook_duplicate: 0.3 });
    await app('event.bind', { event: 'ONCRMDEALADD', handler: listener.url });
    await caller.control('touch', { stream: 'deals', op: 'create', count: 100 });
    const lost = asObjects(await caller.control('deliveries')).filter(({ state }) => state === 'lost').length;
    expect(lost).toBeGreaterThan(10);
    expect(lost).toBeLessThan(60);
    await listener.until(100 - lost + 5);
    const numbers = listener.heard.map((event) => asObject(asObject(event.data).FIELDS).ID);
    expect(new Set(numbers).size).toBeLessThan(numbers.length);
  });
});

describe('the queue of events', () => {
  beforeEach(async () => {
    await app('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' });
  });

  test('keeps one row for an object, gives it out once, and deletes it', async () => {
    for (const TITLE of ['a', 'b', 'c']) await caller.result('crm.deal.update', { id: 5, fields: { TITLE } });
    await caller.result('crm.deal.update', { id: 6, fields: { TITLE: 'd' } });
    expect((await app('event.offline.list')).body.total).toBe(2);
    const { process_id: process, events } = await queued();
    expect(process).toBeNull();
    expect(asObjects(events).map(({ EVENT_NAME, EVENT_DATA }) => [EVENT_NAME, EVENT_DATA])).toEqual([
      ['ONCRMDEALUPDATE', { FIELDS: { ID: '5' } }],
      ['ONCRMDEALUPDATE', { FIELDS: { ID: '6' } }],
    ]);
    expect((await queued()).events).toEqual([]);
  });

  test('reserves rows until they are confirmed one by one, for 30 days', async () => {
    for (const id of [5, 6, 7]) await caller.result('crm.deal.update', { id, fields: { TITLE: 'x' } });
    const pack = await queued({ clear: 0, limit: 2 });
    expect(asObjects(pack.events)).toHaveLength(2);
    expect(asObjects((await queued({ clear: 0 })).events)).toHaveLength(1);
    const [first, second] = asObjects(pack.events);
    const process_id = String(pack.process_id);
    await app('event.offline.clear', { process_id, message_id: [String(first?.MESSAGE_ID)] });
    await app('event.offline.error', { process_id, message_id: [String(second?.MESSAGE_ID)] });
    const rows = asObjects((await app('event.offline.list')).result);
    expect(rows.map(({ ERROR }) => ERROR)).toEqual(['1', '0']);
    expect(asObjects((await queued({ error: 1, clear: 0 })).events)).toHaveLength(1);
    portal.kit.clock.advance(31 * 86_400_000);
    access = String(asObject(await caller.control('install', {})).access_token);
    expect((await app('event.offline.list')).body.total).toBe(0);
  });

  test('leaves out what an application changed with its own key', async () => {
    await app('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', auth_connector: 'pipe' });
    await app('crm.deal.update', { id: 5, fields: { TITLE: 'mine' }, auth_connector: 'pipe' });
    const cmd = { a: 'crm.deal.update?id=6&fields[TITLE]=mine&auth_connector=pipe' };
    await app('batch', { cmd });
    await caller.result('crm.deal.update', { id: 7, fields: { TITLE: 'theirs' } });
    const ids = (answer: JsonObject) =>
      asObjects(answer.events).map(({ EVENT_DATA }) => asObject(asObject(EVENT_DATA).FIELDS).ID);
    expect(ids(await queued({ auth_connector: 'pipe' }))).toEqual(['7']);
    expect(ids(await queued())).toEqual(['5', '6', '7']);
  });

  test('signals that something waits, at most once in the shortest time', async () => {
    await app('event.bind', { event: 'ONOFFLINEEVENT', handler: listener.url, options: { minTimeout: 10 } });
    for (const TITLE of ['a', 'b', 'c']) await caller.result('crm.deal.update', { id: 5, fields: { TITLE } });
    portal.kit.clock.advance(10_000);
    await caller.result('crm.deal.update', { id: 5, fields: { TITLE: 'd' } });
    await listener.until(2);
    expect(listener.heard.map(({ event }) => event)).toEqual(['ONOFFLINEEVENT', 'ONOFFLINEEVENT']);
    expect(asObject(listener.heard[0]?.auth)).toHaveProperty('refresh_token');
  });
});
