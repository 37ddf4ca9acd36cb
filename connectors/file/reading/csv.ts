import { isUtf8 } from 'node:buffer';
import type { ColumnReader } from './columns.js';
import { decoderOf, utf8 } from './encoding.js';
import { carriageReturn, maxPageBytes, maxRowBytes, newline, type Row, type RowParser, refusedRow } from './rows.js';

const quote = 0x22;

export interface CsvShape {
  readonly encoding: string;
  readonly delimiter: string;
  /** 0x0D for files of old machines that know no line feed. */
  readonly lineEnd: number;
}

/** Cells of one row; `quoted` tells which of them stood in quotes. */
export interface Cells {
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
}

/**
 * Reads rows of delimited text. Lines without a quote are cut and decoded many at a time; a line with one is walked
 * byte by byte. A torn row (a quote that never closes, text behind a closing quote) costs its own line and no other.
 */
export class CsvParser implements RowParser {
  line: number;
  readonly #decode: (bytes: Buffer) => string;
  readonly #endText: string;

  constructor(
    readonly shape: CsvShape,
    readonly columns: ColumnReader,
    line: number,
  ) {
    this.line = line;
    this.#decode = decoderOf(shape.encoding);
    this.#endText = String.fromCharCode(shape.lineEnd);
  }

  take(bytes: Buffer, from: number, isEnd: boolean, limit: number, rows: Row[]): number {
    const mostAt = from + maxPageBytes;
    let at = from;
    let nextQuote = bytes.indexOf(quote, at);
    while (rows.length < limit && at < bytes.length && (at < mostAt || rows.length === 0)) {
      if (nextQuote !== -1 && nextQuote < at) nextQuote = bytes.indexOf(quote, at);
      const runEnd = this.#endOfRun(bytes, at, nextQuote === -1 ? bytes.length : nextQuote, isEnd, limit - rows.length);
      if (runEnd > at) {
        this.#takeRun(bytes.subarray(at, runEnd), rows);
        at = runEnd;
        continue;
      }
      const next = this.#takeQuoted(bytes, at, isEnd, rows);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  /** Where the whole lines before `stop` end, at most `limit` of them. */
  #endOfRun(bytes: Buffer, from: number, stop: number, isEnd: boolean, limit: number): number {
    let at = from;
    for (let count = 0; count < limit; count += 1) {
      const end = bytes.indexOf(this.shape.lineEnd, at);
      if (end === -1 || end >= stop) return isEnd && end === -1 && stop === bytes.length ? bytes.length : at;
      at = end + 1;
      if (at - from > maxPageBytes) return at;
    }
    return at;
  }

  #takeRun(bytes: Buffer, rows: Row[]): void {
    if (this.shape.encoding === utf8 && !isUtf8(bytes)) {
      this.#takeDoubtful(bytes, rows);
      return;
    }
    const lines = this.#decode(bytes).split(this.#endText);
    const count = lines[lines.length - 1] === '' ? lines.length - 1 : lines.length;
    const { delimiter } = this.shape;
    for (let index = 0; index < count; index++) {
      let text = lines[index] as string;
      if (text.charCodeAt(text.length - 1) === carriageReturn) text = text.slice(0, -1);
      this.#add(rows, text, text.split(delimiter), undefined);
      this.line += 1;
    }
  }

  /** Lines of which at least one is not the UTF-8 it should be. */
  #takeDoubtful(bytes: Buffer, rows: Row[]): void {
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(this.shape.lineEnd, at);
      const next = end === -1 ? bytes.length : end + 1;
      const line = bytes.subarray(at, next);
      if (isUtf8(line)) this.#takeRun(line, rows);
      else this.#refuse(rows, line, 'it is not valid UTF-8');
      at = next;
    }
  }

  #add(rows: Row[], text: string, cells: readonly string[], quoted: readonly boolean[] | undefined): void {
    if (text === '' && this.columns.names.length > 1) return;
    const record = this.columns.record(cells, quoted);
    if (typeof record === 'string') rows.push(refusedRow(this.line, text, record));
    else rows.push({ line: this.line, record, text, problem: null });
  }

  #takeQuoted(bytes: Buffer, from: number, isEnd: boolean, rows: Row[]): number {
    const walk = walkRow(bytes, from, this.shape);
    if (walk.state === 'open' && !isEnd && bytes.length - from < maxRowBytes) return from;
    if (walk.state !== 'row') {
      const lineEnd = bytes.indexOf(this.shape.lineEnd, from);
      const next = lineEnd === -1 ? bytes.length : lineEnd + 1;
      this.#refuse(
        rows,
        bytes.subarray(from, next),
        walk.state === 'open' ? 'a quote in it never closes' : 'text stands behind a closing quote',
      );
      return next;
    }
    if (walk.end === bytes.length && !walk.hasLineEnd && !isEnd) return from;
    const whole = bytes.subarray(from, walk.end);
    if (this.shape.encoding === utf8 && !isUtf8(whole)) {
      this.#refuse(rows, whole, 'it is not valid UTF-8');
      this.line += walk.lines - 1;
      return walk.end;
    }
    const text = trimLineEnd(this.#decode(whole), this.#endText);
    const { cells, quoted } = splitCells(text, this.shape.delimiter);
    this.#add(rows, text, cells, quoted);
    this.line += walk.lines;
    return walk.end;
  }

  #refuse(rows: Row[], bytes: Buffer, problem: string): void {
    rows.push(refusedRow(this.line, trimLineEnd(bytes.toString('latin1'), this.#endText), problem));
    this.line += 1;
  }
}

export type Walk =
  | { readonly state: 'row'; readonly end: number; readonly lines: number; readonly hasLineEnd: boolean }
  | { readonly state: 'open' | 'torn' };

/** Finds the end of the row that begins at `from`; `torn` and `open` rows break the rules of quoting. */
export function walkRow(bytes: Buffer, from: number, shape: Pick<CsvShape, 'delimiter' | 'lineEnd'>): Walk {
  const { lineEnd } = shape;
  const delimiter = shape.delimiter.charCodeAt(0);
  const stop = Math.min(bytes.length, from + maxRowBytes);
  let lines = 1;
  let at = from;
  for (;;) {
    // At the start of a cell.
    if (bytes[at] === quote) {
      at += 1;
      for (;;) {
        const close = bytes.indexOf(quote, at);
        if (close === -1 || close >= stop) return { state: 'open' };
        lines += countOf(bytes, lineEnd, at, close);
        at = close + 1;
        if (bytes[at] !== quote) break;
        at += 1;
      }
      if (at >= bytes.length) return { state: 'row', end: at, lines, hasLineEnd: false };
      const isBeforeEnd = bytes[at] === carriageReturn && bytes[at + 1] === lineEnd;
      if (bytes[at] !== delimiter && bytes[at] !== lineEnd && !isBeforeEnd) {
        // A lone carriage return at the edge of what was read may still be followed by its line feed.
        if (bytes[at] === carriageReturn && at + 1 >= bytes.length)
          return { state: 'row', end: bytes.length, lines, hasLineEnd: false };
        return { state: 'torn' };
      }
    }
    while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== lineEnd) at += 1;
    if (at >= bytes.length) return { state: 'row', end: at, lines, hasLineEnd: false };
    if (bytes[at] === lineEnd) return { state: 'row', end: at + 1, lines, hasLineEnd: true };
    at += 1;
  }
}

function countOf(bytes: Buffer, byte: number, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte, from); at !== -1 && at < to; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}

export function trimLineEnd(text: string, end: string): string {
  let length = text.length;
  if (text.endsWith(end)) length -= 1;
  if (end === '\n' && text.charCodeAt(length - 1) === carriageReturn) length -= 1;
  return text.slice(0, length);
}

/** Cells of a well-formed row. */
export function splitCells(text: string, delimiter: string): Cells {
  const cells: string[] = [];
  const quoted: boolean[] = [];
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      let cell = '';
      let start = at + 1;
      for (;;) {
        const close = text.indexOf('"', start);
        const isDoubled = text.charCodeAt(close + 1) === quote;
        cell += text.slice(start, isDoubled ? close + 1 : close);
        start = close + 2;
        if (!isDoubled) {
          at = close + 1;
          break;
        }
      }
      cells.push(cell);
      quoted.push(true);
    } else {
      const end = text.indexOf(delimiter, at);
      cells.push(end === -1 ? text.slice(at) : text.slice(at, end));
      quoted.push(false);
      at = end === -1 ? text.length : end;
    }
    if (at >= text.length) return { cells, quoted };
    at += 1;
  }
}

/** The separator that stands in all sampled lines alike; a comma where none does. */
export function detectDelimiter(sample: string): string {
  const lines = sample
    .replace(/"(?:[^"]|"")*"/g, '""')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .slice(0, 20);
  let winner = ',';
  let most = 0;
  for (const candidate of [',', ';', '\t', '|']) {
    const counts = lines.map((line) => line.split(candidate).length - 1);
    const first = counts[0] ?? 0;
    if (first === 0) continue;
    const alike = counts.filter((count) => count === first).length / counts.length;
    const score = alike * 1_000 + first;
    if (score > most) {
      most = score;
      winner = candidate;
    }
  }
  return winner;
}

export function detectLineEnd(sample: Buffer): number {
  return sample.includes(newline) || !sample.includes(carriageReturn) ? newline : carriageReturn;
}
