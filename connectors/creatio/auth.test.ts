import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import connector from './connector.js';
import { type FakeAnswer, fakeContext, type Seen, testSecret } from './testing.js';

const oauth = { oauth_url: 'https://example-is.creatio.com' };
const app: JsonObject = { client_id: 'app', client_secret: 'canary-secret' };
const list: FakeAnswer = { body: { responses: [{ id: 'r1', status: 200, body: { value: [] } }] } };

const isLogin = ({ url }: Seen): boolean => url.pathname.endsWith('/AuthService.svc/Login');
const isToken = ({ url }: Seen): boolean => url.pathname === '/connect/token';

/** An instance with sessions: `s1`, `s2`, one more for each sign-in; those in `over` do not count any more. */
function sessions(expired: FakeAnswer | (() => never), over = new Set(['s1'])) {
  let number = 0;
  return fakeContext((seen) => {
    if (isLogin(seen)) {
      number += 1;
      return {
        headers: { 'set-cookie': `.ASPXAUTH=s${number}; path=/, BPMCSRF=csrf${number}; path=/` },
        body: { Code: 0 },
      };
    }
    const session = /ASPXAUTH=(\w+)/.exec(seen.headers.cookie ?? '')?.[1] ?? 'none';
    if (seen.headers.BPMCSRF !== session.replace('s', 'csrf')) return { status: 403, body: '' };
    if (over.has(session) && seen.method !== 'GET') return typeof expired === 'function' ? expired() : expired;
    return seen.method === 'GET' ? { headers: { 'set-cookie': 'BPMSESSIONID=b; path=/' }, body: { value: [] } } : list;
  });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isFailure(error)) throw new Error(`no failure: ${inspect(error)}`);
  return error;
}

describe('a session', () => {
  test('is opened once by calls at the same time, and its cookies are stored for all workers', async () => {
    const { open, requests, context } = sessions(list);
    const connection = open();
    await Promise.all([1, 2, 3, 4].map(() => connection.check(noSignal)));
    expect(requests.filter(isLogin)).toHaveLength(1);
    const other = connector.open(context);
    await other.check(noSignal);
    expect(requests.filter(isLogin)).toHaveLength(1);
    const last = requests.at(-1);
    expect(last?.headers.cookie).toBe('.ASPXAUTH=s1; BPMCSRF=csrf1; BPMSESSIONID=b');
    expect(last?.headers).toMatchObject({ BPMCSRF: 'csrf1', ForceUseSession: 'true' });
  });

  test.each<[string, FakeAnswer | (() => never)]>([
    ['as 401', { status: 401, body: { Message: 'Authentication failed.', StackTrace: null, ExceptionType: 'X' } }],
    ['as a message with status 200', { body: { Message: 'Authentication failed.', ExceptionType: 'X' } }],
    ['as an answer that redirects', { status: 302, headers: { location: '/Login/NuiLogin.aspx' }, body: '' }],
    [
      'as a redirect that the way out refuses',
      () => {
        throw new Failure('egress/redirect_refused', {
          message: 'No.',
          hint: 'No.',
          details: { status: 302, wasSent: true },
        });
      },
    ],
    ['as the page of the sign-in', { body: '<!DOCTYPE html><script src="bootstrap.login.js"></script>' }],
    ['as an empty 403', { status: 403, body: '' }],
  ])('that is over, shown %s, is opened anew once and the request is repeated', async (_name, expired) => {
    const { open, requests } = sessions(expired);
    const connection = open();
    await Promise.all([connection.check(noSignal), connection.check(noSignal), connection.check(noSignal)]);
    expect(requests.filter(isLogin)).toHaveLength(2);
  });

  test.each<[string, FakeAnswer]>([
    ['a page of an outage', { status: 503, body: '<html><body>Service unavailable</body></html>' }],
    ['a page of a firewall', { status: 403, body: '<html><body>Request blocked</body></html>' }],
    [
      'missing rights',
      { status: 403, body: { error: { message: 'Current user does not have permissions for the "Contact" object' } } },
    ],
    ['a record that speaks of it', { status: 400, body: { Message: 'A note says: Authentication failed.' } }],
  ])('is not opened anew for %s', async (_name, answer) => {
    const { open, requests } = sessions(answer);
    await failureOf(open().check(noSignal));
    expect(requests.filter(isLogin)).toHaveLength(1);
  });

  test('with a wrong password is refused with status 200, which asks a person and tells no secret', async () => {
    const { open } = fakeContext(() => ({ body: { Code: 1, Message: 'Invalid username or password specified.' } }));
    const failure = await failureOf(open().check(noSignal));
    expect(failure.code).toBe('connection/token_revoked');
    expect(failure.message).toContain('Invalid username or password specified.');
    expect(failure.hint).toContain('Connect the instance again');
    expect(inspect(failure, { depth: 8 })).not.toContain(String(testSecret.password));
  });

  test('whose password has run out says what to do', async () => {
    const { open } = fakeContext(() => ({ body: { Code: 1, Message: 'Expired.', PasswordChangeUrl: '/change' } }));
    expect((await failureOf(open().check(noSignal))).hint).toContain('Change the expired password');
  });

  test.each([
    ['down', { status: 502, body: '' }, 'vendor/unavailable'],
    ['limited', { status: 429, headers: { 'retry-after': '7' }, body: '' }, 'vendor/rate_limited'],
    ['a page', { body: '<html></html>' }, 'vendor/unavailable'],
  ])('whose sign-in is %s is waited for, and nothing was sent', async (_name, answer, code) => {
    const { open } = fakeContext(() => answer);
    const failure = await failureOf(open().check(noSignal));
    expect([failure.code, failure.details?.wasSent]).toEqual([code, false]);
    if (code === 'vendor/rate_limited') expect(failure.retryAfterMs).toBe(7_000);
  });
});

describe('where the services stand', () => {
  test('is found out once: under /0, else at the root', async () => {
    for (const prefix of ['/0', '']) {
      const { open, requests } = fakeContext((seen) => {
        if (isLogin(seen)) return { headers: { 'set-cookie': 'BPMCSRF=c' }, body: { Code: 0 } };
        return seen.url.pathname.startsWith(`${prefix}/odata/`) ? list : { status: 404, body: '' };
      });
      await open().check(noSignal);
      await open().check(noSignal);
      expect(requests.at(-1)?.url.pathname).toBe(`${prefix}/odata/$batch`);
      expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(prefix === '/0' ? 1 : 2);
    }
  });

  test('is not asked for where the settings say it, and nothing at all is a wrong address', async () => {
    const net = fakeContext(
      (seen) => (isToken(seen) ? { body: { access_token: 't' } } : list),
      { ...oauth, auth: 'client_credentials', runtime: 'net' },
      credentialsOf(app),
    );
    await net.open().check(noSignal);
    expect(net.requests.map(({ url }) => url.pathname)).toEqual(['/connect/token', '/odata/$batch']);
    const none = fakeContext((seen) =>
      isLogin(seen) ? { headers: { 'set-cookie': 'a=b' }, body: { Code: 0 } } : { status: 404 },
    );
    expect((await failureOf(none.open().check(noSignal))).code).toBe('connection/invalid_settings');
  });
});

describe('tokens', () => {
  const tokens = (
    answer: (seen: Seen, number: number) => FakeAnswer,
    secret: JsonObject,
    auth = 'client_credentials',
  ) => {
    let number = 0;
    const credentials = credentialsOf(secret);
    const fake = fakeContext(
      (seen) => {
        if (isToken(seen)) number += 1;
        return answer(seen, number);
      },
      { ...oauth, auth },
      credentials,
    );
    return { ...fake, credentials };
  };

  test('are asked for once and sent without cookies or session headers', async () => {
    const { open, requests } = tokens(
      (seen, number) => (isToken(seen) ? { body: { access_token: `t${number}`, expires_in: 3600 } } : list),
      app,
    );
    const connection = open();
    await Promise.all([connection.check(noSignal), connection.check(noSignal)]);
    expect(requests.filter(isToken).map(({ body }) => body)).toEqual([
      'client_id=app&client_secret=canary-secret&grant_type=client_credentials',
    ]);
    expect(requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer t1' });
    expect(requests.at(-1)?.headers.cookie).toBeUndefined();
  });

  test('are renewed before they run out, and once after a 401 however many calls meet it', async () => {
    const ending = { ...app, access_token: 't0', expires_at: new Date(Date.now() + 10_000).toISOString() };
    const early = tokens((seen, number) => (isToken(seen) ? { body: { access_token: `t${number}` } } : list), ending);
    await early.open().check(noSignal);
    expect(early.requests.filter(isToken)).toHaveLength(1);
    const good = { ...app, access_token: 't0', expires_at: new Date(Date.now() + 600_000).toISOString() };
    const late = tokens((seen, number) => {
      if (isToken(seen)) return { body: { access_token: `t${number}` } };
      return seen.headers.authorization === 'Bearer t0' ? { status: 401, body: '' } : list;
    }, good);
    const connection = late.open();
    await Promise.all([1, 2, 3].map(() => connection.check(noSignal)));
    expect(late.requests.filter(isToken)).toHaveLength(1);
  });

  test('of a consent are refreshed, and the new refresh token is stored', async () => {
    const secret = { ...app, refresh_token: 'r0' };
    const { open, credentials, requests } = tokens(
      (seen, number) => (isToken(seen) ? { body: { access_token: `t${number}`, refresh_token: 'r1' } } : list),
      secret,
      'authorization_code',
    );
    await open().check(noSignal);
    expect(requests.find(isToken)?.body).toContain('grant_type=refresh_token&refresh_token=r0');
    expect(credentials.saved).toMatchObject([{ access_token: 't1', refresh_token: 'r1', client_id: 'app' }]);
  });

  test('that are revoked ask a person to reconnect', async () => {
    const { open } = tokens(
      () => ({ status: 400, body: { error: 'invalid_grant' } }),
      { ...app, refresh_token: 'r' },
      'authorization_code',
    );
    const failure = await failureOf(open().check(noSignal));
    expect([failure.code, failure.kind]).toEqual(['connection/token_revoked', 'auth']);
    expect(failure.message).toContain('invalid_grant');
    expect(inspect(failure, { depth: 8 })).not.toContain('canary-secret');
  });

  test('come from a consent in the browser', async () => {
    const settings = { base_url: 'https://acme.creatio.com' };
    const address = new URL(
      connector.oauth?.authorizeUrl(settings, { clientId: 'app', redirectUri: 'https://p.example/cb', state: 'x1' }) ??
        '',
    );
    expect(address.host).toBe('acme-is.creatio.com');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      state: 'x1',
      client_id: 'app',
    });
    const { context, requests } = fakeContext(() => ({
      body: { access_token: 't', refresh_token: 'r', expires_in: 60 },
    }));
    const exchanged = await connector.oauth?.exchange({
      settings,
      secret: app,
      query: { code: 'c1', state: 'x1' },
      redirectUri: 'https://p.example/cb',
      http: context.http,
      signal: noSignal,
    });
    expect(requests[0]?.body).toContain('grant_type=authorization_code&code=c1');
    expect(exchanged).toMatchObject({ secret: { refresh_token: 'r' }, settings: { auth: 'authorization_code' } });
    expect(connector.hosts(exchanged?.settings ?? {})).toEqual(['acme.creatio.com:443', 'acme-is.creatio.com:443']);
  });
});
