import type { JsonObject, JsonValue } from '../../core/json.js';
import { startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import type { ConformanceSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import connector from './connector.js';
import { connectFake, connectTo, type SandboxConnection } from './testing.js';

async function prepare(): Promise<ConformanceSetup> {
  const portal = await startBitrix24({ settings: { bucket_size: 0 } });
  const settings = { base_url: portal.url, smart_processes: await smartProcesses() };
  const secret = { webhook: String(portal.credentials.webhook_url) };
  const opened: SandboxConnection[] = [];
  const open = () => {
    const one = connectTo(settings, secret);
    opened.push(one);
    return one.connection;
  };
  async function smartProcesses(): Promise<number[]> {
    const answer = await fetch(`${portal.credentials.webhook_url}crm.type.list`);
    const body = (await answer.json()) as { result: { types: { entityTypeId: number }[] } };
    return body.result.types.map(({ entityTypeId }) => entityTypeId);
  }
  const control = async (path: string, body?: JsonObject): Promise<JsonValue> => {
    const order = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${portal.control}/${path}`, order);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as JsonValue;
  };
  const stateOf = async (stream: string): Promise<JsonObject[]> => {
    const state = (await control(`state?stream=${stream}`)) as { streams: Record<string, JsonObject[]> };
    return state.streams[stream] ?? [];
  };
  let keys = new Map<number, string>();
  const numberOf = (record: JsonObject): number => Number(/\d+/.exec(String(record.title ?? record.TITLE))?.[0] ?? -1);
  const touch = (order: JsonObject) => control('touch', { stream: 'deals', ...order });
  const remember = async () => {
    keys = new Map((await stateOf('deals')).map((record) => [numberOf(record), String(record.id)]));
  };
  const add = async (ids: readonly number[]) => {
    for (const id of ids) {
      await control('clock', { advance: 1_000 });
      await touch({ op: 'create', count: 1, fields: { TITLE: `deal ${id}` } });
    }
    await remember();
  };
  const keyOf = (id: number): string => keys.get(id) ?? '';
  return {
    connector,
    settings,
    open,
    openBroken: () =>
      connectFake(() => ({ status: 403, error: 'ACCESS_DENIED', error_description: 'No.' }), { secret }).connection,
    secrets: [secret.webhook, secret.webhook.split('/').at(-2) ?? ''],
    modes: ['upsert', 'insert', 'update', 'delete'],
    source: {
      stream: 'deals',
      key: ['ID'],
      cursorFields: ['DATE_MODIFY'],
      findField: 'TITLE',
      pageSize: 50,
      reset: async (count, hasEqualTimes) => {
        await control('reset', {});
        await control('clock', { speed: 0 });
        if (hasEqualTimes === true) {
          await touch({ op: 'create', count, fields: { TITLE: 'deal {n}' } });
          await remember();
        } else await add(Array.from({ length: count }, (_, index) => index + 1));
      },
      add,
      change: async (ids) => {
        await control('clock', { advance: 5_000 });
        await touch({ ids: ids.map(keyOf), fields: { COMMENTS: 'changed' } });
      },
      remove: async (ids) => {
        await control('clock', { advance: 5_000 });
        await touch({ op: 'delete', ids: ids.map(keyOf) });
      },
      idOf: numberOf,
      findValue: (id) => `deal ${id}`,
    },
    target: {
      stream: 'deals',
      matchOn: ['TITLE'],
      reset: async () => {
        await control('reset', {});
      },
      fields: (id, version = 1) => ({
        TITLE: `Deal ${id}`,
        COMMENTS: `version ${version}`,
        OPPORTUNITY: `${id}.5`,
        CURRENCY_ID: 'EUR',
        CLOSEDATE: null,
      }),
      truth: async () => (await stateOf('deals')).map(written),
      bad: (id) => ({ fields: { TITLE: `Bad ${id}`, STAGE_ID: 'NO_SUCH_STAGE' }, words: 'Invalid value for field' }),
      edgeField: (kind) => ({ text: 'COMMENTS', decimal: 'OPPORTUNITY', date: 'CLOSEDATE', datetime: null })[kind],
      isSame: (kind, wanted, held) =>
        kind === 'decimal' ? Number(wanted) === Number(held) : (wanted ?? '') === (held ?? ''),
    },
    dispose: async () => {
      for (const one of opened) await one.close();
      await portal.stop();
    },
  };
}

/** What stands at the portal, in the fields of the test. */
function written(record: JsonObject): JsonObject {
  const names: Readonly<Record<string, string>> = {
    TITLE: 'title',
    COMMENTS: 'comments',
    OPPORTUNITY: 'opportunity',
    CURRENCY_ID: 'currencyId',
    CLOSEDATE: 'closedate',
  };
  return Object.fromEntries(
    Object.entries(names).map(([name, vendorName]) => {
      const value = record[vendorName] ?? null;
      return [name, typeof value === 'number' ? String(value) : value];
    }),
  );
}

describeConformance('bitrix24', prepare, {
  'deletions are seen by reading': 'lists of Bitrix24 say nothing of deletions; its events do',
  'the same batch twice is harmless': 'the engine looks up by own id before a second create',
});
