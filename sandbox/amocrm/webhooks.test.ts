import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import type { JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn, problemsOf } from './calm-account.js';

let account: CalmAccount;
let receiver: http.Server;
let address: string;
let received: URLSearchParams[];
let types: (string | undefined)[];
let answerWith: number;
let heard: () => void;

beforeEach(async () => {
  account = await calmAccount();
  received = [];
  types = [];
  answerWith = 200;
  heard = () => {};
  receiver = http.createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
    });
    request.on('end', () => {
      received.push(new URLSearchParams(text));
      types.push(request.headers['content-type']);
      response.writeHead(answerWith).end();
      heard();
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook/secret`;
});

afterEach(async () => {
  await account.crm.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const subscribe = (...settings: string[]) => account.post('webhooks', { destination: address, settings });

/** Waits until that many forms have arrived. */
async function arrived(count: number): Promise<void> {
  while (received.length < count) {
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
  }
}

/** Waits until the sandbox has noted that many attempts. */
async function deliveries(count: number): Promise<JsonObject[]> {
  for (;;) {
    const lines = objects(await account.caller.control('deliveries'));
    if (lines.length >= count) return lines;
  }
}

const pairs = (form: URLSearchParams | undefined) => Object.fromEntries(form ?? []);

describe('webhooks of amoCRM', () => {
  test('are registered by their address, listed, changed and removed', async () => {
    expect((await account.get('webhooks')).status).toBe(204);
    const made = await subscribe('add_lead');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ destination: address, settings: ['add_lead'], disabled: false, sort: 1 });
    await subscribe('update_lead', 'add_catalog_4521');
    const { body } = await account.get(`webhooks?filter[destination]=${encodeURIComponent(address)}`);
    expect(body._total_items).toBe(1);
    expect(embeddedIn({ body } as never)[0]).toMatchObject({
      id: made.body.id,
      settings: ['update_lead', 'add_catalog_4521'],
    });
    expect((await account.remove('webhooks', { destination: address })).status).toBe(204);
    expect((await account.remove('webhooks', { destination: address })).status).toBe(404);
  });

  test('are refused for unknown settings, bad addresses, the 101st of them and a plan without them', async () => {
    expect(problemsOf(await subscribe('add_lead', 'sing_lead'))).toEqual([['0', 'NotSupportedChoice', 'settings.1']]);
    expect(problemsOf(await account.post('webhooks', { destination: 'nowhere', settings: ['add_lead'] }))[0]?.[2]).toBe(
      'destination',
    );
    for (let number = 0; number < 100; number += 1) {
      await account.post('webhooks', { destination: `http://127.0.0.1:9/${number}`, settings: ['add_lead'] });
    }
    expect(problemsOf(await subscribe('add_lead'))).toEqual([['0', 'TooMany', 'destination']]);
    await account.caller.control('settings', { webhook_plan: false });
    expect((await subscribe('add_lead')).status).toBe(403);
  });

  test('carry unsigned forms in the old layout, every value a text', async () => {
    await subscribe('status_lead', 'add_contact');
    const [first] = account.crm.store.pipelines.pipelines;
    const id = await account.make('leads', { name: 'Заказ & co', price: 5 });
    await account.patch('leads', [{ id, status_id: 142 }]);
    await arrived(1);
    expect(types[0]).toBe('application/x-www-form-urlencoded');
    expect(pairs(received[0])).toMatchObject({
      'leads[status][0][id]': String(id),
      'leads[status][0][name]': 'Заказ & co',
      'leads[status][0][status_id]': '142',
      'leads[status][0][pipeline_id]': String(first?.id),
      'leads[status][0][old_status_id]': String(first?.statuses[1]?.id),
      'leads[status][0][price]': '5',
      'account[subdomain]': 'example',
      'account[id]': String(account.crm.store.accountId),
      'account[_links][self]': 'https://example.amocrm.ru',
    });
  });

  test('show custom fields with id, name, code, value and enum, and moments bare', async () => {
    await subscribe('add_contact', 'add_company');
    const { fields } = account.crm.store;
    const [phone, birthday] = [fields.byCode('contacts', 'PHONE'), fields.called('contacts', 'День рождения')];
    await account.make('contacts', {
      name: 'P',
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '+7', enum_code: 'MOB' }] },
        { field_id: birthday?.id ?? 0, values: [{ value: 1_588_885_200 }] },
      ],
    });
    await arrived(1);
    expect(pairs(received[0])).toMatchObject({
      'contacts[add][0][type]': 'contact',
      'contacts[add][0][custom_fields][0][id]': String(phone?.id),
      'contacts[add][0][custom_fields][0][name]': 'Телефон',
      'contacts[add][0][custom_fields][0][code]': 'PHONE',
      'contacts[add][0][custom_fields][0][values][0][value]': '+7',
      'contacts[add][0][custom_fields][0][values][0][enum]': String(phone?.enums?.[2]?.id),
      'contacts[add][0][custom_fields][1][values][0]': '1588885200',
    });
    await account.make('companies', { name: 'C' });
    await arrived(2);
    expect(pairs(received[1])).toMatchObject({ 'contacts[add][0][name]': 'C', 'contacts[add][0][type]': 'company' });
  });

  test('put all that one request changed into one form', async () => {
    await subscribe('add_lead', 'add_task', 'note_lead', 'delete_lead', 'update_lead', 'responsible_lead');
    await account.post('leads', [{ name: 'A' }, { name: 'B' }]);
    await arrived(1);
    expect(received[0]?.get('leads[add][1][name]')).toBe('B');
    const [id = ''] = [received[0]?.get('leads[add][0][id]') ?? ''];
    await account.post('tasks', [
      { text: 'T', complete_till: 1_600_000_000, entity_id: Number(id), entity_type: 'leads' },
    ]);
    await arrived(2);
    expect(pairs(received[1])).toMatchObject({
      'task[add][0][text]': 'T',
      'task[add][0][element_id]': id,
      'task[add][0][element_type]': '2',
    });
    await account.post(`leads/${id}/notes`, [{ note_type: 'common', params: { text: 'N' } }]);
    await arrived(3);
    expect(pairs(received[2])).toMatchObject({
      'leads[note][0][note][text]': 'N',
      'leads[note][0][note][element_id]': id,
      'leads[note][0][note][note_type]': '4',
    });
    await account.patch('leads', [{ id: Number(id), responsible_user_id: account.crm.store.users[3]?.id ?? 0 }]);
    await arrived(4);
    expect(received[3]?.get('leads[update][0][id]')).toBe(id);
    expect(received[3]?.get('leads[responsible][0][old_responsible_user_id]')).toBe(String(account.crm.store.owner.id));
    await account.caller.control('touch', { stream: 'leads', op: 'delete', ids: [id] });
    await arrived(5);
    expect(Object.keys(pairs(received[4])).filter((key) => key.startsWith('leads'))).toEqual([
      'leads[delete][0][id]',
      'leads[delete][0][status_id]',
      'leads[delete][0][pipeline_id]',
    ]);
  });

  test('are sent again after 5 and 15 minutes, and twice more when the receiver broke down', async () => {
    await subscribe('add_lead');
    answerWith = 404;
    await account.make('leads', { name: 'A' });
    for (const [count, minutes] of [
      [1, 5],
      [2, 15],
      [3, 60],
    ] as const) {
      await deliveries(count);
      account.crm.kit.clock.advance(minutes * 60_000);
    }
    expect((await deliveries(3)).map(({ attempt, status, state }) => [attempt, status, state])).toEqual([
      [1, 404, 'failed'],
      [2, 404, 'failed'],
      [3, 404, 'given_up'],
    ]);
    answerWith = 500;
    await account.make('leads', { name: 'B' });
    for (const [count, minutes] of [
      [4, 5],
      [5, 15],
      [6, 15],
      [7, 60],
    ] as const) {
      await deliveries(count);
      account.crm.kit.clock.advance(minutes * 60_000);
    }
    expect((await deliveries(8)).slice(3).map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'failed'],
      [2, 'failed'],
      [3, 'failed'],
      [4, 'failed'],
      [5, 'given_up'],
    ]);
  });

  test('end after more than a hundred bad answers within two hours, until registered anew', async () => {
    await subscribe('add_lead');
    answerWith = 404;
    for (let number = 0; number < 101; number += 1) await account.make('leads', { name: 'x' });
    await deliveries(101);
    expect((await account.list('webhooks'))[0]?.disabled).toBe(true);
    const before = received.length;
    await account.make('leads', { name: 'unheard' });
    answerWith = 200;
    expect((await subscribe('add_lead')).body.disabled).toBe(false);
    await account.make('leads', { name: 'heard' });
    await arrived(before + 1);
    expect(received.at(-1)?.get('leads[add][0][name]')).toBe('heard');
  });

  test('get lost or come twice as their switches say', async () => {
    await subscribe('add_lead');
    await account.caller.control('settings', { webhook_lose: 1 });
    await account.make('leads', { name: 'lost' });
    expect((await deliveries(1))[0]?.state).toBe('lost');
    await account.caller.control('settings', { webhook_lose: 0, webhook_duplicate: 1 });
    await account.make('leads', { name: 'twice' });
    await arrived(2);
    expect(pairs(received[0])).toEqual(pairs(received[1]));
  });
});
