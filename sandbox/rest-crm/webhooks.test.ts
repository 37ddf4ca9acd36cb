import * as crypto from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Caller, objects } from '../kit/caller.js';
import { type RestCrmSandbox, startRestCrm } from './sandbox.js';

interface Heard {
  readonly body: string;
  readonly signature: string;
  readonly timestamp: string;
}

let crm: RestCrmSandbox;
let caller: Caller;
let listener: http.Server;
let url: string;
let heard: Heard[];
let statusToGive: number;
let wake: () => void;

beforeEach(async () => {
  heard = [];
  statusToGive = 200;
  wake = () => undefined;
  listener = http.createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      const { 'x-signature': signature, 'x-timestamp': timestamp } = request.headers;
      heard.push({ body, signature: String(signature), timestamp: String(timestamp) });
      response.writeHead(statusToGive).end();
      wake();
    });
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
  crm = await startRestCrm();
  caller = new Caller(crm);
});

afterEach(async () => {
  await crm.stop();
  await new Promise((resolve) => {
    listener.close(resolve);
    listener.closeAllConnections();
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 10 s.');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

async function deliveries() {
  return objects(await caller.control('deliveries'));
}

describe('webhooks of rest-crm', () => {
  test('tell about changes with a signature over the raw bytes', async () => {
    const secret = 'a long secret';
    const made = await caller.post('/webhooks', { url, events: ['contacts.*', 'deals.created'], secret });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain(secret);
    const { body } = await caller.post('/contacts', { name: 'A' });
    await caller.call('PATCH', `/contacts/${String(body.id)}`, '{"name":"B"}');
    await caller.post('/companies', { name: 'not asked for' });
    await caller.control('touch', { stream: 'contacts', op: 'delete', count: 1 });
    await until(() => heard.length === 3);
    const events = heard.map(({ body: text }) => JSON.parse(text) as { event: string; id: string; event_id: string });
    expect(events.map(({ event }) => event).sort()).toEqual([
      'contacts.created',
      'contacts.deleted',
      'contacts.updated',
    ]);
    expect(new Set(events.map(({ event_id: id }) => id)).size).toBe(3);
    for (const { body: text, signature, timestamp } of heard) {
      expect(signature).toBe(`sha256=${crypto.createHmac('sha256', secret).update(text).digest('hex')}`);
      expect(Number(timestamp)).toBeGreaterThan(1_700_000_000);
    }
  });

  test('try again on the sandbox clock until the receiver answers well', async () => {
    await caller.post('/webhooks', { url, events: ['*'], secret: 'a long secret' });
    statusToGive = 500;
    await caller.post('/contacts', { name: 'A' });
    await until(async () => (await deliveries()).length === 1);
    statusToGive = 200;
    await caller.control('clock', { advance: '1s' });
    await until(async () => (await deliveries()).length === 2);
    expect((await deliveries()).map(({ attempt, status, state }) => [attempt, status, state])).toEqual([
      [1, 500, 'failed'],
      [2, 200, 'delivered'],
    ]);
    expect(heard[0]?.body).toBe(heard[1]?.body);
  });

  test('get lost and come twice in the share that was asked', async () => {
    await caller.control('settings', { webhook_lose: 0.3, webhook_duplicate: 0.3, webhook_shuffle: true });
    await caller.control('clock', { speed: 50 });
    await caller.post('/webhooks', { url, events: ['*'], secret: 'a long secret' });
    await caller.control('touch', { stream: 'contacts', op: 'create', count: 200 });
    const count = async (state: string) => (await deliveries()).filter((delivery) => delivery.state === state).length;
    const ids = async () => new Set((await deliveries()).map(({ event_id: id }) => id)).size;
    await until(async () => (await ids()) === 200);
    const lost = await count('lost');
    expect(lost).toBeGreaterThan(30);
    expect(lost).toBeLessThan(90);
    await until(async () => (await count('delivered')) > 200 - lost + 20);
    const order = heard.map(({ body }) => Number((JSON.parse(body) as { id: string }).id));
    expect(order).not.toEqual([...order].sort((one, other) => one - other));
  });

  test('are listed without secrets and stop when they are deleted', async () => {
    const made = await caller.post('/webhooks', { url, events: ['*'], secret: 'a long secret' });
    expect((await caller.get('/webhooks')).body.items).toEqual([{ id: made.body.id, url, events: ['*'] }]);
    expect((await caller.call('DELETE', `/webhooks/${String(made.body.id)}`)).status).toBe(204);
    await caller.post('/contacts', { name: 'A' });
    expect(await deliveries()).toEqual([]);
    expect((await caller.post('/webhooks', { url, events: ['*'], secret: '' })).status).toBe(422);
    expect((await caller.post('/webhooks', { url, events: ['moon'], secret: 'a long secret' })).status).toBe(422);
  });
});
