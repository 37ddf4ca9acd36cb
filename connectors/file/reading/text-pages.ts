import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { FileStream } from '../settings.js';
import { type ByteSource, innerEncoding, openBytes } from './byte-source.js';
import { ColumnReader } from './columns.js';
import { CsvParser } from './csv.js';
import { isUtf16 } from './encoding.js';
import {
  type Fingerprint,
  fingerprintJson,
  isSameFile,
  moveFingerprint,
  parseFingerprint,
  tailBytes,
  tailOf,
  takeFingerprint,
} from './fingerprint.js';
import { JsonLinesParser, JsonListParser } from './json.js';
import { type Dialect, probeFile } from './probe.js';
import type { Row, RowParser } from './rows.js';

/** How long a file must have rested before a last line that cannot be read counts as broken, not as unfinished. */
const restMs = 10_000;

export interface PageOfRows {
  readonly rows: readonly Row[];
  /** Where to go on; null at the end of the file. */
  readonly next: JsonObject | null;
  /** Where an incremental pass begins next time; null before the end. */
  readonly bookmark: JsonObject | null;
}

/** A file in some format as pages of rows. */
export interface RowPages {
  /** Rows from a cursor on (null: from the first), `limit` of them or fewer at the end. */
  page(cursor: JsonValue, limit: number): Promise<PageOfRows>;
  /** Names of the columns; null where records name their fields themselves. */
  names(): Promise<readonly string[] | null>;
  close(): Promise<void>;
}

/** Where reading stands: the bytes at hand and the source of the next ones. */
interface Place {
  readonly source: ByteSource;
  readonly dialect: Dialect;
  readonly parser: RowParser;
  readonly opened: Fingerprint;
  bytes: Buffer;
  /** Index in `bytes` of the next row. */
  from: number;
  /** Offset in the file of `bytes[0]`. */
  base: number;
  isEnd: boolean;
  /** The cursor that leads here. */
  cursor: string;
}

/** Pages of a text file: CSV, TSV, JSON Lines, JSON. */
export class TextPages implements RowPages {
  #place: Place | null = null;

  constructor(
    readonly path: string,
    readonly stream: FileStream,
    /** Leaves a last line without its end to the next pass, should it not be readable yet. */
    readonly isGrowing: boolean,
  ) {}

  async page(cursor: JsonValue, limit: number): Promise<PageOfRows> {
    const place = await this.#placeAt(cursor);
    const rows: Row[] = [];
    while (rows.length < limit) {
      const before = place.from;
      place.from = place.parser.take(place.bytes, place.from, place.isEnd && !this.isGrowing, limit, rows);
      if (rows.length >= limit || (place.from > before && rows.length > 0 && !isDrained(place))) break;
      if (place.isEnd) return await this.#end(place, limit, rows);
      await fill(place);
    }
    const next = await this.#cursorOf(place, place.base + place.from, place.parser.line);
    place.cursor = JSON.stringify(next);
    return { rows, next, bookmark: null };
  }

  async names(): Promise<readonly string[] | null> {
    if (this.stream.format !== 'csv' && this.stream.format !== 'tsv') return null;
    return (await probeFile(this.path, this.stream, null)).names;
  }

  async close(): Promise<void> {
    const place = this.#place;
    this.#place = null;
    await place?.source.close();
  }

  async #placeAt(cursor: JsonValue): Promise<Place> {
    const open = this.#place;
    if (open !== null && cursor !== null && JSON.stringify(cursor) === open.cursor) return open;
    await this.close();
    this.#place = await this.#open(cursor);
    return this.#place;
  }

  /** A cursor of another file than the one that now has this name begins again at its first record. */
  async #open(cursor: JsonValue): Promise<Place> {
    const at = await this.#usable(cursor);
    const { stream } = this;
    const probe = await probeFile(this.path, stream, at?.dialect ?? null);
    const offset = at?.offset ?? probe.bodyAt;
    const line = at?.line ?? probe.bodyLine;
    const { dialect } = probe;
    const encoding = innerEncoding(dialect.encoding);
    const parser =
      stream.format === 'json'
        ? new JsonListParser(encoding, line, at !== null && at.offset > probe.bodyAt)
        : stream.format === 'jsonl'
          ? new JsonLinesParser(encoding, line)
          : new CsvParser({ ...dialect, encoding }, new ColumnReader(probe.names, stream), line);
    const source = await openBytes(this.path, { isGzip: stream.isGzip, encoding: dialect.encoding }, offset);
    const opened = await takeFingerprint(this.path, null);
    return { source, dialect, parser, opened, bytes: Buffer.alloc(0), from: 0, base: offset, isEnd: false, cursor: '' };
  }

  async #usable(cursor: JsonValue): Promise<TextCursor | null> {
    const parsed = parseCursor(cursor);
    if (parsed === null) return null;
    const fingerprint = parseFingerprint(isJsonObject(cursor) ? cursor.file : undefined);
    return fingerprint !== null && (await isSameFile(this.path, fingerprint)) ? parsed : null;
  }

  /** Everything that has its end was taken; what is left is a last line without one. */
  async #end(place: Place, limit: number, rows: Row[]): Promise<PageOfRows> {
    const settledAt = place.base + place.from;
    const settledLine = place.parser.line;
    let isUnfinished = false;
    if (this.isGrowing && place.from < place.bytes.length) {
      const count = rows.length;
      place.parser.take(place.bytes, place.from, true, limit + 1, rows);
      if (rows.length > count && rows.at(-1)?.problem != null && (await this.#isFresh())) {
        rows.length = count;
        isUnfinished = true;
      }
    }
    const bookmark = await this.#cursorOf(place, settledAt, settledLine);
    await this.close();
    return { rows, next: null, bookmark: isUnfinished ? { ...bookmark, unfinished: true } : bookmark };
  }

  async #isFresh(): Promise<boolean> {
    const { mtimeMs } = await takeFingerprint(this.path, null);
    return Date.now() - mtimeMs < restMs;
  }

  async #cursorOf(place: Place, offset: number, line: number): Promise<JsonObject> {
    const canEnter = !this.stream.isGzip && !isUtf16(place.dialect.encoding);
    const tail = canEnter ? tailOf(place.bytes.subarray(0, offset - place.base), offset) : null;
    const fingerprint = await moveFingerprint(this.path, place.opened, canEnter ? offset : null, tail);
    return { v: 1, offset, line, dialect: { ...place.dialect }, file: fingerprintJson(fingerprint) };
  }
}

interface TextCursor {
  readonly offset: number;
  readonly line: number;
  readonly dialect: Dialect;
}

function parseCursor(value: JsonValue): TextCursor | null {
  if (!isJsonObject(value) || value.v !== 1) return null;
  const { offset, line, dialect } = value;
  if (typeof offset !== 'number' || typeof line !== 'number' || dialect === undefined || !isJsonObject(dialect))
    return null;
  const { encoding, delimiter, lineEnd } = dialect;
  if (typeof encoding !== 'string' || typeof delimiter !== 'string' || typeof lineEnd !== 'number') return null;
  return { offset, line, dialect: { encoding, delimiter, lineEnd } };
}

/** True where what is at hand holds no whole row any more. */
function isDrained(place: Place): boolean {
  return place.bytes.length - place.from < 64 * 1024;
}

async function fill(place: Place): Promise<void> {
  const chunk = await place.source.read();
  if (chunk === null) {
    place.isEnd = true;
    return;
  }
  // The bytes just before the next row stay at hand: cursors tell by them whether the file is still the same.
  const kept = Math.max(0, place.from - tailBytes);
  place.bytes = Buffer.concat([place.bytes.subarray(kept), chunk]);
  place.base += kept;
  place.from -= kept;
}
