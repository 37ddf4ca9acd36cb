import type { JsonObject } from '../../core/json.js';
import type { ConnectionContext, OpenConnection } from '../kit/contract.js';
import connector from './connector.js';

interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
}

export const testPassword = 'canary-Pa55word';

/** A connection of this connector to a test database; the guard of tests answers with the server's socket or port. */
export function contextFor(database: TestDatabase, settings: JsonObject = {}): ConnectionContext {
  const url = new URL(database.ownerUrl);
  const host = url.searchParams.get('host') ?? url.hostname;
  const port = Number(url.searchParams.get('port') ?? (url.port || 5_432));
  return {
    connectionId: 'test',
    settings: {
      host: 'db.test',
      database: database.name,
      user: url.searchParams.get('user') ?? decodeURIComponent(url.username),
      ssl: 'disable',
      ...settings,
    },
    credentials: {
      read: async () => ({ password: decodeURIComponent(url.password) || testPassword }),
      renew: async (seen) => seen,
    },
    http: {
      request: () => {
        throw new Error('a database needs no HTTP');
      },
    },
    resolveHost: async () => ({ address: host, port }),
  };
}

export function openTestConnection(database: TestDatabase, settings: JsonObject = {}): OpenConnection {
  return connector.open(contextFor(database, settings));
}
