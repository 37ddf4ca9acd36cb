import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { StoredCredentials } from '../../activities/credentials.js';
import type { JsonObject } from '../../core/json.js';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { addAccount } from '../../store/accounts.js';
import { BudgetRows } from '../../store/budgets.js';
import { addConnection } from '../../store/connections.js';
import { Store } from '../../store/database.js';
import { openInstallationKeys } from '../../store/installation-keys.js';
import { migrate } from '../../store/migrate.js';
import { Vault } from '../../store/vault.js';
import { MasterKeys } from '../../store/vault-keys.js';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.js';
import { noSignal, readPass, readRequest } from '../kit/conformance/requests.js';
import { Pacing } from '../kit/egress/pacer.js';
import { testEgress } from '../kit/egress/testing.js';
import type { Credentials, OpenConnection } from '../kit/index.js';
import { httpConnector, restCrm } from './testing.js';

/** What one worker process has of its own: pools, pacing, sockets. */
interface Process {
  readonly store: Store;
  readonly pacing: Pacing;
  readonly vault: Vault;
}

describe('two workers on one database', () => {
  let database: TestDatabase;
  let processes: readonly [Process, Process];
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await createTestDatabase(migrate);
    const masterKeys = new MasterKeys(randomBytes(32));
    const start = async (): Promise<Process> => {
      const store = new Store({ appUrl: database.app.connectionString, systemUrl: database.system.connectionString });
      const keys = await openInstallationKeys(store, masterKeys);
      return { store, pacing: new Pacing(new BudgetRows(store)), vault: new Vault(store, keys) };
    };
    processes = await Promise.all([start(), start()]);
  });

  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  afterAll(async () => {
    for (const { store } of processes ?? []) await store.close();
    await database?.drop();
  });

  async function startCrm(options: RestCrmOptions): Promise<RestCrmSandbox> {
    const crm = await startRestCrm(options);
    stops.push(crm.stop);
    return crm;
  }

  function open(
    process: Process,
    crm: RestCrmSandbox,
    definition: JsonObject,
    credentials: Credentials,
  ): OpenConnection {
    const settings = { service: 'rest-crm', base_url: crm.url, definition };
    const { egress } = testEgress();
    stops.push(() => egress.close());
    return httpConnector.open({
      connectionId: 'test',
      settings,
      credentials,
      http: egress.client({
        hosts: httpConnector.hosts(settings),
        pacer: process.pacing.pacer(httpConnector.limits(settings), 'poll'),
      }),
      resolveHost: () => Promise.reject(new Error('no sockets')),
    });
  }

  test('keep a vendor limit together, without one refusal', async () => {
    const crm = await startCrm({ records: 240, latencyMs: 60, rate: { requests: 7, perSeconds: 1 } });
    // The vendor's seconds are a little short, so that a busy test machine is no reason for a refusal; two workers
    // that did not share their turns would still send twice what is allowed.
    crm.kit.clock.setSpeed(1.1);
    const definition = restCrm((service) => {
      service.limits = [{ requests: 7, per: '1s' }];
      for (const { read } of Object.values(service.streams)) if (read !== undefined) read.page.size = 20;
    });
    const token = crm.credentials.token as string;
    const credentials = { read: async () => ({ token }), renew: async (seen: JsonObject) => seen };
    const passes = await Promise.all(
      processes.flatMap((process) => {
        const connection = open(process, crm, definition, credentials);
        return [0, 1].map(() => readPass(() => connection, readRequest('contacts', { key: ['id'] })));
      }),
    );
    expect(passes.map(({ records }) => records.length)).toEqual([240, 240, 240, 240]);
    const statuses = crm.kit.requests.list(0).map(({ status }) => status);
    expect([statuses.length, statuses.filter((status) => status === 429)]).toEqual([48, []]);
  });

  test('send away what would have to wait longer than ten seconds, with the time to come', async () => {
    const crm = await startCrm({ records: 40 });
    const definition = restCrm((service) => {
      service.limits = [{ requests: 2, per: '1m' }];
      for (const { read } of Object.values(service.streams)) if (read !== undefined) read.page.size = 20;
    });
    const token = crm.credentials.token as string;
    const credentials = { read: async () => ({ token }), renew: async (seen: JsonObject) => seen };
    await open(processes[0], crm, definition, credentials).check(noSignal);
    const connection = open(processes[1], crm, definition, credentials);
    const failure = await connection.check(noSignal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'vendor/rate_limited', details: { wasSent: false } });
    expect((failure as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(10_000);
    expect(crm.kit.requests.list(0)).toHaveLength(1);
  });

  describe('with a refresh token that works once', () => {
    const definition = restCrm((service) => {
      service.auth = { kind: 'oauth2', grant: 'refresh_token', token_path: '/oauth/token' };
    });

    async function connect(crm: RestCrmSandbox) {
      const accountId = randomUUID();
      const [{ store, vault }] = processes;
      const { client_id, client_secret } = crm.credentials as Record<string, string>;
      const { access_token, refresh_token } = await consent(crm);
      const secret = { client_id, client_secret, access_token, refresh_token, expires_at: null } as JsonObject;
      await store.system((tx) => addAccount(tx, { id: accountId, name: 'T', tariff: 'unlimited' }));
      const settings = { service: 'rest-crm', base_url: crm.url };
      const row = await store.account(accountId, (tx) =>
        addConnection(tx, vault, accountId, {
          name: 'crm',
          connector: 'http',
          settings,
          secret,
          hosts: httpConnector.hosts(settings),
        }),
      );
      const credentials = processes.map(
        (process) => new StoredCredentials(process.store, process.vault, accountId, row.id),
      );
      return { row, accountId, credentials };
    }

    test('many parallel calls of both make one refresh', async () => {
      const crm = await startCrm({ records: 5 });
      const { credentials } = await connect(crm);
      const connections = [0, 1, 0, 1].map((index) =>
        open(processes[index] as Process, crm, definition, credentials[index] as Credentials),
      );
      for (let round = 1; round <= 2; round++) {
        await fetch(`${crm.control}/oauth`, { method: 'POST', body: JSON.stringify({ revoke: 'access' }) });
        await Promise.all(Array.from({ length: 24 }, (_, index) => connections[index % 4]?.check(noSignal)));
        expect(await (await fetch(`${crm.control}/oauth`)).json()).toMatchObject({ refreshed: round, reused: 0 });
      }
    });

    test('a crash between refresh and save leads to one clear demand to connect again', async () => {
      const crm = await startCrm({ records: 5 });
      const { row, accountId, credentials } = await connect(crm);
      await fetch(`${crm.control}/oauth`, { method: 'POST', body: JSON.stringify({ revoke: 'access' }) });
      const [crashing, other] = credentials as [StoredCredentials, StoredCredentials];
      // Dies with the new pair in its hands: what it knows is lost, its lease stays.
      let isRefreshed = (): void => undefined;
      const refreshed = new Promise<void>((resolve) => {
        isRefreshed = resolve;
      });
      const dead: Credentials = {
        read: () => crashing.read(),
        renew: (seen, renew) =>
          crashing.renew(seen, async (current) => {
            await renew(current);
            isRefreshed();
            return new Promise<never>(() => undefined);
          }),
      };
      const stop = new AbortController();
      const lost = open(processes[0], crm, definition, dead).check(stop.signal);
      lost.catch(() => undefined);
      await refreshed;
      const [{ store }] = processes;
      await store.account(accountId, (tx) =>
        tx
          .updateTable('connection')
          .set({ renew_until: new Date(0) })
          .where('id', '=', row.id)
          .execute(),
      );
      const connection = open(processes[1], crm, definition, other);
      const attempts = await Promise.all(
        [0, 1, 2].map(() => connection.check(noSignal).catch((error: unknown) => error)),
      );
      for (const failure of attempts)
        expect(failure).toMatchObject({ code: 'connection/token_revoked', kind: 'auth', details: { wasSent: false } });
      const { reused } = (await (await fetch(`${crm.control}/oauth`)).json()) as { reused: number };
      expect(reused).toBeLessThanOrEqual(3);
    });
  });
});

/** The way of a person through the consent page. */
async function consent(crm: RestCrmSandbox): Promise<JsonObject> {
  const { client_id, client_secret } = crm.credentials as Record<string, string>;
  const redirect_uri = 'http://127.0.0.1/back';
  const form = { client_id: client_id ?? '', redirect_uri, response_type: 'code', decision: 'approve' };
  const answer = await fetch(`${crm.url}/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const token = await fetch(`${crm.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri,
      client_id: client_id ?? '',
      client_secret: client_secret ?? '',
    }),
  });
  return (await token.json()) as JsonObject;
}
