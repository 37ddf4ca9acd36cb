import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import type { JsonObject } from '../../core/json.js';
import type { SourceSetup, TargetSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import connector from './connector.js';
import { pageSize } from './reading/reader.js';
import { TestFolder } from './testing.js';

type Format = 'csv' | 'jsonl' | 'xlsx';

const appendOnly = 'lines are only added to a file, never looked up or changed';
const byPosition = 'a file is read by position, there are no cursor values to be equal';
const notSupported = {
  'deletions are seen by reading': 'a line that is gone from a file leaves no trace',
  'equal cursor values over a page edge lose nothing': byPosition,
  'an upsert gives one outcome per change, in order': `${appendOnly}: a later state is another line`,
  'an update gives one outcome per change, in order': appendOnly,
  'a deletion gives one outcome per change, in order': appendOnly,
  'records are found by own id': appendOnly,
  'records are found by natural fields': appendOnly,
  'records are read by key': appendOnly,
} as const;

const notIncremental = {
  'an incremental read gives exactly what changed': 'a workbook is one archive: nothing can be added to its end',
  'an idle look is cheap and truthful': 'asked of incremental reads, which a workbook does not have',
} as const;

const takesAll = { 'bad rows are refused one by one': 'JSON holds every value: nothing is ever refused' } as const;

function setup(format: Format) {
  return async () => {
    const folder = new TestFolder();
    const columns = { sum: 'decimal', day: 'date', at: 'datetime' };
    const settings: JsonObject = {
      streams: {
        source: { path: `source.${format}`, empty: 'null' },
        target: { path: `target.${format}`, columns, ...(format === 'csv' && { encoding: 'utf-8' }) },
      },
    };
    return {
      connector,
      settings,
      open: () => connector.open(folder.context(settings)),
      openBroken: () => connector.open(folder.context({ streams: { source: { path: 'missing.csv' } } })),
      secrets: [],
      source: sourceIn(folder, format),
      target: targetIn(folder, format),
      modes: ['insert'] as const,
      dispose: async () => folder.drop(),
    };
  };
}

function sourceIn(folder: TestFolder, format: Format): SourceSetup {
  const path = join(folder.path, `source.${format}`);
  const recordOf = (id: number): JsonObject => ({ id: String(id), name: `name, "${id}"` });
  const line = (id: number): string =>
    format === 'csv' ? `${id},"name, ""${id}"""\r\n` : `${JSON.stringify(recordOf(id))}\n`;
  const add = async (ids: readonly number[]): Promise<void> => appendFileSync(path, ids.map(line).join(''));
  return {
    stream: 'source',
    key: ['id'],
    cursorFields: null,
    findField: 'name',
    pageSize,
    reset: async (count) => {
      const ids = Array.from({ length: count }, (_, index) => index + 1);
      if (format !== 'xlsx') {
        folder.write(`source.${format}`, format === 'csv' ? 'id,name\r\n' : '');
        await add(ids);
        return;
      }
      const book = new ExcelJS.Workbook();
      const sheet = book.addWorksheet('Sheet1');
      sheet.addRow(['id', 'name']);
      for (const id of ids) sheet.addRow(Object.values(recordOf(id)));
      await book.xlsx.writeFile(path);
    },
    add,
    // What changes in a log is told by another line.
    change: add,
    remove: async () => undefined,
    idOf: (record) => Number(record.id),
    findValue: (id) => `name, "${id}"`,
  };
}

function targetIn(folder: TestFolder, format: Format): TargetSetup {
  const path = join(folder.path, `target.${format}`);
  return {
    stream: 'target',
    matchOn: [],
    reset: async () => {
      rmSync(path, { force: true });
      rmSync(join(folder.path, `.target.${format}.pipewright`), { force: true });
    },
    fields: (id, version = 1) => ({
      id: `id ${id}`,
      name: `name ${version}`,
      sum: format === 'xlsx' ? 1 : '1',
      day: '2025-01-01',
      at: '2025-01-01T00:00:00Z',
    }),
    truth: () => truths[format](path),
    bad: (id) => ({
      fields: { id: `id ${id}`, name: format === 'csv' ? 'half \ud83d' : 'x'.repeat(40_000) },
      words: format === 'csv' ? 'half of a character' : 'a cell of a workbook takes 32767',
    }),
    edgeField: (kind) => ({ text: 'name', decimal: 'sum', date: 'day', datetime: 'at' })[kind],
    isSame: (kind, written, held) => {
      // A number cell keeps the value of a decimal, not its zeros.
      if (kind === 'decimal' && typeof held === 'number') return Number(written) === held;
      // The other library shows a cell of empty text as no cell; our own reader is asked in workbook.test.ts.
      if (format === 'xlsx' && written === '') return held === null;
      return held === written;
    },
  };
}

/** Other programs' views of the same files; missing means empty. */
const truths: Readonly<Record<Format, (path: string) => Promise<JsonObject[]>>> = {
  csv: async (path) =>
    parse(textOf(path), {
      columns: true,
      record_delimiter: '\r\n',
      cast: (value, { quoting, header }) => (value === '' && !quoting && !header ? null : value),
    }),
  jsonl: async (path) =>
    textOf(path)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  xlsx: async (path) => {
    if (textOf(path) === '') return [];
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const rows: JsonObject[] = [];
    let names: unknown[] = [];
    book.getWorksheet('Sheet1')?.eachRow((row, number) => {
      const cells = row.values as unknown[];
      if (number === 1) names = cells;
      else rows.push(Object.fromEntries(names.slice(1).map((name, index) => [String(name), cellOf(cells[index + 1])])));
    });
    return rows;
  },
};

function cellOf(value: unknown): string | number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  // Excel shows these as the characters they stand for; this library does not.
  return value.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describeConformance('file (CSV)', setup('csv'), notSupported);
describeConformance('file (JSON Lines)', setup('jsonl'), { ...notSupported, ...takesAll });
describeConformance('file (XLSX)', setup('xlsx'), { ...notSupported, ...notIncremental });
