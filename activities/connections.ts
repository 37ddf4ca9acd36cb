import { randomUUID } from 'node:crypto';
import type { Connector, OpenConnection } from '../connectors/kit/index.js';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import { type ConnectionRow, getConnection } from '../store/connections.js';
import type { AccountId } from '../store/database.js';
import { StoredCredentials } from './credentials.js';
import type { Dependencies, Priority } from './dependencies.js';

export interface OpenedConnection {
  readonly row: ConnectionRow;
  readonly connector: Connector;
  readonly connection: OpenConnection;
}

/** Opens a stored connection for use; close it when done. Throws `connection/missing` or `connection/reconnect_needed`. */
export async function openConnection(
  deps: Dependencies,
  accountId: AccountId,
  connectionId: string,
  priority: Priority,
): Promise<OpenedConnection> {
  const row = await deps.store.account(accountId, (tx) => getConnection(tx, connectionId));
  const connector = findConnector(deps.connectors, row.connector);
  return { row, connector, connection: bindConnection(deps, accountId, row, connector, priority) };
}

/** Opens what is not stored yet, to try it. Tokens that it gets meanwhile stand in `secret()` and nowhere else. */
export function tryConnection(
  deps: Dependencies,
  accountId: AccountId,
  trial: { readonly connector: Connector; readonly settings: JsonObject; readonly secret: JsonObject | null },
): { readonly connection: OpenConnection; secret(): JsonObject | null } {
  const { connector, settings } = trial;
  let secret = trial.secret;
  const connection = connector.open({
    connectionId: randomUUID(),
    settings,
    credentials: {
      read: async () => secret ?? {},
      renew: async (_seen, renew) => {
        secret = await renew(secret ?? {});
        return secret;
      },
    },
    http: deps.http({
      accountId,
      connectionId: '',
      hosts: connector.hosts(settings),
      limits: connector.limits(settings),
      priority: 'poll',
    }),
    ...(connector.isLocal === true && { resolvePath: deps.resolvePath }),
    resolveHost: deps.resolveHost,
  });
  return { connection, secret: () => secret };
}

export function findConnector(connectors: ReadonlyMap<string, Connector>, id: string): Connector {
  const connector = connectors.get(id);
  if (connector !== undefined) return connector;
  throw new Failure('connection/unknown_connector', {
    message: `There is no connector \`${id}\`.`,
    hint: `Known connectors: ${[...connectors.keys()].sort().join(', ')}.`,
  });
}

function bindConnection(
  deps: Dependencies,
  accountId: AccountId,
  row: ConnectionRow,
  connector: Connector,
  priority: Priority,
): OpenConnection {
  return connector.open({
    connectionId: row.id,
    settings: row.settings,
    credentials: new StoredCredentials(deps.store, deps.vault, accountId, row.id),
    http: deps.http({
      accountId,
      connectionId: row.id,
      hosts: row.hosts,
      limits: connector.limits(row.settings),
      priority,
    }),
    ...(connector.isLocal === true && { resolvePath: deps.resolvePath }),
    resolveHost: deps.resolveHost,
  });
}
