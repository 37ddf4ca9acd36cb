import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection } from '../../activities/connections.js';
import type { Reader } from '../../connectors/kit/index.js';
import type { Cursor } from '../../core/cursor.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { touch } from '../siege/copy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

const signal = new AbortController().signal;

describe.each([
  ['whose clock is right', 0],
  ['whose clock is an hour behind', -3_600_000],
])('an incremental read of a source that deletes, %s', (_name, skewMs) => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let reader: Reader;
  let close: () => Promise<void>;

  beforeAll(async () => {
    [engine, source] = await Promise.all([
      startTestEngine({ hasWorker: false }),
      startRestCrm({ seed: 4, records: { contacts: 120 }, settings: { clock_skew_ms: skewMs } }),
    ]);
    const connection = await engine.connect(
      'crm',
      'http',
      { service: 'own', base_url: source.url, definition: restCrmDefinition({ pageSize: 50, repeat: 'upsert' }) },
      { token: source.credentials.token as string },
    );
    const opened = await openConnection(engine.engine.dependencies, engine.accountId, connection, 'poll');
    close = () => opened.connection.close();
    reader = opened.connection.reader({
      stream: 'contacts',
      mode: 'incremental',
      key: ['id'],
      cursorFields: null,
      start: null,
      lagMs: 0,
      where: {},
      period: null,
    });
  });

  afterAll(async () => {
    await close?.();
    await engine?.stop();
    await source?.stop();
  });

  /** One pass; `between` happens after its first page. */
  const pass = async (bookmark: Cursor | null, between?: () => Promise<unknown>) => {
    const records: string[] = [];
    const deleted: string[] = [];
    let cursor: Cursor | null = null;
    for (;;) {
      const page = await reader.readPage(cursor, bookmark, signal);
      records.push(...page.records.map((record) => String(record.id)));
      deleted.push(...page.deleted);
      if (page.next === null) return { records, deleted, bookmark: page.bookmark };
      if (cursor === null) await between?.();
      cursor = page.next;
    }
  };

  test('shows what was deleted while it read, however much changed afterwards', async () => {
    const [gone = '', changed = ''] = source.store.records('contacts').map((record) => String(record.id));
    const first = await pass(null, async () => {
      await touch(source, { op: 'delete', ids: [gone] });
      await touch(source, { ids: [changed], fields: { position: 'Later' } });
    });
    const second = await pass(first.bookmark);
    // A pass from the beginning shows what other tests deleted before it, too.
    expect([...first.deleted, ...second.deleted].filter((key) => key === gone)).toEqual([gone]);
    const third = await pass(second.bookmark);
    expect(third).toMatchObject({ records: [], deleted: [] });
    expect(await reader.hasChanges?.(third.bookmark, signal)).toBe(false);
  });

  test('shows a change made before a deletion of the same pass', async () => {
    const [changed = '', gone = ''] = source.store.records('contacts').map((record) => String(record.id));
    const { bookmark } = await pass(null);
    // The records of this pass have been walked; what follows is met by its walk through the deletions alone.
    const records = await reader.readPage(null, bookmark, signal);
    await touch(source, { ids: [changed], fields: { position: 'Between' } });
    await touch(source, { op: 'delete', ids: [gone] });
    const deletions = await reader.readPage(records.next, bookmark, signal);
    expect(deletions.deleted).toContain(gone);
    const next = await pass(deletions.bookmark);
    expect(next).toMatchObject({ records: [changed], deleted: [] });
  });
});
