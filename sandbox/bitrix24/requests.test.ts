import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asObject, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 10, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('requests', () => {
  test('take methods in any letter case, with and without .json, by GET and by POST', async () => {
    for (const method of ['crm.deal.fields', 'CRM.Deal.Fields', 'crm.deal.fields.json']) {
      expect((await caller.call(method)).status).toBe(200);
      expect((await caller.get(method)).status).toBe(200);
    }
  });

  test('take parameters from the query, from JSON, from a form and from a multipart body', async () => {
    const url = `${caller.base}crm.contact.add`;
    const boundary = 'frontier';
    const part = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const multipart = `${part('fields[NAME]', 'Żaneta')}${part('fields[PHONE][0][VALUE]', '+48501')}--${boundary}--\r\n`;
    const answers = [
      await caller.get('crm.contact.add?fields[NAME]=%C5%BBaneta&fields[PHONE][0][VALUE]=%2B48501'),
      await caller.call('crm.contact.add', { fields: { NAME: 'Żaneta', PHONE: [{ VALUE: '+48501' }] } }),
      await caller.send('POST', url, 'fields[NAME]=%C5%BBaneta&fields[PHONE][][VALUE]=%2B48501', form),
      await caller.send('POST', url, multipart, { 'content-type': `multipart/form-data; boundary=${boundary}` }),
    ];
    for (const { result } of answers) {
      const row = asObject(await caller.result('crm.contact.get', { id: result ?? 0 }));
      expect([row.NAME, row.PHONE]).toEqual([
        'Żaneta',
        [{ ID: expect.any(String), VALUE_TYPE: 'WORK', VALUE: '+48501', TYPE_ID: 'PHONE' }],
      ]);
    }
  });

  test('see no parameters in a body that is not the JSON it says it is', async () => {
    const answer = await caller.send('POST', `${caller.base}crm.deal.add`, '{"fields":', {
      'content-type': 'application/json',
    });
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: '', error_description: "Parameter 'fields' must be array." },
    ]);
  });

  test('answer in an envelope with times in the zone of the portal, and as XML when asked', async () => {
    const { body } = await caller.call('crm.deal.list', { select: ['ID'] });
    expect(Object.keys(body)).toEqual(['result', 'total', 'time']);
    const time = asObject(body.time);
    expect(Object.keys(time)).toEqual([
      'start',
      'finish',
      'duration',
      'processing',
      'date_start',
      'date_finish',
      'operating_reset_at',
      'operating',
    ]);
    expect(time.date_start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/);
    const xml = await caller.get('user.current.xml');
    expect(xml.headers.get('content-type')).toContain('xml');
    expect(xml.text).toContain('<response><result><ID>1</ID>');
  });

  test('leave out the run time when the portal counts none', async () => {
    await caller.control('settings', { operating_shown: false });
    const { body } = await caller.call('crm.deal.fields');
    expect(asObject(body.time)).not.toHaveProperty('operating');
    await caller.control('settings', { operating_shown: true });
  });

  test.each([
    ['nope.nope', {}, 404, 'ERROR_METHOD_NOT_FOUND'],
    ['event.bind', { event: 'ONCRMDEALADD', handler: 'http://127.0.0.1:9/' }, 403, 'ACCESS_DENIED'],
    ['crm.deal.list', { filter: 'ID=1' }, 400, ''],
    ['crm.deal.get', {}, 400, ''],
    ['crm.deal.get', { id: 999_999 }, 400, ''],
    ['crm.item.get', { entityTypeId: 2, id: 999_999 }, 400, 'NOT_FOUND'],
    ['crm.item.list', { entityTypeId: 555 }, 400, 'NOT_FOUND'],
    ['crm.contact.delete', { id: 999_999 }, 400, 'ERROR_CORE'],
    ['crm.duplicate.findbycomm', {}, 400, 'Communication type is not defined'],
    ['catalog.product.list', { select: ['id'] }, 400, 0],
  ])('are refused in the words of the vendor: %s %j', async (method, params, status, error) => {
    const answer = await caller.call(method, params);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.headers.get('retry-after')).toBeNull();
  });

  test('of a narrow webhook stay within its scope', async () => {
    const narrow = new PortalCaller(portal, portal.credentials.narrow_webhook_url);
    expect((await narrow.call('user.current')).status).toBe(200);
    const { status, body } = await narrow.call('crm.deal.list');
    expect([status, body.error]).toEqual([403, 'insufficient_scope']);
  });

  test('to the old address of a renamed portal are sent to the new one', async () => {
    await caller.control('settings', { renamed: true });
    const answer = await caller.call('crm.deal.fields');
    expect(answer.status).toBe(302);
    const location = answer.headers.get('location') ?? '';
    expect(location.startsWith(portal.credentials.renamed_url ?? '-')).toBe(true);
    expect((await caller.send('POST', location, '{}')).status).toBe(200);
    await caller.control('settings', { renamed: false });
  });

  test('meet the plan, the block by hand, the demand for https and the proxy when switched on', async () => {
    const refusal = async (name: string, value: boolean | number) => {
      const before = portal.settings;
      const old = { ...before }[name as 'overloaded'];
      await caller.control('settings', { [name]: value });
      const { status, body } = await caller.call('crm.deal.fields');
      await caller.control('settings', { [name]: old });
      return [status, body.error];
    };
    expect(await refusal('rest_on_plan', false)).toEqual([403, 'ACCESS_DENIED']);
    expect(await refusal('overloaded', true)).toEqual([503, 'OVERLOAD_LIMIT']);
    expect(await refusal('portal_deleted', true)).toEqual([500, 'PORTAL_DELETED']);
    expect(await refusal('https_required', true)).toEqual([400, 'INVALID_REQUEST']);
    const [status, error] = await refusal('proxy_errors', 1);
    expect([502, 504]).toContain(status);
    expect(error).toBeUndefined();
  });

  test('are cut by the proxy when they would run for a minute', async () => {
    await caller.control('settings', { operating_scale: 10_000 });
    const { status, headers } = await caller.call('crm.lead.fields');
    expect([status, headers.get('content-type')]).toEqual([504, 'text/html; charset=utf-8']);
    await caller.control('settings', { operating_scale: 1 });
  });
});
