import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import { isFailed } from './client.js';
import { encodeQuery, Reference } from './query.js';
import { type Answered, connectFake, each, type Portal } from './testing.js';

const now = { signal: noSignal };
const answering =
  (answered: Answered): Portal =>
  () =>
    answered;

describe('answers of the portal', () => {
  test.each([
    [401, 'NO_AUTH_FOUND', 'connection/token_revoked', false, undefined],
    [401, 'INVALID_CREDENTIALS', 'connection/token_revoked', false, undefined],
    [401, 'expired_token', 'connection/token_revoked', false, undefined],
    [403, 'insufficient_scope', 'connection/scope_missing', false, undefined],
    [403, 'ACCESS_DENIED', 'vendor/auth', false, undefined],
    [403, 'user_access_error', 'vendor/auth', false, undefined],
    [403, 'allowed_only_intranet_user', 'vendor/auth', false, undefined],
    [402, 'PAYMENT_REQUIRED', 'vendor/quota', false, undefined],
    [404, 'ERROR_METHOD_NOT_FOUND', 'connection/access_denied', false, undefined],
    [400, 'INVALID_REQUEST', 'connection/invalid_settings', false, undefined],
    [400, 'NOT_FOUND', 'vendor/refused', false, undefined],
    [400, 'INVALID_ARG_VALUE', 'vendor/refused', false, undefined],
    [400, '', 'vendor/refused', false, undefined],
    [503, 'QUERY_LIMIT_EXCEEDED', 'vendor/rate_limited', false, 1_000],
    [503, 'OVERLOAD_LIMIT', 'vendor/rate_limited', false, 300_000],
    [500, 'INTERNAL_SERVER_ERROR', 'vendor/unavailable', true, undefined],
    [500, 'ERROR_UNEXPECTED_ANSWER', 'vendor/unavailable', true, undefined],
    [503, 'SOMETHING_ELSE', 'vendor/unavailable', true, undefined],
    [200, 'QUERY_LIMIT_EXCEEDED', 'vendor/rate_limited', false, 1_000],
  ])('status %s with `%s` is `%s`', async (status, error, code, wasSent, retryAfterMs) => {
    const { client } = connectFake(answering({ status, error, error_description: 'The vendor’s words' }));
    const calling = client.call('crm.item.list', {}, now);
    await expect(calling).rejects.toMatchObject({ code, details: { wasSent }, retryAfterMs });
    await expect(calling).rejects.toThrow('The vendor’s words');
  });

  test('a method that ran too long is waited for as long as its oldest minute counts', async () => {
    const body = { error: 'OPERATION_TIME_LIMIT', time: { finish: 1_000, operating_reset_at: 1_042 } };
    const { client } = connectFake(answering({ status: 429, body: JSON.stringify(body) }));
    await expect(client.call('crm.item.list', {}, now)).rejects.toMatchObject({ retryAfterMs: 42_000 });
  });

  test('a text in place of the code is told, and version 3 has an object there', async () => {
    const odd = connectFake(answering({ error: 'Communication type is not defined' }));
    await expect(odd.client.call('x', {}, now)).rejects.toThrow('Communication type is not defined');
    const third = connectFake(
      answering({ status: 400, body: '{"error":{"code":"BITRIX_REST_V3_X","message":"In an object"}}' }),
    );
    await expect(third.client.call('x', {}, now)).rejects.toThrow('In an object');
  });

  test.each([
    ['HTML with 200', 200, '<html>maintenance</html>', 'read/bad_answer'],
    ['nothing with 200', 200, '', 'read/bad_answer'],
    ['a cut body', 200, '{"result":{"items":[', 'read/bad_answer'],
    ['JSON without a result', 200, '{"time":{}}', 'read/bad_answer'],
    ['a proxy’s 502', 502, '<html>Bad Gateway</html>', 'vendor/unavailable'],
    ['a proxy’s 403', 403, '<html>Forbidden</html>', 'vendor/unavailable'],
  ])('%s leaves in doubt what happened', async (_, status, body, code) => {
    const { client } = connectFake(answering({ status, body }));
    const calling = client.call('crm.item.add', {}, now);
    await expect(calling).rejects.toMatchObject({ code, kind: 'transient', details: { wasSent: true } });
  });
});

describe('batches', () => {
  test('give one answer for each command, whatever shape the empty maps have', async () => {
    const { client } = connectFake((method, params) =>
      method === 'batch'
        ? each
        : method === 'bad'
          ? { error: '', error_description: 'Access denied.' }
          : { result: params, total: 3 },
    );
    const answers = await client.batch(
      [
        { method: 'good', params: { filter: { '>ID': '7' } } },
        { method: 'bad', params: {} },
      ],
      now,
    );
    expect(answers[0]).toMatchObject({ result: { filter: { '>ID': '7' } }, total: 3 });
    expect(answers[1]).toMatchObject({ failure: { code: 'vendor/refused' } });
    const [bad] = await client.batch([{ method: 'bad', params: {} }], now);
    expect(bad !== undefined && isFailed(bad)).toBe(true);
  });

  test('a command without any answer is in doubt', async () => {
    const { client } = connectFake(answering({ result: { result: { c0: true }, result_error: [] } }));
    const answers = await client.batch(
      [0, 1].map(() => ({ method: 'crm.item.add', params: {} })),
      now,
    );
    expect(answers).toMatchObject([{ result: true }, { failure: { details: { wasSent: true } } }]);
  });

  test('a limit of one method inside a batch is a limit', async () => {
    const error = { c0: { error: 'OPERATION_TIME_LIMIT', error_description: 'Too long' } };
    const { client } = connectFake(answering({ result: { result: [], result_error: error } }));
    const [answer] = await client.batch([{ method: 'x', params: {} }], now);
    expect(answer).toMatchObject({ failure: { kind: 'rate_limited', details: { wasSent: false } } });
  });
});

describe('queries as PHP reads them', () => {
  test.each<[string, JsonObject, string]>([
    ['maps and lists', { fields: { PHONE: [{ VALUE: '+1' }] } }, 'fields[PHONE][0][VALUE]=%2B1'],
    ['signs in names', { filter: { '>=updatedTime': '1&2' } }, 'filter[%3E%3DupdatedTime]=1%262'],
    ['null as empty text', { fields: { title: null } }, 'fields[title]='],
    ['an empty list as a list with an empty text', { fields: { ids: [] } }, 'fields[ids][0]='],
    ['text of any script', { a: 'Żółć 東京 👩‍👧' }, `a=${encodeURIComponent('Żółć 東京 👩‍👧')}`],
  ])('%s', (_, params, text) => {
    expect(encodeQuery(params)).toBe(text);
  });

  test('references stay as they are', () => {
    expect(encodeQuery({ filter: { '>id': new Reference('$result[c0][items][49][id]') } })).toBe(
      'filter[%3Eid]=$result[c0][items][49][id]',
    );
  });
});
