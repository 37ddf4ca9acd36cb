import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, asObjects, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let three: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 100, settings: { bucket_size: 0 } });
  three = new PortalCaller(portal, (portal.credentials.webhook_url ?? '').replace('/rest/', '/rest/api/'));
});

afterAll(() => portal.stop());

const codeOf = (body: JsonObject) => String(asObject(body.error).code).replace('BITRIX_REST_V3_EXCEPTION_', '');
const task = { title: 'Звіт', creatorId: 1, responsibleId: 2 };

describe('the third version', () => {
  test('answers with one item, related fields included', async () => {
    const made = asObject(asObject((await three.call('tasks.task.add', { fields: task })).result).item);
    expect(made).toMatchObject({ title: 'Звіт', status: 'pending', priority: 'average', creatorId: 1 });
    const select = ['title', 'responsible.name', 'moon'];
    const { result } = await three.call('tasks.task.get', { id: Number(made.id), select });
    expect(result).toEqual({ item: { id: made.id, title: 'Звіт', responsible: { name: 'Piotr' } } });
    expect((await three.call('tasks.task.update', { id: Number(made.id), fields: { title: 'B' } })).result).toEqual({
      result: true,
    });
    const two = (portal.credentials.webhook_url ?? '').concat('tasks.task.get');
    const old = await three.send('POST', two, JSON.stringify({ taskId: Number(made.id) }), {
      'content-type': 'application/json',
    });
    expect(asObject(asObject(old.result).task).title).toBe('B');
    expect((await three.call('tasks.task.delete', { id: Number(made.id) })).result).toEqual({ result: true });
  });

  test('reads parameters from JSON alone', async () => {
    const asked = await three.get('tasks.task.get?id=703');
    expect([asked.status, codeOf(asked.body)]).toEqual([400, 'VALIDATION_REQUESTVALIDATIONEXCEPTION']);
    expect(asObject(asked.body.error).validation).toEqual([
      { message: 'Required field `id` is not specified', field: 'id' },
    ]);
    const form = await three.send('POST', `${three.base}tasks.task.get`, 'id=703', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(codeOf(form.body)).toBe('INVALIDJSONEXCEPTION');
  });

  test.each([
    ['tasks.task.get', { id: 1 }, 400, 'ENTITYNOTFOUNDEXCEPTION'],
    ['tasks.task.get', { id: '703' }, 400, 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['tasks.task.get', { id: 703, select: ['responsible.stageId'] }, 400, 'UNKNOWNDTOPROPERTYEXCEPTION'],
    ['tasks.task.list', { filter: [['moon', '=', 1]] }, 400, 'UNKNOWNDTOPROPERTYEXCEPTION'],
    ['tasks.task.list', { filter: [['id', '~', 1]] }, 400, 'UNKNOWNFILTEROPERATOREXCEPTION'],
    ['tasks.task.list', { pagination: { limit: 'abc' } }, 400, 'INVALIDPAGINATIONEXCEPTION'],
    ['tasks.task.add', { fields: { ...task, deadline: 'soon' } }, 400, 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['tasks.task.update', { id: 703, fields: { creatorId: 2 } }, 400, 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['tasks.task.delete', { id: 1 }, 403, 'ACCESSDENIEDEXCEPTION'],
  ])('refuses %s %j with an error that is an object', async (method, params, status, code) => {
    const answer = await three.call(method, params);
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test('does not know methods of the second version', async () => {
    expect((await three.call('crm.deal.list')).status).toBe(404);
  });

  test('lists by id and pages', async () => {
    const params = {
      filter: [['id', '>', 701]],
      pagination: { limit: 2, page: 2 },
      select: ['id'],
      order: { id: 'ASC' },
    };
    expect((await three.call('tasks.task.list', params)).result).toEqual({ items: [{ id: 704 }, { id: 705 }] });
  });

  test('answers a repeat with the same key from memory for a day', async () => {
    const before = portal.store.tasks.table.count;
    const key = { 'idempotency-key': 'run-1' };
    const first = await three.call('tasks.task.add', { fields: task }, key);
    expect([first.headers.get('idempotency-key'), first.headers.get('idempotent-replayed')]).toEqual(['run-1', null]);
    const again = await three.call('tasks.task.add', { fields: task }, key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await three.call('tasks.task.add', { fields: { ...task, title: 'other' } }, key);
    expect([other.status, codeOf(other.body)]).toEqual([422, 'IDEMPOTENCYKEYREUSEDEXCEPTION']);
    expect(portal.store.tasks.table.count).toBe(before + 1);
    portal.kit.clock.advance(86_400_000);
    await three.call('tasks.task.add', { fields: task }, key);
    expect(portal.store.tasks.table.count).toBe(before + 2);
  });

  test('takes a batch as a bare list', async () => {
    const { result } = await three.call('batch', [
      { method: 'tasks.task.get', query: { id: 703, select: ['id'] } },
      { method: 'tasks.task.get', query: { id: 704, select: ['id'] } },
    ]);
    expect(result).toEqual([{ item: { id: 703 } }, { item: { id: 704 } }]);
    expect(codeOf((await three.call('batch', { cmd: {} })).body)).toBe('INVALIDSELECTEXCEPTION');
  });

  test('describes itself', async () => {
    const { body } = await three.get('documentation');
    expect(body.openapi).toBe('3.0.0');
    expect(Object.keys(asObject(body.paths))).toContain('/tasks.task.add');
    expect(asObjects(asObject((await three.call('tasks.task.field.list')).result).items)[0]).toMatchObject({
      name: 'id',
      filterable: true,
    });
  });
});
