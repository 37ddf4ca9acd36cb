import { expect } from '@jest/globals';
import type { ReadRequest } from '../contract.js';
import { noSignal, readPass, readRequest } from './requests.js';
import type { SourceSetup } from './setup.js';
import type { Behaviours, Bench } from './suite.js';

const longestCursorBytes = 4_096;

export const readingTests: Behaviours = {
  'a full read gives every record once': async (bench) => {
    const source = sourceOf(bench);
    const count = source.pageSize * 2 + 3;
    await source.reset(count);
    const connection = bench.open();
    const { records, pages } = await readPass(() => connection, requestOf(source, 'full'));
    expect(idsOf(source, records)).toEqual(range(1, count));
    expect(records).toHaveLength(count);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(JSON.stringify(page.next).length).toBeLessThan(longestCursorBytes);
      if (page.sourceKeys !== undefined) expect(page.sourceKeys).toHaveLength(page.records.length);
    }
    await source.reset(0);
    const empty = await readPass(() => bench.open(), requestOf(source, 'full'));
    expect([empty.records, empty.deleted, empty.pages.length]).toEqual([[], [], 1]);
  },

  'a cursor goes on in a new process': async (bench) => {
    const source = sourceOf(bench);
    const count = source.pageSize * 2 + 3;
    await source.reset(count);
    const { records } = await readPass(() => bench.open(), requestOf(source, 'full'));
    expect(idsOf(source, records)).toEqual(range(1, count));
  },

  'an incremental read gives exactly what changed': async (bench) => {
    const source = sourceOf(bench);
    await source.reset(12);
    const request = requestOf(source, 'incremental');
    const first = await readPass(() => bench.open(), request);
    expect(idsOf(source, first.records)).toEqual(range(1, 12));
    const idle = await readPass(() => bench.open(), request, first.bookmark);
    expect(idle.records).toEqual([]);
    await source.add([13, 14]);
    await source.change([13]);
    const second = await readPass(() => bench.open(), request, idle.bookmark);
    expect(idsOf(source, second.records)).toEqual([13, 14]);
  },

  'equal cursor values over a page edge lose nothing': async (bench) => {
    const source = sourceOf(bench);
    const count = source.pageSize + 5;
    await source.reset(count, true);
    const { records } = await readPass(() => bench.open(), requestOf(source, 'incremental'));
    expect(idsOf(source, records)).toEqual(range(1, count));
  },

  'an idle look is cheap and truthful': async (bench) => {
    const source = sourceOf(bench);
    await source.reset(5);
    const request = requestOf(source, 'incremental');
    const { bookmark } = await readPass(() => bench.open(), request);
    const look = async () => bench.open().reader(request).hasChanges?.(bookmark, noSignal);
    expect(await look()).toBe(false);
    await source.add([6]);
    expect(await look()).toBe(true);
  },

  'deletions are seen by reading': async (bench) => {
    const source = sourceOf(bench);
    await source.reset(5);
    const request = requestOf(source, 'incremental');
    const { bookmark } = await readPass(() => bench.open(), request);
    await source.remove([2, 4]);
    const { deleted } = await readPass(() => bench.open(), request, bookmark);
    expect(deleted).toHaveLength(2);
  },

  'records are found by a field': async (bench) => {
    const source = sourceOf(bench);
    await source.reset(20);
    const reader = bench.open().reader(requestOf(source, 'full'));
    const found = await reader.find(
      source.findField,
      [source.findValue(3), source.findValue(17), 'no such value'],
      noSignal,
    );
    expect(
      idsOf(
        source,
        found.map((record) => ({ ...record })),
      ),
    ).toEqual([3, 17]);
    expect(await reader.find(source.findField, ['no such value'], noSignal)).toEqual([]);
  },

  'an abort ends a read promptly': async (bench) => {
    const source = sourceOf(bench);
    await source.reset(3);
    const stop = new AbortController();
    stop.abort(new Error('stopped by the test'));
    const reading = bench.open().reader(requestOf(source, 'full')).readPage(null, null, stop.signal);
    await expect(reading).rejects.toThrow('stopped by the test');
  },
};

function sourceOf({ setup }: Bench): SourceSetup {
  if (setup.source === null) throw new Error('this connector has no source: give the reason in `notSupported`');
  return setup.source;
}

function requestOf(source: SourceSetup, mode: ReadRequest['mode']): ReadRequest {
  return readRequest(source.stream, {
    mode,
    key: source.key,
    cursorFields: mode === 'incremental' ? source.cursorFields : null,
  });
}

/** Sorted, each once: pages may repeat records, never lose one. */
function idsOf(source: SourceSetup, records: readonly Parameters<SourceSetup['idOf']>[0][]): number[] {
  return [...new Set(records.map((record) => source.idOf(record)))].sort((a, b) => a - b);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
