import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonValue } from '../../../core/json.js';
import { parseExactJson } from '../../kit/exact-json.js';
import { decoderOf, utf8 } from './encoding.js';
import { maxPageBytes, maxRowBytes, newline, type Row, type RowParser, refusedRow } from './rows.js';

/** Reads one JSON object per line. */
export class JsonLinesParser implements RowParser {
  line: number;
  readonly #decode: (bytes: Buffer) => string;

  constructor(
    readonly encoding: string,
    line: number,
  ) {
    this.line = line;
    this.#decode = decoderOf(encoding);
  }

  take(bytes: Buffer, from: number, isEnd: boolean, limit: number, rows: Row[]): number {
    let at = from;
    while (rows.length < limit && at < bytes.length && (at - from < maxPageBytes || rows.length === 0)) {
      const end = bytes.indexOf(newline, at);
      if (end === -1 && !isEnd) {
        if (bytes.length - at < maxRowBytes) break;
        throw new RangeError(`line ${this.line} is longer than ${maxRowBytes} bytes`);
      }
      const next = end === -1 ? bytes.length : end + 1;
      const row = this.#rowOf(bytes.subarray(at, end === -1 ? next : end));
      if (row !== null) rows.push(row);
      this.line += 1;
      at = next;
    }
    return at;
  }

  #rowOf(bytes: Buffer): Row | null {
    if (this.encoding === utf8 && !isUtf8(bytes)) {
      return refusedRow(this.line, bytes.toString('latin1'), 'it is not valid UTF-8');
    }
    const text = this.#decode(bytes).trim();
    return text === '' ? null : jsonRow(this.line, text);
  }
}

function jsonRow(line: number, text: string): Row {
  let value: JsonValue;
  try {
    value = parseExactJson(text);
  } catch {
    return refusedRow(line, text, 'it is not JSON');
  }
  if (!isJsonObject(value)) return refusedRow(line, text, 'it is JSON, but not an object');
  return { line, record: value, text, problem: null };
}

const space = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Reads the elements of one list, or a single object, without holding the whole file. */
export class JsonListParser implements RowParser {
  line: number;
  readonly #decode: (bytes: Buffer) => string;
  #state: 'start' | 'element' | 'behind' | 'end';

  constructor(
    readonly encoding: string,
    line: number,
    isInside: boolean,
  ) {
    this.line = line;
    this.#decode = decoderOf(encoding);
    this.#state = isInside ? 'element' : 'start';
  }

  take(bytes: Buffer, from: number, isEnd: boolean, limit: number, rows: Row[]): number {
    let at = from;
    while (rows.length < limit && (at - from < maxPageBytes || rows.length === 0)) {
      at = this.#skipSpace(bytes, at);
      if (at >= bytes.length) {
        if (isEnd && (this.#state === 'element' || this.#state === 'behind'))
          throw this.#broken('it ends inside its list');
        return at;
      }
      const byte = bytes[at];
      if (this.#state === 'start') {
        if (byte === 0x5b) at += 1;
        else if (byte !== 0x7b) throw this.#broken('it is neither a list nor an object');
        this.#state = 'element';
        if (byte === 0x5b) continue;
        const end = endOfValue(bytes, at);
        if (end === null) return this.#wait(bytes, at, isEnd, 'start');
        this.#push(bytes, at, end, rows);
        this.#state = 'end';
        at = end;
      } else if (this.#state === 'element') {
        if (byte === 0x5d) {
          this.#state = 'end';
          at += 1;
          continue;
        }
        const end = endOfValue(bytes, at);
        if (end === null) return this.#wait(bytes, at, isEnd, 'element');
        // Ends at its comma, so that a cursor behind this element stands in front of the next one.
        const behind = this.#skipSpaceQuietly(bytes, end);
        if (behind >= bytes.length && !isEnd) return at;
        this.#push(bytes, at, end, rows);
        at = this.#skipSpace(bytes, end);
        this.#state = 'behind';
        if (bytes[at] === 0x2c) {
          at += 1;
          this.#state = 'element';
        }
      } else if (this.#state === 'behind') {
        if (byte !== 0x5d) throw this.#broken('two of its elements stand without a comma between them');
        this.#state = 'end';
        at += 1;
      } else throw this.#broken('something stands behind its end');
    }
    return at;
  }

  #push(bytes: Buffer, from: number, to: number, rows: Row[]): void {
    const raw = bytes.subarray(from, to);
    rows.push(
      this.encoding === utf8 && !isUtf8(raw)
        ? refusedRow(this.line, raw.toString('latin1'), 'it is not valid UTF-8')
        : jsonRow(this.line, this.#decode(raw)),
    );
    for (let at = bytes.indexOf(newline, from); at !== -1 && at < to; at = bytes.indexOf(newline, at + 1))
      this.line += 1;
  }

  #wait(bytes: Buffer, at: number, isEnd: boolean, state: 'start' | 'element'): number {
    if (isEnd) throw this.#broken('it ends inside a record');
    if (bytes.length - at > 4 * maxRowBytes)
      throw this.#broken(`a record in it is longer than ${4 * maxRowBytes} bytes`);
    this.#state = state;
    return at;
  }

  #skipSpace(bytes: Buffer, from: number): number {
    let at = from;
    for (; at < bytes.length && space.has(bytes[at] as number); at += 1) if (bytes[at] === newline) this.line += 1;
    return at;
  }

  #skipSpaceQuietly(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && space.has(bytes[at] as number)) at += 1;
    return at;
  }

  #broken(what: string): RangeError {
    return new RangeError(`${what} (line ${this.line})`);
  }
}

/** Where the value that begins at `from` ends; null where that cannot be told yet. */
function endOfValue(bytes: Buffer, from: number): number | null {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case 0x22: {
        const close = endOfText(bytes, at + 1);
        if (close === -1) return null;
        at = close;
        if (depth === 0) return at + 1;
        break;
      }
      case 0x7b:
      case 0x5b:
        depth += 1;
        break;
      case 0x7d:
      case 0x5d:
        if (depth === 0) return at;
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case 0x2c:
        if (depth === 0) return at;
        break;
    }
  }
  return null;
}

function endOfText(bytes: Buffer, from: number): number {
  for (let at = from; ; ) {
    const close = bytes.indexOf(0x22, at);
    if (close === -1) return -1;
    let slashes = 0;
    while (bytes[close - 1 - slashes] === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return close;
    at = close + 1;
  }
}
