import type { JsonObject, JsonValue } from '../../core/json.js';
import { isJsonObject } from '../../core/json.js';
import type { ConformanceSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import amocrm from './connector.js';
import { fakeAccount } from './testing.js';
import { startAccount } from './testing-sandbox.js';

const canary = 'canary-of-a-token-0123456789';

/** Fields of the test's own, by code; the vendor's own types beside. */
const fields: Readonly<Record<string, string>> = {
  PIPEWRIGHT_ID: 'text',
  MEMO: 'textarea',
  AMOUNT: 'numeric',
  DAY: 'date',
  AT: 'date_time',
};

async function prepare(): Promise<ConformanceSetup> {
  const account = await startAccount();
  const { control, call, rows } = account;
  let idOf = new Map<string, number>();
  const keyOf = (id: number): string => [...idOf].find(([, own]) => own === id)?.[0] ?? '0';
  const reset = async (): Promise<void> => {
    await control('reset', {});
    await control('settings', { rate: null, account_rate: null });
    await control('clock', { speed: 0 });
    account.renew();
    for (const list of ['leads', 'companies'])
      await call(
        'POST',
        `/${list}/custom_fields`,
        Object.entries(fields).map(([code, type]) => ({ name: code.toLowerCase(), code, type })),
      );
    idOf = new Map();
  };
  const add = async (ids: readonly number[], step = 1_000): Promise<void> => {
    for (const id of ids) {
      if (step > 0) await control('clock', { advance: step });
      const { ids: made } = await control('touch', {
        stream: 'companies',
        op: 'create',
        fields: { name: `company ${id}` },
      });
      idOf.set(String((made as JsonValue[])[0]), id);
    }
  };
  return {
    connector: amocrm,
    settings: account.settings,
    open: () => account.open(),
    openBroken: () =>
      fakeAccount(() => ({ status: 500, body: '<html>Internal Server Error</html>' }), { token: canary }).connection,
    secrets: [canary],
    modes: ['upsert', 'insert', 'update'],
    source: {
      stream: 'companies',
      key: ['id'],
      cursorFields: ['updated_at'],
      findField: 'id',
      pageSize: 250,
      reset: async (count, hasEqualTimes) => {
        await reset();
        const ids = Array.from({ length: count }, (_, index) => index + 1);
        await add(ids, hasEqualTimes === true ? 0 : 1_000);
      },
      add,
      change: async (ids) => {
        await control('clock', { advance: 5_000 });
        await control('touch', { stream: 'companies', ids: ids.map(keyOf), fields: { name: `changed ${ids[0]}` } });
      },
      remove: async (ids) => {
        await control('clock', { advance: 5_000 });
        await control('touch', { stream: 'companies', op: 'delete', ids: ids.map(keyOf) });
      },
      idOf: (record) => idOf.get(String(record.id)) ?? -1,
      findValue: keyOf,
    },
    target: {
      stream: 'leads',
      matchOn: ['name'],
      reset,
      fields: (id, version = 1) => ({
        name: `Deal ${id}`,
        price: `${1_000 + id}`,
        'custom.MEMO': `version ${version}`,
        'custom.AMOUNT': null,
        'custom.DAY': null,
        'custom.AT': null,
      }),
      truth: async () => (await rows('/leads', 'leads')).map(truthOf),
      bad: (id) => ({
        fields: { name: `Bad ${id}`, price: '1', responsible_user_id: '999999999' },
        words: 'NotSupportedChoice',
      }),
      edgeField: (kind) =>
        ({ text: 'custom.MEMO', decimal: 'custom.AMOUNT', date: 'custom.DAY', datetime: 'custom.AT' })[kind],
      isSame: (kind, written, held) => {
        // The vendor knows no difference between an empty text and none.
        if (kind === 'text') return held === (written === '' ? null : written);
        return kind === 'datetime' ? Date.parse(String(written)) === Date.parse(String(held)) : held === written;
      },
    },
    dispose: () => account.stop(),
  };
}

/** A lead as its row stands at the vendor, in the form of a record, made without the connector's code. */
function truthOf(row: JsonObject): JsonObject {
  const value = (code: string): JsonValue => {
    const list = Array.isArray(row.custom_fields_values) ? row.custom_fields_values.filter(isJsonObject) : [];
    const values = list.find((field) => field.field_code === code)?.values;
    const [first] = Array.isArray(values) ? values.filter(isJsonObject) : [];
    return first?.value ?? null;
  };
  const iso = (seconds: JsonValue): string => new Date(Number(seconds) * 1_000).toISOString();
  const day = value('DAY');
  const at = value('AT');
  return {
    name: row.name ?? null,
    price: String(row.price),
    'custom.MEMO': value('MEMO'),
    'custom.AMOUNT': value('AMOUNT'),
    // The account's zone is Moscow: three hours ahead in the years that matter here, two and a half in 1899.
    'custom.DAY': day === null ? null : iso(Number(day) + 3 * 3_600).slice(0, 10),
    'custom.AT': at === null ? null : iso(at),
  };
}

describeConformance('amocrm', prepare, {
  'a deletion gives one outcome per change, in order': 'amoCRM lets nobody delete records by its API',
  'the same batch twice is harmless': 'the engine looks up by own id before a second create',
});
