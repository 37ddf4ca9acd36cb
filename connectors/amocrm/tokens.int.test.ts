import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal, readPass, readRequest } from '../kit/conformance/requests.js';
import { testEgress } from '../kit/egress/testing.js';
import type { OpenConnection } from '../kit/index.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import amocrm from './connector.js';
import { startAccount, type TestAccount } from './testing-sandbox.js';

let account: TestAccount;

beforeAll(async () => {
  account = await startAccount({ records: 20 });
});

afterAll(async () => {
  await account?.stop();
});

function secretOf(more: JsonObject = {}): JsonObject {
  const { client_id, client_secret, redirect_uri, access_token, refresh_token } = account.sandbox.credentials;
  return { client_id, client_secret, redirect_uri, access_token, refresh_token, ...more } as JsonObject;
}

const firstPage = (crm: OpenConnection, stream: string) =>
  crm.reader(readRequest(stream)).readPage(null, null, noSignal);

describe('tokens of an account', () => {
  test('are renewed once for all calls after they ran out, again and again', async () => {
    const credentials = credentialsOf(secretOf());
    const crm = account.open(credentials, { auth: 'oauth' });
    for (let day = 1; day <= 2; day++) {
      await account.control('clock', { advance: '25h' });
      await Promise.all(['leads', 'contacts', 'companies', 'users', 'tasks'].map((stream) => firstPage(crm, stream)));
      expect(credentials.saved).toHaveLength(day);
    }
    // A second process with the same secret finds the new token stored, and asks for none.
    await firstPage(account.open(credentials, { auth: 'oauth' }), 'leads');
    expect(credentials.saved).toHaveLength(2);
    // The first refresh token has been used.
    const late = account.open(credentialsOf(secretOf({ access_token: 'gone' })), { auth: 'oauth' });
    await expect(late.check(noSignal)).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });

  test('come from a consent in the browser, whose code works once', async () => {
    const { egress } = testEgress();
    try {
      const settings = { base_url: account.sandbox.url };
      const { client_id: clientId, redirect_uri: redirectUri } = secretOf() as {
        client_id: string;
        redirect_uri: string;
      };
      const address = amocrm.oauth?.authorizeUrl(settings, { clientId, redirectUri, state: 'a-state' }) ?? '';
      const page = await fetch(address);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form')]);
      const query = await consentTo(address);
      expect(query.state).toBe('a-state');
      const http = egress.client({
        hosts: amocrm.hosts(settings),
        pacer: { take: async () => undefined, refused: () => undefined },
      });
      const request = { settings, secret: secretOf(), query, redirectUri, http, signal: noSignal };
      const result = await amocrm.oauth?.exchange(request);
      const crm = account.open(credentialsOf(result?.secret ?? {}), { auth: 'oauth' });
      expect((await firstPage(crm, 'users')).records.length).toBeGreaterThan(0);
      await expect(amocrm.oauth?.exchange(request)).rejects.toMatchObject({ code: 'connection/token_revoked' });
    } finally {
      await egress.close();
    }
  });
});

describe('limits of an account', () => {
  test('are met with the vendor’s wait, whatever the body looks like', async () => {
    await account.control('settings', { rate: { requests: 1, perSeconds: 60 }, limit_body: 'html' });
    try {
      const crm = account.open();
      const asking = readPass(() => crm, readRequest('companies', { key: ['id'] }));
      await expect(asking).rejects.toMatchObject({ kind: 'rate_limited', details: { wasSent: false } });
    } finally {
      await account.control('settings', { rate: null });
    }
  });
});

/** What the person's browser does: says yes, and comes back with the code. */
async function consentTo(address: string): Promise<Record<string, string>> {
  const url = new URL(address);
  const body = new URLSearchParams([...url.searchParams, ['decision', 'approve']]);
  const answer = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? 'http://nowhere.test/');
  return Object.fromEntries(back.searchParams);
}
