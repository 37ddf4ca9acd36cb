import type { JsonObject, JsonValue } from '../../core/json.js';
import { type CreatioSandbox, startCreatio } from '../../sandbox/creatio/sandbox.js';
import type { ConformanceSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import connector from './connector.js';
import { connectTo, controlOf, fakeContext } from './testing.js';

const pageSize = 5;

async function prepare(auth: 'session' | 'client_credentials', switches: JsonObject): Promise<ConformanceSetup> {
  const sandbox = await startCreatio({ settings: switches });
  const { settings, secret, open, close } = connectTo(sandbox, { auth, page_size: pageSize, objects: [] });
  const control = controlOf(sandbox);
  const numbers = new Map<string, number>();
  const idOf = (number: number): string => [...numbers].find(([, own]) => own === number)?.[0] ?? '';
  const reset = async (): Promise<void> => {
    await control('reset', {});
    await control('settings', switches);
    numbers.clear();
    await control('clock', { speed: 0 });
  };
  const add = async (ids: readonly number[], step = 1): Promise<void> => {
    for (const id of ids) {
      await control('clock', { advance: step });
      const fields = { Name: `company ${id}`, Code: String(id) };
      await control('touch', { stream: 'Account', op: 'create', count: 1, fields });
    }
    for (const row of await rowsOf(sandbox, 'Account')) {
      const match = /^company (\d+)/.exec(String(row.Name));
      if (match !== null) numbers.set(String(row.Id).toLowerCase(), Number(match[1]));
    }
  };
  const shown = (row: JsonObject): JsonObject => ({
    Name: row.Name ?? null,
    Email: row.Email ?? null,
    JobTitle: row.JobTitle === '' ? null : (row.JobTitle ?? null),
    BirthDate: dateOf(row.BirthDate ?? null),
  });
  return {
    connector,
    settings,
    open,
    openBroken: () =>
      fakeContext(() => ({ status: 403, body: { error: { message: 'No permissions for the object.' } } }), settings, {
        read: async () => secret,
        renew: async (_seen, renew) => renew(secret),
      }).open(),
    secrets: [String(secret.password ?? secret.client_secret)],
    modes: ['upsert', 'insert', 'update', 'delete'],
    source: {
      stream: 'companies',
      key: ['Id'],
      cursorFields: ['ModifiedOn'],
      findField: 'Code',
      pageSize,
      reset: async (count, hasEqualTimes) => {
        await reset();
        await add(
          Array.from({ length: count }, (_, index) => index + 1),
          hasEqualTimes === true ? 0 : 1,
        );
      },
      add,
      change: async (ids) => {
        await control('clock', { advance: 5 });
        await control('touch', { stream: 'Account', ids: ids.map(idOf), fields: { Zip: '00-001' } });
      },
      remove: async (ids) => {
        await control('touch', { stream: 'Account', op: 'delete', ids: ids.map(idOf) });
      },
      idOf: (record) => numbers.get(String(record.Id).toLowerCase()) ?? -1,
      findValue: String,
    },
    target: {
      stream: 'contacts',
      matchOn: ['Email'],
      reset,
      fields: (id, version = 1) => ({
        Name: `Person ${id} ${version}`,
        Email: `person${id}@example.com`,
        JobTitle: null,
        BirthDate: null,
      }),
      truth: async () =>
        (await rowsOf(sandbox, 'Contact')).filter((row) => /^(Person|Bad) /.test(String(row.Name))).map(shown),
      bad: (id) => ({
        fields: { Name: `Bad ${id}`, Email: `bad${id}@example.com`, AccountId: 'Canada' },
        words: 'Canada',
      }),
      edgeField: (kind) => (kind === 'text' ? 'JobTitle' : kind === 'date' ? 'BirthDate' : null),
      isSame: (kind, written, held) => (written === '' && kind === 'text' ? held === null : Object.is(written, held)),
    },
    dispose: async () => {
      await close();
      await sandbox.stop();
    },
  };
}

async function rowsOf(sandbox: CreatioSandbox, object: string): Promise<readonly JsonObject[]> {
  const response = await fetch(`${sandbox.control}/state?stream=${object}`);
  const state = (await response.json()) as { readonly streams: Readonly<Record<string, readonly JsonObject[]>> };
  return state.streams[object] ?? [];
}

function dateOf(value: JsonValue): JsonValue {
  return typeof value === 'string' && value !== '' && !value.startsWith('0001') ? value.slice(0, 10) : null;
}

const notSupported = {
  'deletions are seen by reading':
    'no service of an instance shows deletions; a flow with `read: full` on the ids finds what is gone',
} as const;

describeConformance('creatio, session on the .NET Framework', () => prepare('session', {}), notSupported);
describeConformance(
  'creatio, client credentials on .NET with strict decimals',
  () =>
    prepare('client_credentials', {
      runtime: 'core',
      ieee754_strict: true,
      database: 'mssql',
      patch_missing: 'not_found',
    }),
  notSupported,
);
