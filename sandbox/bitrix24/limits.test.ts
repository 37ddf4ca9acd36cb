import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asObject, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeEach(async () => {
  portal = await startBitrix24({ records: 5 });
  portal.kit.clock.setSpeed(0);
  caller = new PortalCaller(portal);
});

afterEach(() => portal.stop());

describe('limits', () => {
  test('let 50 requests through at once and 2 more every second, whoever asks from the address', async () => {
    const employee = new PortalCaller(portal, portal.credentials.employee_webhook_url);
    const statuses: number[] = [];
    for (let turn = 0; turn < 52; turn += 1) {
      statuses.push((await (turn % 2 === 0 ? caller : employee).call('server.time')).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    const refused = await caller.call('server.time');
    expect([refused.status, refused.body]).toEqual([
      503,
      { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' },
    ]);
    expect(refused.headers.get('retry-after')).toBeNull();
    portal.kit.clock.advance(1000);
    const after = [
      await caller.call('server.time'),
      await caller.call('server.time'),
      await caller.call('server.time'),
    ];
    expect(after.map(({ status }) => status)).toEqual([200, 200, 503]);
  });

  test('count a batch as one request', async () => {
    const cmd = Array.from({ length: 50 }, () => 'server.time');
    for (let turn = 0; turn < 10; turn += 1) expect((await caller.call('batch', { cmd })).status).toBe(200);
  });

  test('close a method that has run too long, alone, until its oldest minute is forgotten', async () => {
    await caller.control('settings', { bucket_size: 0, operating_limit: 40, operating_scale: 1000 });
    const first = await caller.call('crm.deal.fields');
    expect(first.status).toBe(200);
    expect(asObject(first.body.time).operating).toBeCloseTo(20);
    portal.kit.clock.advance(120_000);
    expect((await caller.call('crm.deal.fields')).status).toBe(200);
    const crossing = await caller.call('crm.deal.fields');
    expect([crossing.status, asObject(crossing.body.time).operating]).toEqual([200, expect.closeTo(60)]);
    const closed = await caller.call('crm.deal.fields');
    expect([closed.status, closed.body.error]).toEqual([429, 'OPERATION_TIME_LIMIT']);
    expect((await caller.call('crm.lead.fields')).status).toBe(200);
    const resetAt = Number(asObject(crossing.body.time).operating_reset_at) * 1000;
    portal.kit.clock.advance(resetAt - portal.kit.clock.now() + 1000);
    expect((await caller.call('crm.deal.fields')).status).toBe(200);
  });

  test('charge the calls inside a batch to their own methods', async () => {
    await caller.control('settings', { bucket_size: 0, operating_limit: 0.05 });
    const cmd = {
      a: 'crm.deal.fields',
      b: 'crm.deal.fields',
      c: 'crm.deal.fields',
      d: 'crm.deal.fields',
      e: 'profile',
    };
    const { status, result } = await caller.call('batch', { cmd });
    expect(status).toBe(200);
    const { result_error: errors } = asObject(result);
    expect(errors).toEqual({
      d: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' },
    });
    expect(Object.keys(asObject(asObject(result).result))).toEqual(['a', 'b', 'c', 'e']);
  });
});
