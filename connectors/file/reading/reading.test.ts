import { appendFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Cursor } from '../../../core/cursor.js';
import type { JsonObject } from '../../../core/json.js';
import { noSignal, readRequest } from '../../kit/conformance/requests.js';
import type { Page } from '../../kit/contract.js';
import { readAll, TestFolder } from '../testing.js';
import { pageSize } from './reader.js';

const folder = new TestFolder();
afterAll(() => folder.drop());

let number = 0;
async function readText(content: string | Uint8Array, stream: JsonObject = {}, name = 'file.csv') {
  number += 1;
  const path = `${number}/${name}`;
  folder.write(path, content);
  return readAll(folder.open({ rows: { path, ...stream } }), readRequest('rows'));
}

const manyRows = (count: number) => Array.from({ length: count }, (_, index) => `${index},name ${index}`);

describe('delimited text', () => {
  test('every cell is text, whatever it looks like', async () => {
    const { records } = await readText('id,sum,empty\n007,1.50,\n-5,=1+1,"a ""b"""\n');
    expect(records).toEqual([
      { id: '007', sum: '1.50', empty: '' },
      { id: '-5', sum: '=1+1', empty: 'a "b"' },
    ]);
  });

  test.each([
    ['semicolons', 'a;b\n1,5;2\n'],
    ['tabs', 'a\tb\n1,5\t2\n'],
    ['bars', 'a|b\n1,5|2\n'],
  ])('%s are told by the shape of the lines', async (_, content) => {
    expect((await readText(content)).records).toEqual([{ a: '1,5', b: '2' }]);
  });

  test.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns alone', '\r'],
  ])('lines may end with %s', async (_, end) => {
    const { records } = await readText(['a,b', '1,2', '"x","y, z"', '3,4'].join(end));
    expect(records).toEqual([
      { a: '1', b: '2' },
      { a: 'x', b: 'y, z' },
      { a: '3', b: '4' },
    ]);
  });

  test('a quoted cell may hold line ends, and later rows keep their line numbers', async () => {
    const { records, pages } = await readText('a,b\n"one\ntwo",2\n3,4\n');
    expect(records).toEqual([
      { a: 'one\ntwo', b: '2' },
      { a: '3', b: '4' },
    ]);
    expect(pages[0]?.sourceKeys?.map((key) => key.split(':')[1])).toEqual(['2', '4']);
  });

  test('torn rows are refused one by one and the others arrive', async () => {
    const { records, pages } = await readText('a,b\n1,2\n3\n"never closed,5\n6,7\n"x" y,8\n9,10,11\n12,13,\n"last",14');
    expect(records).toEqual([
      { a: '1', b: '2' },
      { a: '6', b: '7' },
      { a: '12', b: '13' },
      { a: 'last', b: '14' },
    ]);
    const refused = pages[0]?.refused ?? [];
    expect(refused.map(({ record }) => record.line)).toEqual([3, 4, 6, 7]);
    expect(refused[0]?.failure).toMatchObject({
      code: 'read/row_malformed',
      kind: 'rejected',
      message: expect.stringContaining('it has 1 cells where the header has 2'),
    });
  });

  test('lines that are not UTF-8 are refused by name in a file that is', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\nżółw,1\n'),
      Buffer.from([0x61, 0xff, 0x2c, 0x32, 0x0a]),
      Buffer.from('ok,3\n'),
    ]);
    const { records, pages } = await readText(bytes, { encoding: 'utf-8' });
    expect(records).toEqual([
      { a: 'żółw', b: '1' },
      { a: 'ok', b: '3' },
    ]);
    expect(pages[0]?.refused?.[0]?.failure.message).toContain('not valid UTF-8');
  });

  test('header names are never empty, double or able to reach a prototype', async () => {
    const { records } = await readText('id,id,,__proto__\n1,2,3,4\n');
    expect(Object.entries(records[0] ?? {})).toEqual([
      ['id', '1'],
      ['id_2', '2'],
      ['column_3', '3'],
      ['column_4', '4'],
    ]);
  });

  test('a file without header names its columns by number or by the settings', async () => {
    expect((await readText('1,2\n', { header: false })).records).toEqual([{ column_1: '1', column_2: '2' }]);
    const named = { header: false, columns: { id: 'integer', name: 'text' } };
    expect((await readText('1,2\n', named)).records).toEqual([{ id: 1, name: '2' }]);
  });

  test('declared columns are typed, and a cell that does not fit is refused by name', async () => {
    const columns = { n: 'integer', d: 'decimal', t: 'boolean' };
    const { records, pages } = await readText('n,d,t\n1,00.10,yes\n,,\nx,1,no\n12345678901234567890,1,no\n', {
      columns,
    });
    expect(records).toEqual([
      { n: 1, d: '00.10', t: true },
      { n: null, d: null, t: null },
    ]);
    expect(pages[0]?.refused?.map((each) => each.failure.message)).toEqual([
      expect.stringContaining('column `n` is not integer'),
      expect.stringContaining('column `n` is not integer'),
    ]);
  });

  test('empty cells may be null while quoted ones stay empty text', async () => {
    expect((await readText('a,b\n,""\n', { empty: 'null' })).records).toEqual([{ a: null, b: '' }]);
  });

  test.each(['', '\n', 'a,b\n', '\ufeff'])('a file with no records (%j) is an end at once', async (content) => {
    const { records, pages } = await readText(content);
    expect([records, pages.length]).toEqual([[], 1]);
  });
});

describe('encodings', () => {
  const polish = 'name,city\nŁucja Żółć,Kraków\nŚwiętosława,Gdańsk\n';
  const russian = 'name,city\nИванова Анна,Москва\nПётр Сергеев,Санкт-Петербург\n';
  test.each([
    ['utf-8', polish],
    ['utf-16le', russian],
    ['utf-16be', russian],
    ['windows-1250', polish],
    ['iso-8859-2', polish],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['cp866', russian],
    ['windows-1252', 'name,city\nMüller,Köln\nFrançois,Besançon\n'],
  ])('%s is told by its bytes', async (encoding, text) => {
    const [, first = ''] = text.split('\n');
    const { records } = await readText(iconv.encode(text, encoding));
    expect(records[0]).toEqual({ name: first.split(',')[0], city: first.split(',')[1] });
    expect(records).toHaveLength(2);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])(
    'a byte order mark of %s is no part of the first name',
    async (encoding) => {
      const { records } = await readText(iconv.encode('id\nü\n', encoding, { addBOM: true }));
      expect(records).toEqual([{ id: 'ü' }]);
    },
  );

  test('letters that come late in a long file are found', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `${index},plain`);
    const text = ['id,name', ...rows, '40000,Żółć i gęśl', '40001,Łódź'].join('\n');
    const { records } = await readText(iconv.encode(text, 'windows-1250'));
    expect(records.at(-1)).toEqual({ id: '40001', name: 'Łódź' });
  });
});

describe('positions', () => {
  const count = pageSize * 3 + 7;

  async function pagesInNewProcesses(stream: JsonObject): Promise<{ ids: string[]; pages: number }> {
    const ids: string[] = [];
    let cursor: Cursor | null = null;
    let pages = 0;
    do {
      // A new connection for every page, and only JSON between them.
      const reader = folder.open({ rows: stream }).reader(readRequest('rows'));
      const page: Page = await reader.readPage(
        cursor === null ? null : JSON.parse(JSON.stringify(cursor)),
        null,
        noSignal,
      );
      await reader.close?.();
      ids.push(...page.records.map((record) => String(record.id)));
      cursor = page.next;
      pages += 1;
    } while (cursor !== null);
    return { ids, pages };
  }

  const everyId = Array.from({ length: count }, (_, index) => String(index));
  const csv = ['id,name', ...manyRows(count)].join('\r\n');
  const objects = everyId.map((id) => JSON.stringify({ id, nested: { list: [1, '],}"'] } }));

  test.each<[string, string, string | Uint8Array, JsonObject]>([
    ['CSV', 'p.csv', csv, {}],
    ['CSV in quotes over several lines', 'q.csv', csv.replace(/name (\d+)/g, '"name\n""$1"""'), {}],
    ['compressed CSV', 'p.csv.gz', gzipSync(csv), {}],
    ['UTF-16', 'wide.csv', iconv.encode(csv, 'utf-16le', { addBOM: true }), {}],
    ['windows-1251', 'ru.csv', iconv.encode(csv.replaceAll('name', 'имя в строке'), 'windows-1251'), {}],
    ['JSON Lines', 'p.jsonl', objects.join('\n'), {}],
    ['a JSON list', 'p.json', `[\n${objects.join(' ,\n')}\n]\n`, {}],
  ])('%s is read on in another process without loss or repeat', async (_, name, content, settings) => {
    folder.write(name, content);
    const { ids, pages } = await pagesInNewProcesses({ path: name, ...settings });
    expect(ids).toEqual(everyId);
    expect(pages).toBe(4);
  });

  test('a cursor enters the middle of a plain file without reading what lies before', async () => {
    const path = folder.write('enter.csv', csv);
    const reader = folder.open({ rows: { path } }).reader(readRequest('rows'));
    const first = await reader.readPage(null, null, noSignal);
    await reader.close?.();
    expect(first.next).toMatchObject({ line: pageSize + 2, offset: expect.any(Number) });
    const cursor = first.next as { offset: number };
    expect(csv.slice(cursor.offset).startsWith(`${pageSize},`)).toBe(true);
  });

  test('lines added under a cursor are read, a replaced file is read from its start', async () => {
    const path = folder.write('grow.csv', `${csv}\r\n`);
    const connection = folder.open({ rows: { path } });
    const first = await connection.reader(readRequest('rows')).readPage(null, null, noSignal);
    await connection.close();
    appendFileSync(path, 'new,row\r\n');
    const later: string[] = [];
    for (let cursor = first.next; cursor !== null; ) {
      const page: Page = await connection.reader(readRequest('rows')).readPage(cursor, null, noSignal);
      await connection.close();
      later.push(...page.records.map((record) => String(record.id)));
      cursor = page.next;
    }
    expect(later).toEqual([...everyId.slice(pageSize), 'new']);
    writeFileSync(path, 'id,name\nother,file\n');
    const again = await connection.reader(readRequest('rows')).readPage(first.next, null, noSignal);
    expect(again.records).toEqual([{ id: 'other', name: 'file' }]);
    await connection.close();
  });
});

describe('incremental reading', () => {
  test.each(['log.csv', 'log.jsonl'])('%s gives exactly the lines added since', async (name) => {
    const isCsv = name.endsWith('csv');
    const line = (id: string) => (isCsv ? `${id},x\n` : `${JSON.stringify({ id, x: 'x' })}\n`);
    const path = folder.write(name, (isCsv ? 'id,x\n' : '') + line('1') + line('2'));
    const connection = folder.open({ rows: { path } });
    const request = readRequest('rows', { mode: 'incremental' });
    const first = await readAll(connection, request);
    expect(first.records.map((record) => record.id)).toEqual(['1', '2']);
    const reader = connection.reader(request);
    expect(await reader.hasChanges?.(first.bookmark, noSignal)).toBe(false);
    const idle = await readAll(connection, request, first.bookmark);
    expect(idle.records).toEqual([]);
    appendFileSync(path, line('3'));
    expect(await reader.hasChanges?.(idle.bookmark, noSignal)).toBe(true);
    const second = await readAll(connection, request, idle.bookmark);
    expect(second.records.map((record) => record.id)).toEqual(['3']);
    expect(second.pages[0]?.sourceKeys?.[0]).toMatch(isCsv ? /:4:/ : /:3:/);
    writeFileSync(path, (isCsv ? 'id,x\n' : '') + line('9'));
    const replaced = await readAll(connection, request, second.bookmark);
    expect(replaced.records.map((record) => record.id)).toEqual(['9']);
  });

  test('a last line that is still being written waits, and comes once it is whole', async () => {
    const path = folder.write('torn.jsonl', '{"id":1}\n{"id":');
    const connection = folder.open({ rows: { path } });
    const request = readRequest('rows', { mode: 'incremental' });
    const first = await readAll(connection, request);
    expect(first.records).toEqual([{ id: 1 }]);
    expect(await connection.reader(request).hasChanges?.(first.bookmark, noSignal)).toBe(true);
    appendFileSync(path, '2}\n');
    const second = await readAll(connection, request, first.bookmark);
    expect(second.records).toEqual([{ id: 2 }]);
  });

  test('a whole last line without its line end is read at once', async () => {
    const path = folder.write('open.csv', 'id,x\n1,a\n2,b');
    const request = readRequest('rows', { mode: 'incremental', key: ['id'] });
    const connection = folder.open({ rows: { path } });
    const first = await readAll(connection, request);
    expect(first.records.map((record) => record.id)).toEqual(['1', '2']);
    expect(await connection.reader(request).hasChanges?.(first.bookmark, noSignal)).toBe(false);
    appendFileSync(path, '\n3,c\n');
    const second = await readAll(connection, request, first.bookmark);
    expect(second.records.map((record) => record.id)).toEqual(['2', '3']);
  });
});

describe('JSON', () => {
  test('long numbers keep their digits and broken lines are refused alone', async () => {
    const { records, pages } = await readText(
      '{"a":12345678901234567890}\nnot json\n[1]\n\n{"a":1.5}\n',
      {},
      'x.jsonl',
    );
    expect(records).toEqual([{ a: '12345678901234567890' }, { a: 1.5 }]);
    expect(pages[0]?.refused?.map(({ record }) => record.line)).toEqual([2, 3]);
  });

  test('one object is one record', async () => {
    expect((await readText(' {"a":[1,{"b":2}]} ', {}, 'x.json')).records).toEqual([{ a: [1, { b: 2 }] }]);
  });

  test.each(['[{"a":1}', '[{"a":1} {"a":2}]', 'true', '[{"a":1},{"a"'])(
    'a broken list is said to be broken: %s',
    async (text) => {
      await expect(readText(text, {}, 'x.json')).rejects.toMatchObject({
        code: 'read/file_invalid',
        kind: 'definition',
      });
    },
  );
});

describe('files that cannot be used', () => {
  test('a missing file is named', async () => {
    const reading = readAll(folder.open({ rows: { path: 'missing.csv' } }), readRequest('rows'));
    await expect(reading).rejects.toMatchObject({
      code: 'read/file_missing',
      message: expect.stringContaining('missing.csv'),
    });
  });

  test('a torn gzip file is said to be broken', async () => {
    const packed = gzipSync('id\n1\n2\n');
    await expect(readText(packed.subarray(0, packed.length - 9), {}, 'x.csv.gz')).rejects.toMatchObject({
      code: 'read/file_invalid',
    });
  });

  test.each(['../outside.csv', '/etc/passwd/../hosts', 'a/../../b.csv'])('%s does not leave the root', async (path) => {
    const connection = folder.open({ rows: { path, format: 'csv' } }, { root: 'inside' });
    const isInside = path.startsWith('/');
    const reading = isInside
      ? readAll(connection, readRequest('rows'))
      : (async () => connection.reader(readRequest('rows')))();
    await expect(reading).rejects.toMatchObject({
      code: isInside ? 'read/file_missing' : 'connection/invalid_settings',
    });
  });

  test('unknown settings are named with the known ones', () => {
    expect(() => folder.open({ rows: { path: 'a.csv', delimeter: ';' } })).toThrow(/no setting `delimeter`/);
  });
});

describe('looking records up', () => {
  test('a file is asked by any column, and asked again after it changed', async () => {
    const path = folder.write('lookup.csv', 'id,city\n1,Oslo\n2,Bergen\n3,Oslo\n');
    const reader = folder.open({ rows: { path } }).reader(readRequest('rows'));
    expect(await reader.find('city', ['Oslo', 'Paris'], noSignal)).toEqual([
      { id: '1', city: 'Oslo' },
      { id: '3', city: 'Oslo' },
    ]);
    appendFileSync(path, '4,Paris\n');
    expect(await reader.find('city', ['Paris'], noSignal)).toEqual([{ id: '4', city: 'Paris' }]);
  });
});
