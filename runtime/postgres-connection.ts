import pg from 'pg';

/** How to reach one database; fits `new pg.Client(...)` and `new pg.Pool(...)` as it is. */
export interface PostgresConnection {
  /** A host name, or the folder of the Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Only over TCP; the socket is guarded by its folder's mode. */
  readonly password?: string;
  readonly database: string;
}

/** The same connection as one address, for libraries and programs that take only that. */
export function connectionUrl(connection: PostgresConnection): string {
  const database = encodeURIComponent(connection.database);
  const user = encodeURIComponent(connection.user);
  if (connection.host.startsWith('/')) {
    // In this form, without a host in its usual place, the address is also one for `new URL`.
    const socket = new URLSearchParams({ host: connection.host, port: String(connection.port), user: connection.user });
    return `postgresql:///${database}?${socket}`;
  }
  const password = connection.password === undefined ? '' : `:${encodeURIComponent(connection.password)}`;
  return `postgresql://${user}${password}@${connection.host}:${connection.port}/${database}`;
}

/** The same server, another database. */
export function withDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/** The same database as another user with the same password. */
export function withUser(address: string, user: string): string {
  const url = new URL(address);
  if (url.searchParams.has('user')) url.searchParams.set('user', user);
  else url.username = encodeURIComponent(user);
  return url.href;
}

/** The same database, with every session beginning in a role that the user may take. */
export function withRole(address: string, role: string): string {
  const url = new URL(address);
  const option = `-c role=${role}`;
  const options = [...url.searchParams.getAll('options'), option].join(' ');
  url.searchParams.delete('options');
  url.search = `${url.search}${url.search === '' ? '?' : '&'}options=${encodeURIComponent(options)}`;
  return url.href;
}

/** Runs one statement on a connection of its own; for set-up work, not for the data path. */
export async function queryOnce(
  connection: PostgresConnection | string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const target = typeof connection === 'string' ? { connectionString: connection } : connection;
  const client = new pg.Client({ ...target, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle emits an event which would end the process when nobody listens.
  client.on('error', () => {});
  await client.connect();
  try {
    const answer = await client.query<Record<string, unknown>>(text, [...values]);
    return answer.rows;
  } finally {
    await client.end();
  }
}
