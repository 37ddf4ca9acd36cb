import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Cursor } from '../../../core/cursor.js';
import type { JsonObject } from '../../../core/json.js';
import { readRequest, sendNow } from '../../kit/conformance/requests.js';
import type { WriteResult } from '../../kit/contract.js';
import { changeOf, readAll, TestFolder, writeRequest } from '../testing.js';

const folder = new TestFolder();
afterAll(() => folder.drop());

let number = 0;
const freshName = (name: string) => {
  number += 1;
  return `${number}-${name}`;
};

/** Writes batches through one writer; `position` is where another one left off. */
async function writeRows(
  path: string,
  batches: readonly (readonly JsonObject[])[],
  stream: JsonObject = {},
  position: Cursor | null = null,
  owner = 'test',
): Promise<{ results: WriteResult[]; position: Cursor }> {
  const connection = folder.open({ rows: { path, ...stream } });
  const fields = Object.keys(batches[0]?.[0] ?? {});
  const writer = connection.writer(writeRequest('rows', fields, { position, owner }));
  try {
    const results: WriteResult[] = [];
    for (const batch of batches)
      results.push(
        await writer.write(
          batch.map((row, index) => changeOf(row, index)),
          sendNow,
        ),
      );
    // Positions cross processes as JSON.
    return { results, position: JSON.parse(JSON.stringify(results.at(-1)?.position ?? null)) };
  } finally {
    await connection.close();
  }
}

const textOf = (path: string) => readFileSync(join(folder.path, path), 'utf8');
const readBack = async (path: string, stream: JsonObject = {}) =>
  (await readAll(folder.open({ rows: { path, ...stream } }), readRequest('rows'))).records;

describe('text files', () => {
  test('CSV gets a header once, quotes where needed and a line per record', async () => {
    const path = freshName('a.csv');
    const { results } = await writeRows(path, [
      [{ id: '007', note: 'plain' }],
      [
        { id: '2', note: 'a,"b"\nc' },
        { id: '3', note: null },
        { id: '4', note: '' },
      ],
    ]);
    expect(textOf(path)).toBe('id,note\r\n007,plain\r\n2,"a,""b""\nc"\r\n3,\r\n4,""\r\n');
    expect(results[1]?.outcomes).toEqual([
      { state: 'written', targetKey: 'rows#2', created: true },
      { state: 'written', targetKey: 'rows#3', created: true },
      { state: 'written', targetKey: 'rows#4', created: true },
    ]);
  });

  test('text that a spreadsheet would take for a formula is escaped, numbers are not', async () => {
    const path = freshName('formula.csv');
    const rows = ['=1+1', '+1+1', '-2+3', '@SUM(A1)', '\ttab', '\rcr', '-12.50', 'a=1'].map((text) => ({ text }));
    await writeRows(path, [rows]);
    expect((await readBack(path)).map((row) => row.text)).toEqual([
      "'=1+1",
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      "'\ttab",
      "'\rcr",
      '-12.50',
      'a=1',
    ]);
    const typed = freshName('typed.csv');
    await writeRows(typed, [[{ sum: '+5.0', count: -3 }]], { columns: { sum: 'decimal' } });
    expect(textOf(typed)).toBe('sum,count\r\n+5.0,-3\r\n');
    const raw = freshName('raw.csv');
    await writeRows(raw, [[{ text: '=1+1' }]], { formulas: 'keep' });
    expect(textOf(raw)).toBe('text\r\n=1+1\r\n');
  });

  test.each(['a.csv.gz', 'a.jsonl.gz'])('%s is one compressed file over all batches', async (name) => {
    const path = freshName(name);
    await writeRows(path, [[{ id: '1' }], [{ id: '2' }]]);
    const text = gunzipSync(readFileSync(join(folder.path, path))).toString();
    expect(text).toBe(name.includes('csv') ? 'id\r\n1\r\n2\r\n' : '{"id":"1"}\n{"id":"2"}\n');
    expect(await readBack(path)).toEqual([{ id: '1' }, { id: '2' }]);
  });

  test.each(['utf-8', 'utf-8-bom', 'utf-16le', 'windows-1251'])('%s comes back as it was', async (encoding) => {
    const path = freshName('encoded.csv');
    const rows = [{ имя: 'Пётр, «сын»' }, { имя: 'Anna' }];
    await writeRows(path, [rows.slice(0, 1), rows.slice(1)], { encoding });
    expect(await readBack(path)).toEqual(rows);
  });

  test('a character that the encoding lacks is refused by name and the others arrive', async () => {
    const path = freshName('lacking.csv');
    const { results } = await writeRows(
      path,
      [[{ name: 'Пётр' }, { name: '東京' }, { name: 'Łódź' }, { name: 'Анна' }]],
      {
        encoding: 'windows-1251',
      },
    );
    expect(results[0]?.outcomes.map((outcome) => outcome.state)).toEqual(['written', 'refused', 'refused', 'written']);
    expect(results[0]?.outcomes[1]).toMatchObject({
      failure: { code: 'write/record_refused', message: expect.stringContaining('windows-1251 does not have') },
    });
    expect(await readBack(path, { encoding: 'windows-1251' })).toEqual([{ name: 'Пётр' }, { name: 'Анна' }]);
  });
});

describe('positions', () => {
  const shapes: [string, JsonObject][] = [
    ['a.csv', {}],
    ['a.jsonl', {}],
    ['a.csv.gz', {}],
    ['a.xlsx', {}],
  ];

  test.each(shapes)('%s goes on at the confirmed position, and what came after it is cut off', async (name, stream) => {
    const path = freshName(name);
    const first = await writeRows(path, [[{ id: '1' }], [{ id: '2' }]], stream);
    // Written but never confirmed: the process died.
    await writeRows(path, [[{ id: 'lost' }]], stream, first.position);
    const second = await writeRows(path, [[{ id: '3' }]], stream, first.position);
    expect(second.results[0]?.outcomes).toEqual([{ state: 'written', targetKey: 'rows#3', created: true }]);
    expect(await readBack(path, stream)).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
  });

  test.each(shapes)(
    '%s that was begun and never confirmed is begun again by the same owner alone',
    async (name, stream) => {
      const path = freshName(name);
      await writeRows(path, [[{ id: 'lost' }]], stream);
      await expect(writeRows(path, [[{ id: '1' }]], stream, null, 'another')).rejects.toMatchObject({
        code: 'write/file_exists',
      });
      const { position } = await writeRows(path, [[{ id: '1' }]], stream);
      await writeRows(path, [[{ id: '2' }]], stream, position);
      expect(await readBack(path, stream)).toEqual([{ id: '1' }, { id: '2' }]);
      expect(existsSync(join(folder.path, `.${path}.pipewright`))).toBe(false);
    },
  );

  test('a file of someone else is left alone unless it may be overwritten', async () => {
    const path = freshName('foreign.csv');
    folder.write(path, 'precious\n');
    await expect(writeRows(path, [[{ id: '1' }]])).rejects.toMatchObject({
      code: 'write/file_exists',
      kind: 'settings',
    });
    expect(textOf(path)).toBe('precious\n');
    await writeRows(path, [[{ id: '1' }]], { overwrite: true });
    expect(textOf(path)).toBe('id\r\n1\r\n');
  });

  test('a file that was changed or replaced since is not touched', async () => {
    const path = freshName('changed.csv');
    const { position } = await writeRows(path, [[{ id: '1' }]]);
    writeFileSync(join(folder.path, path), 'something else, and longer than before\n');
    await expect(writeRows(path, [[{ id: '2' }]], {}, position)).rejects.toMatchObject({ code: 'write/file_changed' });
    expect(textOf(path)).toBe('something else, and longer than before\n');
  });

  test('a file that was moved away is begun anew', async () => {
    const path = freshName('rotated.csv');
    const { position } = await writeRows(path, [[{ id: '1' }]]);
    rmSync(join(folder.path, path));
    await writeRows(path, [[{ id: '2' }]], {}, position);
    expect(textOf(path)).toBe('id\r\n2\r\n');
  });

  test('a second writer at the same time is noticed', async () => {
    const path = freshName('shared.csv');
    const connection = folder.open({ rows: { path } });
    const writer = connection.writer(writeRequest('rows', ['id']));
    await writer.write([changeOf({ id: '1' })], sendNow);
    appendFileSync(join(folder.path, path), 'someone\n');
    await expect(writer.write([changeOf({ id: '2' })], sendNow)).rejects.toMatchObject({ code: 'write/file_changed' });
    await connection.close();
  });

  test('a mapped field that the begun file has no column for stops the write', async () => {
    const path = freshName('columns.csv');
    const { position } = await writeRows(path, [[{ id: '1', name: 'a' }]]);
    await expect(writeRows(path, [[{ id: '2', phone: '5' }]], {}, position)).rejects.toMatchObject({
      message: expect.stringContaining('`phone`'),
    });
    await writeRows(path, [[{ name: 'b', id: '2' }]], {}, position);
    expect(textOf(path)).toBe('id,name\r\n1,a\r\n2,b\r\n');
  });

  test('nothing is written when the last check before sending fails', async () => {
    const path = freshName('fenced.csv');
    const connection = folder.open({ rows: { path } });
    const writer = connection.writer(writeRequest('rows', ['id']));
    const beforeSend = () => {
      throw new Error('the lease is over');
    };
    await expect(writer.write([changeOf({ id: '1' })], { ...sendNow, beforeSend })).rejects.toThrow(
      'the lease is over',
    );
    await connection.close();
    expect(textOf(path)).toBe('');
  });
});

test('a list in JSON cannot be added to, and says so', () => {
  expect(() => folder.open({ rows: { path: 'a.json' } }).writer(writeRequest('rows', ['id']))).toThrow(/JSON list/);
});
