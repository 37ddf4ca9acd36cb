import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Failure, isFailure } from '../core/failures.js';
import { findProjectFolder } from './project-folder.js';
import { readSettings } from './settings.js';
import { renderSettingsTable, settingsTable } from './settings-table.js';

const key = Buffer.alloc(32, 7).toString('base64');
const database = 'postgresql://someone:hidden@db.example:5432/pipewright';

function refusal(env: NodeJS.ProcessEnv): Failure {
  try {
    readSettings(env);
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
  throw new Error('The settings were accepted.');
}

describe('the settings', () => {
  test('need nothing to be set', () => {
    expect(readSettings({})).toMatchObject({
      dataFolder: join(findProjectFolder(), '.pipewright'),
      host: '127.0.0.1',
      port: 7400,
      mayMovePort: true,
      publicUrl: undefined,
      database: undefined,
      temporal: { address: undefined, namespace: 'default', tls: undefined },
      session: { idleMinutes: 30, absoluteHours: 8 },
      logLevel: 'info',
    });
  });

  test('take an empty variable for one that is not set', () => {
    expect(readSettings({ PORT: '', LOG_LEVEL: ' ' })).toEqual(readSettings({}));
  });

  test('read every value', () => {
    const settings = readSettings({
      PIPEWRIGHT_DATA_DIR: '/srv/pipewright',
      HOST: '0.0.0.0',
      PORT: '8080',
      PUBLIC_URL: 'https://pipes.example/',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      DATABASE_URL: database,
      MASTER_KEY: key,
      TEMPORAL_ADDRESS: 'cloud.example:7233',
      TEMPORAL_API_KEY: 'secret',
      EGRESS_ALLOW: 'localhost:8000-8100,[::1]:9000',
      SESSION_IDLE_MINUTES: '5',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toMatchObject({
      dataFolder: '/srv/pipewright',
      host: '0.0.0.0',
      port: 8080,
      mayMovePort: false,
      publicUrl: 'https://pipes.example',
      trustedProxies: ['10.0.0.0/8', '::1'],
      database: { url: database, ownerUrl: database },
      temporal: { address: 'cloud.example:7233', apiKey: 'secret', tls: {} },
      egressAllow: [
        { host: 'localhost', lowPort: 8000, highPort: 8100 },
        { host: '::1', lowPort: 9000, highPort: 9000 },
      ],
      session: { idleMinutes: 5, absoluteHours: 8 },
      logLevel: 'debug',
    });
    expect(settings.masterKey).toHaveLength(32);
  });

  test('tell every problem at once, with the variable and what was expected', () => {
    const failure = refusal({ PORT: '99999', LOG_LEVEL: 'loud', TEMPORAL_ADDRESS: 'nowhere' });
    expect(failure.code).toBe('settings/invalid_value');
    expect(failure.details?.settings).toEqual(['PORT', 'TEMPORAL_ADDRESS', 'LOG_LEVEL']);
    expect(failure.message).toBe(
      '3 settings cannot be used: `PORT` is `99999`, expected a port number from 0 to 65535 (0 = any free port); ' +
        '`TEMPORAL_ADDRESS` is `nowhere`, expected `host:port`; ' +
        '`LOG_LEVEL` is `loud`, expected one of trace, debug, info, warn, error, fatal, silent.',
    );
  });

  test('never repeat a secret value, not even a wrong one', () => {
    const failure = refusal({ DATABASE_URL: 'mysql://root:hidden@db', MASTER_KEY: 'hidden' });
    expect(JSON.stringify(failure.toReport())).not.toContain('hidden');
    expect(failure.details?.settings).toEqual(['DATABASE_URL', 'MASTER_KEY']);
  });

  test.each([
    [
      'a PUBLIC_URL of http with a host others can reach',
      { PUBLIC_URL: 'http://pipes.example', HOST: '0.0.0.0' },
      'HOST',
    ],
    ['a host others can reach without PUBLIC_URL', { HOST: '192.168.1.5' }, 'HOST'],
    ['a PUBLIC_URL with a path', { PUBLIC_URL: 'https://pipes.example/app' }, 'PUBLIC_URL'],
    ['a database without a master key', { DATABASE_URL: database }, 'MASTER_KEY'],
    ['an owner of no database', { DATABASE_OWNER_URL: database }, 'DATABASE_OWNER_URL'],
    ['a former key without a new one', { MASTER_KEY_PREVIOUS: key }, 'MASTER_KEY_PREVIOUS'],
    ['a key of 31 bytes', { MASTER_KEY: Buffer.alloc(31).toString('base64') }, 'MASTER_KEY'],
    ['half of a client certificate', { TEMPORAL_TLS_CLIENT_CERT_PATH: '/dev/null' }, 'TEMPORAL_TLS_CLIENT_KEY_PATH'],
    [
      'a certificate that is not there',
      { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/no/file' },
      'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    ],
    ['a range of ports that runs backwards', { EGRESS_ALLOW: 'host:20-10' }, 'EGRESS_ALLOW'],
    ['a mail address as mail server', { SMTP_URL: 'me@example.org' }, 'SMTP_URL'],
    ['a network wider than the address', { TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
    ['a cache folder given by half its path', { PIPEWRIGHT_CACHE_DIR: 'cache' }, 'PIPEWRIGHT_CACHE_DIR'],
  ])('refuse %s', (_case, env: NodeJS.ProcessEnv, name) => {
    expect(refusal(env).details?.settings).toEqual([name]);
  });

  test('are documented row by row in docs/settings.md', () => {
    const document = readFileSync(join(findProjectFolder(), 'docs', 'settings.md'), 'utf8');
    expect(document).toContain(`\n${renderSettingsTable()}\n`);
    expect(new Set(settingsTable.map((row) => row.name)).size).toBe(settingsTable.length);
  });
});
