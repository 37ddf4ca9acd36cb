import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { ColumnType, FileStream } from '../settings.js';

type CellReader = (text: string) => JsonValue | undefined;

/** Undefined where the text does not fit the type. Dates and decimals stay text: it is their exact form (D9). */
const readers: Readonly<Record<ColumnType, CellReader | null>> = {
  text: null,
  date: null,
  datetime: null,
  decimal: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? text : undefined),
  money: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? text : undefined),
  integer: (text) => {
    if (!/^[+-]?\d{1,30}$/.test(text)) return undefined;
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : undefined;
  },
  boolean: (text) => {
    const lower = text.toLowerCase();
    if (['true', '1', 'yes', 'y', 't'].includes(lower)) return true;
    return ['false', '0', 'no', 'n', 'f'].includes(lower) ? false : undefined;
  },
};

/** Names of a header row: never empty, never twice, never a name that could reach a prototype. */
export function columnNames(cells: readonly string[]): string[] {
  const names: string[] = [];
  const used = new Set<string>();
  cells.forEach((cell, index) => {
    const trimmed = cell.trim();
    const base = trimmed === '' || trimmed === '__proto__' ? `column_${index + 1}` : trimmed;
    let name = base;
    for (let number = 2; used.has(name); number += 1) name = `${base}_${number}`;
    used.add(name);
    names.push(name);
  });
  return names;
}

/** Turns the cells of a row into a record; a text is the problem with the row. */
export class ColumnReader {
  readonly #readers: readonly (CellReader | null)[];
  readonly #isText: readonly boolean[];
  readonly #isPlain: boolean;

  constructor(
    readonly names: readonly string[],
    readonly stream: Pick<FileStream, 'columns' | 'emptyIsNull'>,
  ) {
    this.#readers = names.map((name) => readers[stream.columns[name] ?? 'text']);
    this.#isText = names.map((name) => (stream.columns[name] ?? 'text') === 'text');
    this.#isPlain = !stream.emptyIsNull && this.#isText.every(Boolean);
  }

  /** Every cell as it stands; the fast case of a file without types. */
  record(cells: readonly string[], quoted?: readonly boolean[]): JsonObject | string {
    const { names } = this;
    const count = names.length;
    if (cells.length !== count && !this.#isPadded(cells)) {
      return `it has ${cells.length} cells where the header has ${count}`;
    }
    const record: JsonObject = {};
    if (this.#isPlain) {
      for (let index = 0; index < count; index++) record[names[index] as string] = cells[index] as string;
      return record;
    }
    for (let index = 0; index < count; index++) {
      const value = this.#value(index, cells[index] as string, quoted?.[index] === true);
      if (value === undefined)
        return `column \`${names[index]}\` is not ${this.stream.columns[names[index] as string]}`;
      record[names[index] as string] = value;
    }
    return record;
  }

  #value(index: number, cell: string, isQuoted: boolean): JsonValue | undefined {
    const isText = this.#isText[index] === true;
    if (cell === '' && !(isText && (isQuoted || !this.stream.emptyIsNull))) return null;
    const read = this.#readers[index];
    if (read != null) return read(cell.trim());
    return isText ? cell : cell.trim();
  }

  /** Separators after the last column hold nothing that could be lost. */
  #isPadded(cells: readonly string[]): boolean {
    if (cells.length < this.names.length) return false;
    for (let index = this.names.length; index < cells.length; index++) if (cells[index] !== '') return false;
    return true;
  }
}
