import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Cursor } from '../../core/cursor.js';
import type { JsonObject } from '../../core/json.js';
import { noSignal, readRequest, sendNow } from '../kit/conformance/requests.js';
import { pageSize } from './reading/reader.js';
import { changeOf, readAll, TestFolder, writeRequest } from './testing.js';

const folder = new TestFolder();
afterAll(() => folder.drop());

async function save(name: string, fill: (book: ExcelJS.Workbook) => void): Promise<void> {
  const book = new ExcelJS.Workbook();
  fill(book);
  folder.write(name, new Uint8Array(await book.xlsx.writeBuffer()));
}

const read = async (path: string, stream: JsonObject = {}) =>
  readAll(folder.open({ rows: { path, ...stream } }), readRequest('rows'));

describe('reading workbooks', () => {
  test('texts, numbers, dates, formulas and gaps arrive as what they are', async () => {
    await save('kinds.xlsx', (book) => {
      const sheet = book.addWorksheet('One');
      sheet.addRow(['code', 'sum', 'day', 'moment', 'is', 'formula', 'rich']);
      const row = sheet.addRow(['007', 1.5, new Date('2025-03-01'), new Date('2025-03-01T10:20:30Z'), true]);
      row.getCell(3).numFmt = 'dd.mm.yyyy';
      row.getCell(4).numFmt = 'yyyy-mm-dd hh:mm:ss';
      row.getCell(6).value = { formula: 'B2*2', result: 3 };
      row.getCell(7).value = { richText: [{ text: 'a & ' }, { text: '<b> "c"' }] };
      sheet.addRow([]);
      sheet.addRow(['x', null, null, null, null, null, '  spaced\nline ']);
    });
    const { records, pages } = await read('kinds.xlsx');
    expect(records).toEqual([
      {
        code: '007',
        sum: 1.5,
        day: '2025-03-01',
        moment: '2025-03-01T10:20:30',
        is: true,
        formula: 3,
        rich: 'a & <b> "c"',
      },
      { code: 'x', sum: null, day: null, moment: null, is: null, formula: null, rich: '  spaced\nline ' },
    ]);
    expect(pages[0]?.sourceKeys?.map((key) => key.split(':')[1])).toEqual(['2', '4']);
  });

  test('a sheet is chosen by its name; a missing one is said with the names there are', async () => {
    await save('sheets.xlsx', (book) => {
      book.addWorksheet('First').addRow(['a']);
      const second = book.addWorksheet('Ünïcode & more');
      second.addRow(['b']);
      second.addRow([1]);
    });
    expect((await read('sheets.xlsx', { sheet: 'Ünïcode & more' })).records).toEqual([{ b: 1 }]);
    await expect(read('sheets.xlsx', { sheet: 'Third' })).rejects.toMatchObject({
      code: 'read/archive_refused',
      message: expect.stringContaining('First, Ünïcode & more'),
    });
  });

  test('a cursor goes on in another process', async () => {
    const count = pageSize * 2 + 3;
    await save('long.xlsx', (book) => {
      const sheet = book.addWorksheet('One');
      sheet.addRow(['id']);
      for (let id = 0; id < count; id += 1) sheet.addRow([id]);
    });
    const ids: unknown[] = [];
    let cursor: Cursor | null = null;
    do {
      const connection = folder.open({ rows: { path: 'long.xlsx' } });
      const page = await connection.reader(readRequest('rows')).readPage(cursor, null, noSignal);
      await connection.close();
      ids.push(...page.records.map((record) => record.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(ids).toEqual(Array.from({ length: count }, (_, id) => id));
  });
});

describe('writing workbooks', () => {
  const rows = [
    { code: '007', text: '=1+1', sum: '-12.50', count: 3, is: true },
    {
      code: '12345678901234567890',
      text: 'ż <&> "x" \u0000\u0007\r\n_x0041_ 👩‍👩‍👧 \ud83d',
      sum: '12345678901234567.89',
      count: -0.5,
      is: false,
    },
    { code: null, text: '', sum: null, count: null, is: null },
  ];
  const columns = { sum: 'decimal' };

  async function writeRows(path: string): Promise<void> {
    const connection = folder.open({ rows: { path, columns } });
    const writer = connection.writer(writeRequest('rows', ['code', 'text', 'sum', 'count', 'is']));
    for (const row of rows) await writer.write([changeOf(row)], sendNow);
    await connection.close();
  }

  test('another reader sees text as text, numbers as numbers, and no formula', async () => {
    await writeRows('out.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(join(folder.path, 'out.xlsx'));
    const sheet = book.getWorksheet('Sheet1');
    expect(sheet?.getRow(1).values).toEqual([undefined, 'code', 'text', 'sum', 'count', 'is']);
    expect(sheet?.getCell('A2').value).toBe('007');
    expect(sheet?.getCell('B2')).toMatchObject({ value: '=1+1', type: ExcelJS.ValueType.String });
    expect(sheet?.getCell('C2').value).toBe(-12.5);
    expect(sheet?.getCell('C3').value).toBe('12345678901234567.89');
    expect(sheet?.getCell('D3').value).toBe(-0.5);
    expect(sheet?.getCell('E2').value).toBe(true);
  });

  test('our own reader gives back every value', async () => {
    await writeRows('own.xlsx');
    const { records } = await read('own.xlsx', { columns });
    // A number in a column of numbers keeps its value, not its zeros.
    expect(records).toEqual([{ ...rows[0], sum: '-12.5' }, rows[1], rows[2]]);
  });

  test('a text longer than a cell is refused by name and the others arrive', async () => {
    const connection = folder.open({ rows: { path: 'cells.xlsx' } });
    const writer = connection.writer(writeRequest('rows', ['text']));
    const { outcomes } = await writer.write(
      ['short', 'x'.repeat(32_768), 'also short'].map((text, index) => changeOf({ text }, index)),
      sendNow,
    );
    await connection.close();
    expect(outcomes.map((outcome) => outcome.state)).toEqual(['written', 'refused', 'written']);
    expect(outcomes[1]).toMatchObject({ failure: { message: expect.stringContaining('`text` has 32768 characters') } });
    expect((await read('cells.xlsx')).records).toEqual([{ text: 'short' }, { text: 'also short' }]);
  });
});

/** A zip archive of one sheet, lying where it is told to. */
function archive(
  parts: readonly { name: string; bytes: Buffer; size?: number; flags?: number }[],
  overlap = false,
): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, size, flags } of parts) {
    const packed = deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags ?? 0, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size ?? bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(overlap ? 0 : at, 42);
    pieces.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, list, end]);
}

describe('hostile archives', () => {
  const book = (sheet: string, more = '') => [
    {
      name: 'xl/workbook.xml',
      bytes: Buffer.from(`<workbook>${more}<sheets><sheet name="a" r:id="r1"/></sheets></workbook>`),
    },
    { name: 'xl/_rels/workbook.xml.rels', bytes: Buffer.from('<R><Relationship Id="r1" Target="sheet.xml"/></R>') },
    { name: 'xl/sheet.xml', bytes: Buffer.from(sheet) },
  ];
  const plain = '<sheetData><row><c t="str"><v>id</v></c></row><row><c t="str"><v>1</v></c></row></sheetData>';
  const dtd = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  const bomb = Buffer.alloc(60 * 1024 * 1024);

  test('the archive of these tests is a workbook', async () => {
    folder.write('plain.xlsx', archive(book(plain)));
    expect((await read('plain.xlsx')).records).toEqual([{ id: '1' }]);
  });

  test.each<[string, () => Buffer, string]>([
    ['four times 60 MB', () => archive(['a', 'b', 'c', 'd'].map((name) => ({ name, bytes: bomb }))), '240 MB'],
    ['a name that climbs out', () => archive([{ name: '../../etc/cron', bytes: Buffer.alloc(1) }]), 'points outside'],
    ['an absolute name', () => archive([{ name: '/etc/cron', bytes: Buffer.alloc(1) }]), 'points outside'],
    ['parts over one another', () => archive(book(plain), true), 'overlap'],
    ['an encrypted part', () => archive([{ name: 'a', bytes: Buffer.alloc(1), flags: 1 }]), 'encrypted'],
    ['no archive at all', () => Buffer.from('id,name\n1,a\n'), 'not a zip archive'],
    [
      'a part that is larger than it says',
      () => archive([...book(plain).slice(0, 2), { name: 'xl/sheet.xml', bytes: bomb, size: 10 }]),
      'more than its directory says',
    ],
  ])('%s: refused in a sentence', async (name, make, sentence) => {
    const path = `${name.replaceAll(/\W/g, '-')}.xlsx`;
    writeFileSync(join(folder.path, path), make());
    await expect(read(path)).rejects.toMatchObject({
      code: 'read/archive_refused',
      message: expect.stringContaining(sentence),
    });
  });

  test.each([
    `${dtd}<sheetData><row><c><v>&a;</v></c></row></sheetData>`,
    '<sheetData><row><c t="str"><v>&lol;</v></c></row></sheetData>',
  ])('declared types and entities are refused: %s', async (sheet) => {
    folder.write('dtd.xlsx', archive(book(sheet)));
    await expect(read('dtd.xlsx')).rejects.toMatchObject({ code: 'read/file_invalid' });
  });

  test('no archive is unpacked into files', () => {
    expect(() => readFileSync(join(folder.path, '../../etc/cron'))).toThrow();
  });
});
