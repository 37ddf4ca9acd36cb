import type { JsonObject, JsonValue } from '../../core/json.js';
import { type AmoCrmOptions, type AmoCrmSandbox, startAmoCrm } from '../../sandbox/amocrm/sandbox.js';
import { testEgress, unpaced } from '../kit/egress/testing.js';
import type { Credentials, OpenConnection } from '../kit/index.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import amocrm from './connector.js';

/** A running sandbox, and connections to it through the real way out. */
export interface TestAccount {
  readonly sandbox: AmoCrmSandbox;
  readonly settings: JsonObject;
  /** A connection as a new process opens it; `more` are settings. */
  open(credentials?: Credentials, more?: JsonObject): OpenConnection;
  control(path: string, body: JsonObject): Promise<JsonObject>;
  /** A call of the vendor's API without the connector. */
  call(method: string, path: string, body?: JsonValue): Promise<JsonObject>;
  /** All rows of a list, asked for without the connector. */
  rows(path: string, name: string): Promise<JsonObject[]>;
  /** How many requests the sandbox has had so far. */
  requests(): Promise<number>;
  /** Makes the connector forget what it knows of the account. */
  renew(): void;
  stop(): Promise<void>;
}

let connections = 0;

export async function startAccount(options: AmoCrmOptions = {}): Promise<TestAccount> {
  const sandbox = await startAmoCrm({
    ...options,
    settings: { rate: null, account_rate: null, ...options.settings },
  });
  const { egress } = testEgress();
  const settings = { base_url: sandbox.url, auth: 'token' };
  const token = String(sandbox.credentials.token);
  const call = async (method: string, path: string, body?: JsonValue): Promise<JsonObject> => {
    const response = await fetch(`${sandbox.url}/api/v4${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as JsonObject);
  };
  const control = async (path: string, body: JsonObject): Promise<JsonObject> => {
    const response = await fetch(`${sandbox.control}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as JsonObject;
  };
  connections += 1;
  return {
    sandbox,
    settings,
    control,
    call,
    open: (credentials = credentialsOf({ token }), more = {}) => {
      const given = { ...settings, ...more };
      return amocrm.open({
        connectionId: `sandbox ${connections}`,
        settings: given,
        credentials,
        http: egress.client({ hosts: amocrm.hosts(given), pacer: unpaced }),
        resolveHost: () => Promise.reject(new Error('no sockets')),
      });
    },
    rows: async (path, name) => {
      const rows: JsonObject[] = [];
      for (let page = 1; ; page++) {
        const sign = path.includes('?') ? '&' : '?';
        const body = await call('GET', `${path}${sign}page=${page}&limit=250`);
        const { _embedded: embedded, _links: links } = body as { _embedded?: JsonObject; _links?: JsonObject };
        rows.push(...((embedded?.[name] as JsonObject[] | undefined) ?? []));
        if (links?.next === undefined) return rows;
      }
    },
    requests: async () => {
      const response = await fetch(`${sandbox.control}/counts`);
      return Number(((await response.json()) as JsonObject).requests);
    },
    renew: () => {
      connections += 1;
    },
    stop: async () => {
      await egress.close();
      await sandbox.stop();
    },
  };
}
