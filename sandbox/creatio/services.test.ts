import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeEach(async () => {
  creatio = await startCreatio({ seed: 8, records: 60 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => creatio.stop());

describe('files', () => {
  test('travel as bytes of a stream column', async () => {
    const [contact] = await caller.list('Contact?$top=1');
    const path = `/0/odata/Contact(${String(contact?.Id)})/ContactPhoto`;
    expect((await caller.get(path)).status).toBe(204);
    const png = { 'content-type': 'image/png' };
    expect((await caller.call('PUT', path, Buffer.from('picture'), png)).status).toBe(204);
    const read = await caller.get(path);
    expect([read.text, read.headers.get('content-type')]).toEqual(['picture', 'image/png']);
  });

  test('are uploaded whole or in chunks and downloaded by name', async () => {
    const made = await caller.write('POST', 'Opportunity', { Title: 'x' });
    const fileId = '62f9bc01-57cf-4cc7-90bf-8672acc922e3';
    const query = new URLSearchParams({
      fileId,
      totalFileLength: '10',
      mimeType: 'text/plain',
      fileName: 'umowa.txt',
      columnName: 'Data',
      entitySchemaName: 'OpportunityFile',
      parentColumnName: 'Opportunity',
      parentColumnValue: String(made.body.Id),
    });
    const send = (text: string, first: number) =>
      caller.call('POST', `/0/rest/FileApiService/UploadFile?${String(query)}`, Buffer.from(text), {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${first}-${first + text.length - 1}/10`,
      });
    await send('12345', 0);
    expect((await caller.odata(`OpportunityFile(${fileId})`)).status).toBe(404);
    expect((await send('67890', 5)).body.success).toBe(true);
    expect((await caller.odata(`OpportunityFile(${fileId})`)).body).toMatchObject({ Name: 'umowa.txt', Size: 10 });
    const back = await caller.get(`/0/rest/FileService/Download/OpportunityFile/${fileId}`);
    expect([back.text, back.headers.get('content-disposition')]).toEqual([
      '1234567890',
      expect.stringContaining('umowa.txt'),
    ]);
    await caller.control('settings', { max_file_size: 5 });
    expect((await send('12345', 0)).status).toBe(400);
  });

  test('of the seed have content of the length they tell', async () => {
    const files = await Promise.all(
      ['Opportunity', 'Contact', 'Account', 'Activity'].map((name) => caller.list(`${name}File`)),
    );
    const [index, file] = files.flatMap((list, at) => list.map((one) => [at, one] as const))[0] ?? [0, {}];
    const name = ['Opportunity', 'Contact', 'Account', 'Activity'][index];
    const read = await fetch(`${creatio.url}/0/rest/FileService/Download/${name}File/${String(file.Id)}`, {
      headers: { cookie: `.ASPXAUTH=${caller.cookie('.ASPXAUTH')}`, BPMCSRF: caller.cookie('BPMCSRF') ?? '' },
    });
    expect((await read.arrayBuffer()).byteLength).toBe(file.Size);
  });
});

describe('rights', () => {
  const limit = (rule: JsonObject) => caller.control('rights', { user: 'limited', entity: 'Account', ...rule });
  const limited = () => {
    const { limited_username, limited_password } = creatio.credentials;
    return CreatioCaller.signedIn(creatio, limited_username, limited_password);
  };

  test('forbid operations with 403, and DataService says so in its own way', async () => {
    await limit({ denied: ['insert', 'read'] });
    const person = await limited();
    const refused = await person.write('POST', 'Account', { Name: 'x' });
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('does not have permissions for the')]);
    expect((await person.odata('Account')).status).toBe(403);
    expect((await caller.odata('Account?$top=1')).status).toBe(200);
    const select = await person.service('SelectQuery', { rootSchemaName: 'Account', columns: { items: {} } });
    expect(select.body).toMatchObject({ success: false, errorInfo: { errorCode: 'SecurityException' } });
    expect(creatio.log.list().find(({ effect }) => effect === 'create')?.status).toBe(403);
  });

  test('hide columns and rows', async () => {
    await limit({ columns: ['UsrTaxCode'], rows: 'own' });
    const person = await limited();
    expect(await person.list('Account')).toEqual([]);
    const mine = await person.write('POST', 'Account', { Name: 'Mine' });
    const [seen] = await person.list('Account');
    expect([seen?.Id, seen !== undefined && 'UsrTaxCode' in seen]).toEqual([mine.body.Id, false]);
    expect((await person.odata('Account?$select=UsrTaxCode')).status).toBe(403);
    expect((await person.odata('Account/$count')).text).toBe('1');
    const [other] = await caller.list("Account?$filter=Name ne 'Mine'&$top=1");
    expect((await person.odata(`Account(${String(other?.Id)})`)).status).toBe(404);
  });
});

describe('limits', () => {
  test('are a quota of the day for each user, where the plan has one', async () => {
    await caller.control('settings', { daily_quota: 2 });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await caller.odata('Contact/$count')).status);
    expect(statuses).toEqual([200, 200, 429]);
    await caller.control('settings', { quota_status: 403 });
    expect((await caller.odata('Contact/$count')).status).toBe(403);
    creatio.kit.clock.advance(24 * 3_600_000);
    expect((await (await CreatioCaller.signedIn(creatio)).odata('Contact/$count')).status).toBe(200);
  });

  test('of the front door come as pages', async () => {
    await caller.control('settings', { rate: { requests: 1, perSeconds: 60 } });
    await caller.odata('Contact/$count');
    const refused = await caller.odata('Contact/$count');
    expect([refused.status, refused.text.startsWith('<html>')]).toEqual([429, true]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the inbound webhook service', () => {
  const send = (body: string, type: string) =>
    fetch(creatio.credentials.webhook_url ?? '', { method: 'POST', headers: { 'content-type': type }, body });
  const found = () => caller.list("Lead?$filter=Contact eq 'Ірина'");

  test('makes a record of the named object from JSON or a form, and leaves out what does not fit', async () => {
    const body = { EntityName: 'Lead', Contact: 'Ірина', Nope: 'x', LeadTypeId: 'not an id', Email: 'i@x.example' };
    expect((await send(JSON.stringify(body), 'application/json')).status).toBe(202);
    await send(
      String(new URLSearchParams({ EntityName: 'Lead', Contact: 'Ірина' })),
      'application/x-www-form-urlencoded',
    );
    expect((await found()).map(({ Email }) => Email)).toEqual(['i@x.example', '']);
    expect((await send('{"EntityName":"Nope"}', 'application/json')).status).toBe(202);
    expect((await fetch(`${creatio.url}/webhooks/wrong`, { method: 'POST' })).status).toBe(404);
  });

  test('may write later than it answers', async () => {
    await caller.control('settings', { webhook_delay_ms: 5000 });
    await send('{"EntityName":"Lead","Contact":"Ірина"}', 'application/json');
    expect(await found()).toEqual([]);
    creatio.kit.clock.advance(5000);
    expect(await found()).toHaveLength(1);
  });
});

describe('outbound hooks', () => {
  interface Heard {
    readonly body: JsonObject;
    readonly secret: unknown;
  }
  let listener: http.Server;
  let url: string;
  let heard: Heard[];
  let statusToGive: number;

  beforeEach(async () => {
    heard = [];
    statusToGive = 200;
    listener = http.createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      request.on('end', () => {
        heard.push({ body: JSON.parse(text) as JsonObject, secret: request.headers['x-hook-secret'] });
        response.writeHead(statusToGive).end();
      });
    });
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
  });

  afterEach(
    () =>
      new Promise((resolve) => {
        listener.close(resolve);
        listener.closeAllConnections();
      }),
  );

  async function deliveries(count: number): Promise<JsonObject[]> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const list = (await caller.control('deliveries')) as JsonObject[];
      if (list.length >= count) return list;
      if (Date.now() > deadline) throw new Error(`Only ${list.length} deliveries within 10 s.`);
    }
  }

  test('tell of every save of the objects they are about, with the headers they were built with', async () => {
    await caller.control('hooks', { url, headers: { 'x-hook-secret': 's3cret' }, entities: ['City'] });
    const made = await caller.write('POST', 'City', { Name: 'Burbank' });
    await caller.write('PATCH', `City(${String(made.body.Id)})`, { Name: 'Chicago' });
    await caller.control('touch', { stream: 'City', op: 'delete', ids: [String(made.body.Id)] });
    await caller.write('POST', 'Account', { Name: 'x' });
    await deliveries(3);
    expect(heard.map(({ body }) => body.operation).sort()).toEqual(['delete', 'insert', 'update']);
    expect(heard[0]).toMatchObject({ secret: 's3cret', body: { entity: 'City', recordId: made.body.Id } });
  });

  test('are silent about what a batch took back, and are not repeated unless told to', async () => {
    const built = (await caller.control('hooks', { url, entities: ['City'] })) as JsonObject;
    const group = { method: 'POST', url: 'City', atomicityGroup: 'g' };
    await caller.write('POST', '$batch', {
      requests: [
        { ...group, body: { Name: 'A' } },
        { ...group, body: { Name: 5 } },
      ],
    });
    statusToGive = 500;
    await caller.write('POST', 'City', { Name: 'B' });
    expect(await deliveries(1)).toEqual([expect.objectContaining({ status: 500, state: 'given_up' })]);
    await caller.control('settings', { hook_retries: true });
    await caller.write('POST', 'City', { Name: 'C' });
    await deliveries(2);
    statusToGive = 200;
    creatio.kit.clock.advance(1000);
    expect((await deliveries(3)).map(({ state }) => state)).toEqual(['given_up', 'failed', 'delivered']);
    await caller.control(`hooks?id=${String(built.id)}`, undefined, 'DELETE');
    await caller.write('POST', 'City', { Name: 'D' });
    expect(await caller.control('deliveries')).toHaveLength(3);
  });

  test('can be lost and doubled', async () => {
    await caller.control('hooks', { url });
    await caller.control('settings', { hook_lose: 1 });
    await caller.write('POST', 'City', { Name: 'A' });
    await caller.control('settings', { hook_lose: 0, hook_duplicate: 1 });
    await caller.write('POST', 'City', { Name: 'B' });
    const list = await deliveries(3);
    expect(list.map(({ state }) => state)).toEqual(['lost', 'delivered', 'delivered']);
    expect(new Set(list.slice(1).map((entry) => entry.event_id)).size).toBe(1);
  });
});
