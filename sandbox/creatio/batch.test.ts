import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller, innerMessage } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeEach(async () => {
  creatio = await startCreatio({ seed: 2 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => creatio.stop());

async function batch(requests: Json[], headers: Record<string, string> = {}): Promise<JsonObject[]> {
  const { body } = await caller.write('POST', '$batch', { requests }, headers);
  return objects(body.responses);
}

const city = (Name: Json, more: JsonObject = {}): JsonObject => ({
  method: 'POST',
  url: 'City',
  id: 't3',
  body: { Name },
  ...more,
});
const statuses = (answers: JsonObject[]) => answers.map(({ status }) => status);
const cities = async () =>
  (await caller.list('City?$filter=CreatedOn gt 2024-01-01T00:00:00Z')).map(({ Name }) => Name);
const goOn = { prefer: 'continue-on-error' };

describe('a batch in JSON', () => {
  test("gives the answers of the vendor's own example: ids repeat, a missing row takes a PATCH", async () => {
    const id = '62f9bc01-57cf-4cc7-90bf-8672acc922e3';
    const answers = await batch([
      city('Burbank'),
      city('Iowa City', { atomicityGroup: 'g1', body: { Id: id, Name: 'Iowa City' } }),
      { method: 'PATCH', atomicityGroup: 'g1', url: `City/${id}`, id: 't2', body: { Name: 'Chicago' } },
      { method: 'PATCH', url: 'City/11111111-2222-4333-8444-555555555555', id: 't2', body: { Name: 'Nowhere' } },
    ]);
    expect(answers).toEqual([
      {
        id: 't3',
        status: 201,
        headers: {
          location: expect.stringContaining('/0/odata/City('),
          'content-type': 'application/json; odata.metadata=minimal',
          'odata-version': '4.0',
        },
        body: expect.objectContaining({ Name: 'Burbank' }),
      },
      expect.objectContaining({ id: 't3', status: 201, atomicityGroup: expect.any(String) }),
      { id: 't2', status: 204, atomicityGroup: answers[1]?.atomicityGroup, headers: { 'odata-version': '4.0' } },
      { id: 't2', status: 204, headers: { 'odata-version': '4.0' } },
    ]);
    expect(await cities()).toEqual(['Burbank', 'Chicago']);
  });

  test('stops at the first refusal, unless the outer request prefers to go on', async () => {
    const requests = [city('A'), city(5), city('B')];
    expect(statuses(await batch(requests))).toEqual([201, 400]);
    expect(await cities()).toEqual(['A']);
    expect(statuses(await batch(requests, goOn))).toEqual([201, 400, 201]);
    expect(statuses(await batch([city(5, { headers: { Prefer: 'continue-on-error' } }), city('C')]))).toEqual([400]);
    expect(creatio.log.list().map(({ status }) => status)).toEqual([201, 422, 200, 201, 422, 201, 422]);
  });

  test('takes a whole group back when one of its requests is refused', async () => {
    const group = { atomicityGroup: 'g1' };
    const answers = await batch([city('A', group), city(5, group), city('B', { atomicityGroup: 'g2' })], goOn);
    expect(statuses(answers)).toEqual([400, 201]);
    expect(await cities()).toEqual(['B']);
    expect(
      creatio.log
        .list()
        .slice(0, 3)
        .map(({ status }) => status),
    ).toEqual([424, 422, 201]);
    await caller.control('settings', { atomic_groups: 'kept' });
    await batch([city('C', group), city(5, group)]);
    expect(await cities()).toEqual(['B', 'C']);
  });

  test('takes 100 requests and not one more', async () => {
    const many = Array.from({ length: 100 }, (_, n) => city(`City ${n}`));
    expect(await batch(many)).toHaveLength(100);
    const refused = await caller.write('POST', '$batch', { requests: [...many, city('x')] });
    expect([refused.status, innerMessage(refused.body)]).toEqual([400, expect.stringContaining("'100'")]);
  });

  test('reads as well, with addresses of every form', async () => {
    const [made] = await batch([city('Burbank')]);
    const id = String(isObject(made?.body) ? made.body.Id : '');
    const answers = await batch([
      { id: '1', method: 'GET', url: `City(${id})?$select=Name` },
      { id: '2', method: 'GET', url: `/0/odata/City/$count?$filter=Name eq 'Burbank'` },
      { id: '3', method: 'GET', url: `${creatio.url}/0/odata/City?$filter=Name eq 'Burbank'&$select=Name` },
      { id: '4', method: 'DELETE', url: `City/${id}` },
    ]);
    expect(statuses(answers)).toEqual([200, 200, 200, 204]);
    expect(answers[0]?.body).toMatchObject({ Name: 'Burbank' });
    expect(answers[1]?.body).toBe('1');
    expect(answers[2]?.body).toMatchObject({ value: [{ Name: 'Burbank' }] });
  });

  test('refuses what is no batch', async () => {
    expect((await caller.write('POST', '$batch', { queries: [] })).status).toBe(400);
    expect((await caller.write('POST', '$batch', {}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await caller.odata('$batch')).status).toBe(405);
  });
});

describe('a batch in multipart', () => {
  const id = '62f9bc01-57cf-4cc7-90bf-8672acc922e3';
  const part = (line: string, contentId: number, body: string) =>
    `Content-Type: application/http\nContent-Transfer-Encoding: binary\n\n${line} HTTP/1.1\nContent-ID: ${contentId}\nContent-Type: application/json;odata=verbose\n\n${body}\n\n`;
  const whole = (last: string) =>
    [
      '--batch_1',
      'Content-Type: multipart/mixed; boundary=changeset_1',
      '',
      '--changeset_1',
      part('POST City', 1, `{"Id":"${id}","Name":"Iowa City"}`),
      '--changeset_1',
      part(`PATCH City/${id}`, 2, last),
      '--changeset_1--',
      '--batch_1--',
      '',
    ].join('\n');
  const send = (text: string, accept: string, more: Record<string, string> = {}) =>
    caller.call('POST', '/0/odata/$batch', Buffer.from(text), {
      'content-type': 'multipart/mixed; boundary=batch_1',
      accept,
      ...more,
    });

  test('is answered in kind', async () => {
    const answer = await send(whole('{"Name":"Chicago"}'), 'multipart/mixed');
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(answer.text).toMatch(/Content-Type: multipart\/mixed; boundary="changesetresponse_/);
    expect(answer.text).toMatch(/Content-ID: 1\r\n\r\nHTTP\/1.1 201 Created/);
    expect(answer.text).toMatch(/Content-ID: 2\r\n\r\nHTTP\/1.1 204 No Content/);
    expect(await cities()).toEqual(['Chicago']);
  });

  test('is answered in JSON for who accepts JSON, and a changeset fails as a whole', async () => {
    const answer = await send(whole('{"Name":7}'), 'application/json');
    expect(statuses(objects(answer.body.responses))).toEqual([400]);
    expect(await cities()).toEqual([]);
  });
});
