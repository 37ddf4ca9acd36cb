import * as crypto from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Called, Caller } from '../kit/caller.js';
import { type RestCrmSandbox, startRestCrm } from './sandbox.js';

let sandbox: RestCrmSandbox;
let caller: Caller;

beforeAll(async () => {
  sandbox = await startRestCrm({ seed: 5 });
  caller = new Caller(sandbox);
});

afterAll(() => sandbox.stop());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

function token(fields: Record<string, string>): Promise<Called> {
  const { client_id = '', client_secret = '' } = sandbox.credentials;
  return caller.call(
    'POST',
    '/oauth/token',
    String(new URLSearchParams({ client_id, client_secret, ...fields })),
    form,
  );
}

function me(accessToken: unknown): Promise<Called> {
  return caller.get('/me', { authorization: `Bearer ${String(accessToken)}` });
}

async function consent(extra: Record<string, string>): Promise<URL> {
  const { client_id = '' } = sandbox.credentials;
  const question = { response_type: 'code', client_id, redirect_uri: 'http://127.0.0.1:9/back', state: 's1', ...extra };
  const answer = await caller.call('POST', '/oauth/authorize', String(new URLSearchParams(question)), form);
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

describe('OAuth', () => {
  test('gives a token for client credentials, which runs out on the sandbox clock', async () => {
    const { body } = await token({ grant_type: 'client_credentials' });
    expect((await me(body.access_token)).status).toBe(200);
    sandbox.kit.clock.advance(3_600_000);
    expect((await me(body.access_token)).status).toBe(401);
  });

  test('asks the person, then exchanges the code once, with its verifier', async () => {
    const verifier = 'v'.repeat(50);
    const challenge = crypto.createHash('sha256').update(verifier).digest('base64url');
    const page = await caller.get(
      `/oauth/authorize?response_type=code&client_id=${sandbox.credentials.client_id}&redirect_uri=http://127.0.0.1:9/back&state=<s>`,
    );
    expect(page.text).toContain('Allow access');
    expect(page.text).toContain('value="&#60;s&#62;"');
    const back = await consent({ decision: 'approve', code_challenge: challenge });
    expect(back.searchParams.get('state')).toBe('s1');
    const exchange = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1:9/back',
    };
    const good = await token({ ...exchange, code_verifier: verifier });
    expect(good.status).toBe(200);
    expect((await me(good.body.access_token)).status).toBe(200);
    expect((await token({ ...exchange, code_verifier: verifier })).body.error).toBe('invalid_grant');
    const other = await consent({ decision: 'approve', code_challenge: challenge });
    const wrong = await token({ ...exchange, code: other.searchParams.get('code') ?? '', code_verifier: 'wrong' });
    expect(wrong.body.error).toBe('invalid_grant');
  });

  test('sends a refusal back', async () => {
    expect((await consent({ decision: 'deny' })).searchParams.get('error')).toBe('access_denied');
  });

  test('takes a refresh token once and counts the second try', async () => {
    const back = await consent({ decision: 'approve' });
    const first = await token({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1:9/back',
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token) };
    const second = await token(refresh);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    const before = Number((await control()).reused);
    expect((await token(refresh)).status).toBe(400);
    expect((await control()).reused).toBe(before + 1);
    expect(
      (await token({ grant_type: 'refresh_token', refresh_token: String(second.body.refresh_token) })).status,
    ).toBe(200);
  });

  test('refuses an unknown client and forgets tokens when told', async () => {
    expect((await token({ grant_type: 'client_credentials', client_secret: 'wrong' })).status).toBe(401);
    const { body } = await token({ grant_type: 'client_credentials' });
    await caller.control('oauth', { revoke: 'all' });
    expect((await me(body.access_token)).status).toBe(401);
  });
});

async function control(): Promise<{ reused?: unknown }> {
  return (await caller.control('oauth')) as { reused?: unknown };
}
