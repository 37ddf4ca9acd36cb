import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cursor } from '../../core/cursor.js';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { noSignal, readRequest } from '../kit/conformance/requests.js';
import type { Page } from '../kit/index.js';
import { connectTo, type SandboxConnection } from './testing.js';

let portal: BitrixSandbox;
let one: SandboxConnection;

beforeAll(async () => {
  portal = await startBitrix24({ records: 700, settings: { bucket_size: 0, operating_limit: 0 } });
});
beforeEach(() => {
  one = connectTo({ base_url: portal.url }, { webhook: String(portal.credentials.webhook_url) });
});
afterEach(() => one.close());
afterAll(() => portal.stop());

const setFaults = (faults: object) =>
  fetch(`${portal.control}/faults`, { method: 'POST', body: JSON.stringify(faults) });
/** As the engine reads: a page that fails is read again. */
const readAll = async (): Promise<unknown[]> => {
  const reader = one.connection.reader(readRequest('deal_comments'));
  const ids: unknown[] = [];
  for (let [cursor, isEnd, tries]: [Cursor | null, boolean, number] = [null, false, 0]; !isEnd && tries < 50; tries++) {
    const page: Page | null = await reader.readPage(cursor, null, noSignal).catch(() => null);
    if (page === null) continue;
    ids.push(...page.records.map(({ ID }) => ID));
    cursor = page.next;
    isEnd = cursor === null;
  }
  return ids;
};
const requests = (since: number) => portal.kit.requests.list(since);

describe('comments, of which every 50 records are a request of their own', () => {
  test('are read with one more request for each that failed', async () => {
    const since = portal.kit.requests.lastSeq;
    const calm = await readAll();
    const calls = requests(since).length;
    const kinds = ['status_503', 'status_500', 'html', 'empty_body', 'truncate', 'reset'];
    await setFaults({ seed: 5, rate: 0.3, kinds });
    const later = portal.kit.requests.lastSeq;
    const found = await readAll();
    await setFaults({ rate: 0 });
    const failed = requests(later).filter(({ fault }) => fault !== null).length;
    expect(found).toEqual(calm);
    expect(failed).toBeGreaterThan(2);
    expect(requests(later).length - failed).toBe(calls);
  });
});
