import { describe, expect, test } from '@jest/globals';
import { noSignal } from '../kit/conformance/requests.js';
import { connectFake, each } from './testing.js';
import { eventsOf, parseEvents } from './webhook.js';

const token = 'application-token';

function delivery(body: string, query: Record<string, string> = {}) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { headers, query, rawBody: Buffer.from(body), receivedAtMs: 0 };
}

const form = (event: string, more: string, auth = token) =>
  `event=${event}&event_handler_id=201&${more}&ts=1736405807&auth[domain]=p.example.com&auth[member_id]=m1&auth[application_token]=${auth}`;

describe('events', () => {
  test.each([
    ['ONCRMDEALUPDATE', 'data[FIELDS][ID]=759', 'deals', '759', false],
    ['ONCRMCONTACTADD', 'data%5BFIELDS%5D%5BID%5D=7', 'contacts', '7', false],
    ['ONCRMCOMPANYDELETE', 'data[FIELDS][ID]=9', 'companies', '9', true],
    ['ONCRMLEADADD', 'data[FIELDS][ID]=1', 'leads', '1', false],
    ['ONCRMDYNAMICITEMUPDATE', 'data[FIELDS][ID]=4&data[FIELDS][ENTITY_TYPE_ID]=177', 'items_177', '4', false],
    ['ONTASKUPDATE', 'data[FIELDS_BEFORE][ID]=5&data[FIELDS_AFTER][ID]=5', 'tasks', '5', false],
    ['ONTASKDELETE', 'data[FIELDS_BEFORE][ID]=5&data[FIELDS_AFTER]=undefined', 'tasks', '5', true],
  ])('%s names its record', (event, fields, stream, key, isDeletion) => {
    expect(parseEvents(delivery(form(event, fields)), token)).toMatchObject([
      { stream, key, isDeletion, record: null },
    ]);
  });

  test('the same delivery twice is one event, another moment is another', () => {
    const idOf = (body: string) => parseEvents(delivery(body), token)[0]?.eventId;
    const body = form('ONCRMDEALUPDATE', 'data[FIELDS][ID]=759');
    expect(idOf(body)).toBe(idOf(body));
    expect(idOf(body.replace('ts=1736405807', 'ts=1736405808'))).not.toBe(idOf(body));
    expect(idOf(body.replace('[ID]=759', '[ID]=760'))).not.toBe(idOf(body));
  });

  test('what is no record of a stream is taken and does nothing', () => {
    expect(parseEvents(delivery(form('ONAPPINSTALL', 'data[VERSION]=1')), token)).toEqual([]);
    expect(parseEvents(delivery(form('ONCRMDEALUSERFIELDADD', 'data[FIELDS][ID]=1')), token)).toEqual([]);
  });

  test('a secret in the address is as good as the token', () => {
    const body = form('ONCRMDEALUPDATE', 'data[FIELDS][ID]=759', 'another');
    expect(parseEvents(delivery(body, { key: token }), token)).toHaveLength(1);
    expect(() => parseEvents(delivery(body, { key: 'wrong' }), token)).toThrow(/application token/);
    expect(() => parseEvents(delivery(form('ONCRMDEALUPDATE', 'data[FIELDS][ID]=1', '')), token)).toThrow(/token/);
    expect(() => parseEvents(delivery(body), '')).toThrow(/cannot be verified/);
  });

  test.each([
    ['no id', form('ONCRMDEALUPDATE', 'data[FIELDS][X]=1')],
    ['an id that is no number', form('ONCRMDEALUPDATE', 'data[FIELDS][ID]=1;drop')],
    ['a smart process without its type', form('ONCRMDYNAMICITEMADD', 'data[FIELDS][ID]=1')],
    ['a name that reaches into objects', form('ONCRMDEALUPDATE', 'data[__proto__][ID]=1')],
    ['nesting without end', form('ONCRMDEALUPDATE', `data${'[a]'.repeat(50)}=1`)],
    ['too many parts', form('ONCRMDEALUPDATE', 'a=1&'.repeat(1_100))],
  ])('%s is no event', (_, body) => {
    expect(() => parseEvents(delivery(body), token)).toThrow(/body of the event/);
  });
});

describe('registering', () => {
  test('binds the events of the streams in one request, to an address with our secret', async () => {
    const { connection, requests } = connectFake((method) => (method === 'batch' ? each : { result: true }), {
      settings: { auth: 'oauth' },
      secret: { access_token: 'a' },
    });
    const registration = await connection.registerWebhook?.(
      'https://us.example.com/hooks/x',
      's3',
      ['deals', 'tasks'],
      noSignal,
    );
    expect(registration).toEqual({
      handler: 'https://us.example.com/hooks/x?key=s3',
      events: [...eventsOf('deals'), ...eventsOf('tasks')],
    });
    await connection.removeWebhook?.(registration ?? {}, noSignal);
    const commands = requests.map(({ body }) =>
      Object.values(body.cmd as object).map((text) => String(text).split('?')[0]),
    );
    expect(commands).toEqual([Array(6).fill('event.bind'), Array(6).fill('event.unbind')]);
  });

  test('an incoming webhook says what a person must do', async () => {
    const { connection, requests } = connectFake(() => ({ result: true }));
    const registering = connection.registerWebhook?.('https://us.example.com/h', 's', ['deals'], noSignal);
    await expect(registering).rejects.toMatchObject({
      code: 'webhook/not_offered',
      hint: expect.stringContaining('ONCRMDEALADD'),
    });
    expect(requests).toEqual([]);
  });
});
