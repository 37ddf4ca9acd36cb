/** What people read about one environment variable; `docs/settings.md` holds the same rows (a test compares). */
export interface SettingRow {
  readonly name: string;
  /** Completes the sentence "expected ...". */
  readonly shape: string;
  readonly default: string;
  readonly meaning: string;
  /** Its value is never shown, not even a wrong one. */
  readonly isSecret?: true;
}

/** Every setting of the product, in the order of the document. */
export const settingsTable = [
  {
    name: 'PIPEWRIGHT_DATA_DIR',
    shape: 'a folder',
    default: '`.pipewright` in the project folder',
    meaning: 'Where the embedded servers, the master key and the lock stand. One installation per folder.',
  },
  {
    name: 'PIPEWRIGHT_CACHE_DIR',
    shape: 'a folder given by its full path',
    default: "`pipewright` in the user's cache folder",
    meaning: 'Where programs fetched once are kept: the Temporal server, the test server.',
  },
  {
    name: 'PIPEWRIGHT_API_KEY',
    shape: 'an API key',
    default: 'the key in the data folder',
    meaning: 'What the command line shows to the server.',
    isSecret: true,
  },
  {
    name: 'HOST',
    shape: 'a host name or an IP address',
    default: '`127.0.0.1`',
    meaning: 'The address to listen on. Anything but loopback needs an https `PUBLIC_URL`.',
  },
  {
    name: 'PORT',
    shape: 'a port number from 0 to 65535 (0 = any free port)',
    default: '`7400`, or the next free one',
    meaning: 'The port to listen on.',
  },
  {
    name: 'PUBLIC_URL',
    shape: 'an address of the form `https://host` or `http://host:port`, without a path',
    default: '`http://` with host and port',
    meaning:
      'The address people and vendors use. With http only loopback may be listened on; https turns on secure cookies and HSTS.',
  },
  {
    name: 'TRUSTED_PROXIES',
    shape: 'IP addresses or networks separated by commas, as `10.0.0.0/8`',
    default: 'none',
    meaning: 'Whose forwarded addresses are believed.',
  },
  {
    name: 'DATABASE_URL',
    shape: 'an address that begins with `postgresql://` or `postgres://`',
    default: 'the embedded PostgreSQL',
    meaning: 'A PostgreSQL 15 or newer to use instead of the embedded one. Needs `MASTER_KEY`.',
    isSecret: true,
  },
  {
    name: 'DATABASE_OWNER_URL',
    shape: 'an address that begins with `postgresql://` or `postgres://`, beside `DATABASE_URL`',
    default: '`DATABASE_URL`',
    meaning: 'The same database with the rights CREATEDB and CREATEROLE, for migrations, tests and restore.',
    isSecret: true,
  },
  {
    name: 'TEMPORAL_ADDRESS',
    shape: '`host:port`',
    default: 'the embedded Temporal server',
    meaning: 'A Temporal cluster or Temporal Cloud to use instead of the embedded server.',
  },
  {
    name: 'TEMPORAL_NAMESPACE',
    shape: 'a namespace',
    default: '`default`',
    meaning: 'The Temporal namespace of this installation.',
  },
  {
    name: 'TEMPORAL_API_KEY',
    shape: 'an API key',
    default: 'none',
    meaning: 'Key for Temporal Cloud; turns TLS on.',
    isSecret: true,
  },
  {
    name: 'TEMPORAL_TLS',
    shape: '`true` or `false`',
    default: '`true` when a key or a certificate is given',
    meaning: 'Whether to speak TLS to Temporal.',
  },
  {
    name: 'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    shape: 'a readable file',
    default: 'the authorities of the system',
    meaning: 'The authority (PEM) that signed the certificate of the Temporal server.',
  },
  {
    name: 'TEMPORAL_TLS_CLIENT_CERT_PATH',
    shape: 'a readable file, beside `TEMPORAL_TLS_CLIENT_KEY_PATH`',
    default: 'none',
    meaning: 'Our certificate (PEM) for mutual TLS.',
  },
  {
    name: 'TEMPORAL_TLS_CLIENT_KEY_PATH',
    shape: 'a readable file, beside `TEMPORAL_TLS_CLIENT_CERT_PATH`',
    default: 'none',
    meaning: 'The key (PEM) of that certificate.',
  },
  {
    name: 'TEMPORAL_TLS_SERVER_NAME',
    shape: 'a host name',
    default: 'the host of `TEMPORAL_ADDRESS`',
    meaning: 'The name to expect in the certificate of the Temporal server.',
  },
  {
    name: 'MASTER_KEY',
    shape: '32 random bytes in base64 (`openssl rand -base64 32`); it must be set when `DATABASE_URL` is',
    default: 'a file made once in the data folder',
    meaning: 'The key that all other keys come from. Without it the stored secrets cannot be read.',
    isSecret: true,
  },
  {
    name: 'MASTER_KEY_PREVIOUS',
    shape: '32 bytes in base64, beside `MASTER_KEY`',
    default: 'none',
    meaning: 'The former master key, accepted until everything is wrapped with the new one.',
    isSecret: true,
  },
  {
    name: 'SMTP_URL',
    shape: 'an address that begins with `smtp://` or `smtps://`',
    default: 'none: letters stand in `mails` of the data folder and on the mailbox page of operators',
    meaning: 'The mail server that letters leave by.',
    isSecret: true,
  },
  {
    name: 'MAIL_FROM',
    shape: 'a mail address, also in the form `Name <address>`',
    default: '`Pipewright <pipewright@localhost>`',
    meaning: 'The sender of letters.',
  },
  {
    name: 'MAIL_INTAKE',
    shape: '`host:port` to listen on',
    default: 'none: answers by mail are not taken',
    meaning:
      'Where the product takes mail (SMTP) that answers a request; the mail server of `MAIL_REPLY_ADDRESS` delivers there.',
  },
  {
    name: 'MAIL_REPLY_ADDRESS',
    shape: 'a mail address, beside `MAIL_INTAKE`',
    default: 'none',
    meaning: 'The address that answers go to; each request adds its own mark, as in `requests+mark@example.com`.',
  },
  {
    name: 'CONTACT_EMAIL',
    shape: 'a mail address',
    default: 'none',
    meaning: 'Shown on the contacts page; new requests are announced there.',
  },
  {
    name: 'CONTACT_PHONE',
    shape: 'a telephone number',
    default: 'none',
    meaning: 'Shown on the contacts page.',
  },
  {
    name: 'COMPANY_DETAILS',
    shape: 'a text; `\\n` begins a new line',
    default: 'none',
    meaning: 'Name, address and registration of the company that runs this installation, for the contacts page.',
  },
  {
    name: 'DEFAULT_TARIFF',
    shape: 'the name of a tariff',
    default: '`unlimited`',
    meaning: 'The tariff of new accounts; the first account and earlier ones have `unlimited`.',
  },
  {
    name: 'EGRESS_ALLOW',
    shape: '`host:port` or `host:low-high`, separated by commas',
    default: 'none',
    meaning:
      'Private places that connectors may speak to, also by plain http. Sandboxes that the product starts are on it.',
  },
  {
    name: 'PIPEWRIGHT_FILE_FOLDERS',
    shape: 'folders separated by commas',
    default: '`files` in the data folder',
    meaning: 'The folders that file connections may read and write; relative paths start at the first one.',
  },
  {
    name: 'SESSION_IDLE_MINUTES',
    shape: 'a whole number from 1 to 1440',
    default: '`30`',
    meaning: 'A login without a request for so long ends.',
  },
  {
    name: 'SESSION_ABSOLUTE_HOURS',
    shape: 'a whole number from 1 to 720',
    default: '`8`',
    meaning: 'Every login ends after this time.',
  },
  {
    name: 'LOG_LEVEL',
    shape: 'one of trace, debug, info, warn, error, fatal, silent',
    default: '`info`',
    meaning: 'The least serious kind of line that is logged.',
  },
] as const satisfies readonly SettingRow[];

export type SettingName = (typeof settingsTable)[number]['name'];

/** The table of `docs/settings.md`. */
export function renderSettingsTable(): string {
  const rows: readonly SettingRow[] = settingsTable;
  const lines = rows.map((row) => `| \`${row.name}\` | ${row.meaning} | ${row.shape} | ${row.default} |`);
  return ['| Variable | Meaning | Value | When not set |', '|---|---|---|---|', ...lines].join('\n');
}
