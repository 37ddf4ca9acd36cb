import { join, resolve } from 'node:path';
import { Failure } from '../core/failures.js';
import { findProjectFolder } from './project-folder.js';
import { type SettingName, type SettingRow, settingsTable } from './settings-table.js';
import * as parse from './settings-values.js';

export type { EgressRule } from './settings-values.js';

/** Everything the environment says, checked. Read once, in the starting points only. */
export interface Settings {
  /** Full path. */
  readonly dataFolder: string;
  /** For the command line. */
  readonly apiKey: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Whether the next free port may be taken when `port` is in use: only when PORT is not set. */
  readonly mayMovePort: boolean;
  /** An origin without a slash at its end; undefined until the server knows its port. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** Undefined = the embedded PostgreSQL. */
  readonly database: DatabaseSettings | undefined;
  readonly temporal: TemporalSettings;
  /** Undefined = the file in the data folder. */
  readonly masterKey: Buffer | undefined;
  readonly masterKeyPrevious: Buffer | undefined;
  readonly smtpUrl: string | undefined;
  /** `Name <address>` or an address. */
  readonly mailFrom: string;
  /** Where answers by mail are taken, and under which address; both or none. */
  readonly mailIntake: { readonly listen: string; readonly replyAddress: string } | undefined;
  readonly contacts: Contacts;
  readonly defaultTariff: string;
  readonly egressAllow: readonly parse.EgressRule[];
  /** Full paths; never empty. */
  readonly fileFolders: readonly string[];
  readonly session: { readonly idleMinutes: number; readonly absoluteHours: number };
  readonly logLevel: LogLevel;
}

/** What the contacts page shows. */
export interface Contacts {
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** With line breaks. */
  readonly company: string | undefined;
}

export interface DatabaseSettings {
  readonly url: string;
  /** The same as `url` when it was not given. */
  readonly ownerUrl: string;
}

export interface TemporalSettings {
  /** Undefined = the embedded server. */
  readonly address: string | undefined;
  readonly namespace: string;
  readonly apiKey: string | undefined;
  readonly tls: TemporalTls | undefined;
}

/** Fits the `tls` option of the Temporal connections. */
export interface TemporalTls {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const loopbackHosts: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Reads all settings; throws one `settings/invalid_value` that lists every problem. An empty variable counts as not set. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const reader = new Reader(env);
  const host = reader.read('HOST', parse.hostName) ?? '127.0.0.1';
  const publicUrl = reader.read('PUBLIC_URL', parse.webOrigin);
  if (!loopbackHosts.includes(host) && !publicUrl?.startsWith('https:')) {
    reader.refuse('HOST', 'a loopback address (`127.0.0.1` or `::1`), or an https `PUBLIC_URL` beside it');
  }
  const dataFolder = resolve(
    reader.read('PIPEWRIGHT_DATA_DIR', parse.text) ?? join(findProjectFolder(), '.pipewright'),
  );
  const settings: Settings = {
    dataFolder,
    apiKey: reader.read('PIPEWRIGHT_API_KEY', parse.text),
    host,
    port: reader.read('PORT', parse.port) ?? 7400,
    mayMovePort: !env.PORT,
    publicUrl,
    trustedProxies: reader.read('TRUSTED_PROXIES', parse.networks) ?? [],
    database: readDatabase(reader),
    temporal: readTemporal(reader),
    ...readMasterKeys(reader),
    smtpUrl: reader.read('SMTP_URL', parse.address('smtp', 'smtps')),
    mailFrom: reader.read('MAIL_FROM', parse.sender) ?? 'Pipewright <pipewright@localhost>',
    mailIntake: readMailIntake(reader),
    contacts: {
      email: reader.read('CONTACT_EMAIL', parse.mailAddress),
      phone: reader.read('CONTACT_PHONE', parse.phone),
      company: reader.read('COMPANY_DETAILS', parse.lines),
    },
    defaultTariff: reader.read('DEFAULT_TARIFF', parse.kebabName) ?? 'unlimited',
    egressAllow: reader.read('EGRESS_ALLOW', parse.egressRules) ?? [],
    fileFolders: (reader.read('PIPEWRIGHT_FILE_FOLDERS', parse.folders) ?? [join(dataFolder, 'files')]).map((folder) =>
      resolve(folder),
    ),
    session: {
      idleMinutes: reader.read('SESSION_IDLE_MINUTES', parse.wholeNumber(1, 1440)) ?? 30,
      absoluteHours: reader.read('SESSION_ABSOLUTE_HOURS', parse.wholeNumber(1, 720)) ?? 8,
    },
    logLevel: reader.read('LOG_LEVEL', parse.oneOf(logLevels)) ?? 'info',
  };
  reader.read('PIPEWRIGHT_CACHE_DIR', (value) => (value === resolve(value) ? value : undefined));
  reader.finish();
  return settings;
}

function readDatabase(reader: Reader): DatabaseSettings | undefined {
  const postgres = parse.address('postgresql', 'postgres');
  const url = reader.read('DATABASE_URL', postgres);
  const ownerUrl = reader.read('DATABASE_OWNER_URL', postgres);
  if (reader.has('DATABASE_OWNER_URL') && !reader.has('DATABASE_URL')) reader.refuse('DATABASE_OWNER_URL');
  return url === undefined ? undefined : { url, ownerUrl: ownerUrl ?? url };
}

function readMailIntake(reader: Reader): Settings['mailIntake'] {
  const listen = reader.read('MAIL_INTAKE', parse.hostAndPort);
  const replyAddress = reader.read('MAIL_REPLY_ADDRESS', parse.mailAddress);
  if (reader.has('MAIL_INTAKE') && !reader.has('MAIL_REPLY_ADDRESS')) reader.refuse('MAIL_REPLY_ADDRESS');
  if (reader.has('MAIL_REPLY_ADDRESS') && !reader.has('MAIL_INTAKE')) reader.refuse('MAIL_INTAKE');
  return listen === undefined || replyAddress === undefined ? undefined : { listen, replyAddress };
}

function readMasterKeys(reader: Reader): Pick<Settings, 'masterKey' | 'masterKeyPrevious'> {
  const masterKey = reader.read('MASTER_KEY', parse.masterKey);
  const masterKeyPrevious = reader.read('MASTER_KEY_PREVIOUS', parse.masterKey);
  if (reader.has('DATABASE_URL') && !reader.has('MASTER_KEY')) reader.refuse('MASTER_KEY');
  if (reader.has('MASTER_KEY_PREVIOUS') && !reader.has('MASTER_KEY')) reader.refuse('MASTER_KEY_PREVIOUS');
  return { masterKey, masterKeyPrevious };
}

function readTemporal(reader: Reader): TemporalSettings {
  const apiKey = reader.read('TEMPORAL_API_KEY', parse.text);
  const wantsTls = reader.read('TEMPORAL_TLS', parse.yesOrNo);
  const ca = reader.read('TEMPORAL_TLS_SERVER_CA_CERT_PATH', parse.readableFile);
  const crt = reader.read('TEMPORAL_TLS_CLIENT_CERT_PATH', parse.readableFile);
  const key = reader.read('TEMPORAL_TLS_CLIENT_KEY_PATH', parse.readableFile);
  const serverName = reader.read('TEMPORAL_TLS_SERVER_NAME', parse.hostName);
  const [hasCrt, hasKey] = [reader.has('TEMPORAL_TLS_CLIENT_CERT_PATH'), reader.has('TEMPORAL_TLS_CLIENT_KEY_PATH')];
  if (hasCrt && !hasKey) reader.refuse('TEMPORAL_TLS_CLIENT_KEY_PATH');
  if (hasKey && !hasCrt) reader.refuse('TEMPORAL_TLS_CLIENT_CERT_PATH');
  const tls: TemporalTls = {
    ...(serverName !== undefined && { serverNameOverride: serverName }),
    ...(ca !== undefined && { serverRootCACertificate: ca }),
    ...(crt !== undefined && key !== undefined && { clientCertPair: { crt, key } }),
  };
  const usesTls = wantsTls ?? (apiKey !== undefined || Object.keys(tls).length > 0);
  return {
    address: reader.read('TEMPORAL_ADDRESS', parse.hostAndPort),
    namespace: reader.read('TEMPORAL_NAMESPACE', parse.text) ?? 'default',
    apiKey,
    tls: usesTls ? tls : undefined,
  };
}

/** Reads variables one by one and remembers what is wrong, so that all of it is told at once. */
class Reader {
  readonly #env: NodeJS.ProcessEnv;
  readonly #problems = new Map<SettingName, string>();

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  has(name: SettingName): boolean {
    return this.#text(name) !== '';
  }

  read<T>(name: SettingName, parser: parse.Parse<T>): T | undefined {
    if (!this.has(name)) return undefined;
    const value = parser(this.#text(name));
    if (value === undefined) this.refuse(name);
    return value;
  }

  refuse(name: SettingName, expected?: string): void {
    if (this.#problems.has(name)) return;
    const row: SettingRow | undefined = settingsTable.find((each) => each.name === name);
    const found = !this.has(name) ? 'is not set' : row?.isSecret ? 'is not right' : `is \`${this.#text(name)}\``;
    this.#problems.set(name, `\`${name}\` ${found}, expected ${expected ?? row?.shape}`);
  }

  finish(): void {
    const problems = [...this.#problems.values()];
    if (problems.length === 0) return;
    const subject = problems.length === 1 ? 'A setting' : `${problems.length} settings`;
    throw new Failure('settings/invalid_value', {
      message: `${subject} cannot be used: ${problems.join('; ')}.`,
      hint: 'Correct the environment and start again; docs/settings.md lists every setting.',
      details: { settings: [...this.#problems.keys()], problems },
    });
  }

  #text(name: SettingName): string {
    return this.#env[name]?.trim() ?? '';
  }
}
