import Big from 'big.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { FileStream } from '../settings.js';
import { columnNames } from './columns.js';
import { fingerprintJson, isSameFile, parseFingerprint, takeFingerprint } from './fingerprint.js';
import { type Row, refusedRow } from './rows.js';
import type { PageOfRows, RowPages } from './text-pages.js';
import { dateText, readWorkbook, type Workbook } from './workbook.js';
import { attribute, unescapeCell, XmlReader } from './xml.js';
import { ZipArchive } from './zip.js';

type Cell = string | number | boolean | null;
interface SheetRow {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** An open sheet: its rows come in order, one archive entry read once. */
interface Sheet {
  readonly archive: ZipArchive;
  readonly rows: AsyncGenerator<SheetRow>;
  readonly names: readonly string[];
  pending: SheetRow | null;
  cursor: string;
}

/** Pages of one sheet of a workbook. A cursor counts rows, so going on in another process reads over the former ones. */
export class WorkbookPages implements RowPages {
  #sheet: Sheet | null = null;

  constructor(
    readonly path: string,
    readonly stream: FileStream,
  ) {}

  async page(cursor: JsonValue, limit: number): Promise<PageOfRows> {
    const sheet = await this.#sheetAt(cursor);
    const rows: Row[] = [];
    while (rows.length < limit) {
      const row = await nextRow(sheet);
      if (row === null) {
        const bookmark = await this.#cursorAfter(Number.MAX_SAFE_INTEGER);
        await this.close();
        return { rows, next: null, bookmark };
      }
      rows.push(this.#rowOf(row, sheet.names));
    }
    const next = await this.#cursorAfter(rows.at(-1)?.line ?? 0);
    sheet.cursor = JSON.stringify(next);
    return { rows, next, bookmark: null };
  }

  async names(): Promise<readonly string[]> {
    const sheet = await this.#open(0);
    await closeSheet(sheet);
    return sheet.names;
  }

  async close(): Promise<void> {
    const sheet = this.#sheet;
    this.#sheet = null;
    if (sheet !== null) await closeSheet(sheet);
  }

  async #sheetAt(cursor: JsonValue): Promise<Sheet> {
    if (this.#sheet !== null && cursor !== null && JSON.stringify(cursor) === this.#sheet.cursor) return this.#sheet;
    await this.close();
    this.#sheet = await this.#open(await this.#usable(cursor));
    return this.#sheet;
  }

  async #usable(cursor: JsonValue): Promise<number> {
    if (!isJsonObject(cursor) || typeof cursor.row !== 'number') return 0;
    const fingerprint = parseFingerprint(cursor.file);
    return fingerprint !== null && (await isSameFile(this.path, fingerprint)) ? cursor.row : 0;
  }

  async #open(after: number): Promise<Sheet> {
    const archive = await ZipArchive.open(this.path, this.stream.path);
    try {
      const workbook = await readWorkbook(archive, this.stream.sheet);
      const rows = readRows(archive, workbook);
      const first = (await rows.next()).value ?? null;
      const sheet: Sheet = { archive, rows, names: this.#names(first), pending: null, cursor: '' };
      sheet.pending = this.stream.hasHeader ? null : first;
      while (after > 0) {
        const row = await nextRow(sheet);
        if (row === null) break;
        if (row.number > after) {
          sheet.pending = row;
          break;
        }
      }
      return sheet;
    } catch (error) {
      await archive.close();
      throw error;
    }
  }

  #names(first: SheetRow | null): readonly string[] {
    if (first === null) return [];
    if (this.stream.hasHeader) return columnNames(first.cells.map((cell) => (cell === null ? '' : String(cell))));
    const named = Object.keys(this.stream.columns);
    return named.length > 0 ? named : first.cells.map((_, index) => `column_${index + 1}`);
  }

  #rowOf({ number, cells }: SheetRow, names: readonly string[]): Row {
    const text = JSON.stringify(cells);
    for (let index = names.length; index < cells.length; index += 1) {
      if (cells[index] !== null)
        return refusedRow(number, text, `it has ${cells.length} cells where the header has ${names.length}`);
    }
    const record: JsonObject = {};
    for (const [index, name] of names.entries()) record[name] = this.#typed(name, cells[index] ?? null);
    return { line: number, record, text, problem: null };
  }

  /** A number in a column that is declared as text, or as decimal, keeps its digits as text. */
  #typed(name: string, cell: Cell): JsonValue {
    const type = this.stream.columns[name];
    if (typeof cell === 'number' && type !== undefined && type !== 'integer') return new Big(cell).toFixed();
    return cell;
  }

  async #cursorAfter(row: number): Promise<JsonObject> {
    return { v: 1, row, file: fingerprintJson(await takeFingerprint(this.path, null)) };
  }
}

async function nextRow(sheet: Sheet): Promise<SheetRow | null> {
  if (sheet.pending !== null) {
    const row = sheet.pending;
    sheet.pending = null;
    return row;
  }
  const { done, value } = await sheet.rows.next();
  return done === true ? null : value;
}

async function closeSheet(sheet: Sheet): Promise<void> {
  await sheet.rows.return(undefined).catch(() => undefined);
  await sheet.archive.close();
}

/** The rows of a sheet that hold anything. */
async function* readRows(archive: ZipArchive, workbook: Workbook): AsyncGenerator<SheetRow> {
  const listener = new RowListener(workbook);
  const reader = new XmlReader(listener);
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of archive.read(workbook.sheet)) {
    reader.push(decoder.decode(chunk, { stream: true }));
    const ready = listener.ready;
    if (ready.length === 0) continue;
    listener.ready = [];
    yield* ready;
  }
}

class RowListener {
  ready: SheetRow[] = [];
  #number = 0;
  #cells: Cell[] = [];
  #column = 0;
  #type = '';
  #style = 0;
  #value = '';
  #isValue = false;

  constructor(readonly workbook: Workbook) {}

  open(name: string, attributes: string): void {
    if (name === 'row') {
      this.#number = Number(attribute(attributes, 'r') ?? this.#number + 1);
      this.#cells = [];
      this.#column = 0;
    } else if (name === 'c') {
      const place = attribute(attributes, 'r');
      if (place !== null) this.#column = columnOf(place);
      this.#type = attribute(attributes, 't') ?? 'n';
      this.#style = Number(attribute(attributes, 's') ?? 0);
      this.#value = '';
    } else if (name === 'v' || name === 't') this.#isValue = true;
  }

  text(text: string): void {
    if (this.#isValue) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false;
    else if (name === 'c') {
      const cell = this.#cell();
      while (this.#cells.length < this.#column) this.#cells.push(null);
      this.#cells[this.#column] = cell;
      this.#column += 1;
    } else if (name === 'row' && this.#cells.some((cell) => cell !== null)) {
      this.ready.push({ number: this.#number, cells: this.#cells });
    }
  }

  #cell(): Cell {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.workbook.sharedTexts[Number(value)] ?? null;
      case 'inlineStr':
      case 'str':
        return unescapeCell(value);
      case 'b':
        return value === '1' || value === 'true';
      case 'e':
      case 'd':
        return value;
      default: {
        if (value === '') return null;
        const number = Number(value);
        if (this.workbook.isDateStyle[this.#style] === true)
          return dateText(number, this.workbook.isFrom1904) ?? number;
        return Number.isFinite(number) ? number : value;
      }
    }
  }
}

function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const code = place.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  if (column > 16_384) throw new RangeError('a cell in it lies outside of any sheet');
  return Math.max(0, column - 1);
}
