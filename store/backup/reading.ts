import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import {
  type BackupEnd,
  type BackupHeader,
  type BackupKey,
  FileSums,
  type FrameType,
  formatVersion,
  frameHead,
  frameHeadBytes,
  invalidFile,
  largestFrame,
  magic,
  type SequencePosition,
  type TablePlace,
  type TableSum,
  TableSums,
} from './format.js';

/** Gets the parts of a backup in their order while it is read. Without one a file is only verified. */
export interface BackupVisitor {
  table(place: TablePlace): Promise<TableSink>;
  sequences(positions: readonly SequencePosition[]): Promise<void>;
}

export interface TableSink {
  write(piece: Buffer): Promise<void>;
  /** Returns how many rows have arrived. */
  end(): Promise<number>;
  /** The file is wrong or cannot be read on. */
  abort(error: unknown): void;
}

export interface ReadBackup {
  readonly header: BackupHeader;
  readonly end: Omit<BackupEnd, 'seal'>;
}

export interface ReadOptions {
  /** Keys that may have sealed it. */
  readonly keys: readonly BackupKey[];
  readonly visitor?: BackupVisitor;
  /** Bytes of the file read so far. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * Reads a backup from its first byte to its last and checks everything: the order of its parts, the sum of each table,
 * the sum and the seal of the whole. Throws `backup/file_invalid`, `backup/wrong_key` or what the visitor threw.
 */
export async function readBackup(path: string, options: ReadOptions): Promise<ReadBackup> {
  const file = await open(path).catch((error: unknown) => {
    throw invalidFile(path, `it cannot be opened (${errorText(error)})`, error);
  });
  const total = (await file.stat()).size;
  const raw = createReadStream('', { fd: file, autoClose: true });
  let read = 0;
  raw.on('data', (chunk) => {
    read += chunk.length;
    options.onProgress?.(read, total);
  });
  const unpacked = createGunzip();
  // Errors of either come out of the reading below.
  pipeline(raw, unpacked, () => undefined);
  const reader = new Reader(path, options);
  try {
    for await (const chunk of unpacked) await reader.take(chunk as Buffer);
    return reader.finish();
  } catch (error) {
    reader.abort(error);
    if (isFailure(error) || !isUnpackError(error)) throw error;
    throw invalidFile(path, `it is cut off or damaged (${errorText(error)})`, error);
  } finally {
    unpacked.destroy();
    raw.destroy();
  }
}

function isUnpackError(error: unknown): boolean {
  return /^(Z_|ERR_STREAM|ERR_ZLIB|EISDIR|EIO)/.test(String((error as { code?: unknown } | null)?.code ?? ''));
}

/** Takes the unpacked bytes in any pieces and understands them frame by frame. */
class Reader {
  #rest: Buffer = Buffer.alloc(0);
  #sums: FileSums | undefined;
  #before: Buffer[] = [];
  #hasMagic = false;
  #header: BackupHeader | undefined;
  #next = 0;
  #open: { readonly place: TablePlace; readonly sums: TableSums; readonly sink: TableSink | undefined } | undefined;
  #hasSequences = false;
  #totals = { tables: 0, rows: 0, bytes: 0 };
  #end: Omit<BackupEnd, 'seal'> | undefined;

  constructor(
    readonly path: string,
    readonly options: ReadOptions,
  ) {}

  async take(chunk: Buffer): Promise<void> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#hasMagic) {
      if (this.#rest.length < magic.length) return;
      if (!this.#rest.subarray(0, magic.length).equals(magic)) throw this.#wrong('it is no backup of Pipewright');
      this.#hasMagic = true;
      this.#sum(magic);
      this.#rest = this.#rest.subarray(magic.length);
    }
    while (this.#rest.length >= frameHeadBytes) {
      if (this.#end !== undefined) throw this.#wrong('something stands behind its end');
      const length = this.#rest.readUInt32BE(1);
      if (length > largestFrame * 16) throw this.#wrong('a part of it is too long');
      if (this.#rest.length < frameHeadBytes + length) return;
      const type = this.#rest.toString('latin1', 0, 1) as FrameType;
      const payload = this.#rest.subarray(frameHeadBytes, frameHeadBytes + length);
      this.#rest = this.#rest.subarray(frameHeadBytes + length);
      await this.#frame(type, payload);
    }
  }

  finish(): ReadBackup {
    if (this.#header === undefined || this.#end === undefined || this.#rest.length > 0) {
      throw this.#wrong('it is cut off');
    }
    return { header: this.#header, end: this.#end };
  }

  abort(error: unknown): void {
    this.#open?.sink?.abort(error);
    this.#open = undefined;
  }

  async #frame(type: FrameType, payload: Buffer): Promise<void> {
    if (type === 'Z') return this.#takeEnd(parseEnd(this.#json(payload)));
    this.#sum(frameHead(type, payload.length));
    this.#sum(payload);
    if (type === 'H') return this.#takeHeader(payload);
    if (this.#header === undefined) throw this.#wrong('it has no header');
    if (type === 'T') return this.#takeTable(this.#header, this.#json(payload));
    if (type === 'D') return this.#takePiece(payload);
    if (type === 'E') return this.#takeTableEnd(this.#json(payload));
    if (type === 'S') return this.#takeSequences(this.#header, this.#json(payload));
    throw this.#wrong('it holds a part that this release does not know');
  }

  #takeHeader(payload: Buffer): void {
    if (this.#header !== undefined) throw this.#wrong('it has two headers');
    const header = parseHeader(this.#json(payload));
    if (header === undefined) throw this.#wrong('its header cannot be understood');
    if (header.format !== formatVersion) throw newerFormat(this.path, header);
    const key = this.options.keys.find((each) => each.id === header.masterKeyId);
    if (key === undefined) throw wrongKey(this.path, header.masterKeyId, this.options.keys);
    this.#header = header;
    this.#sums = new FileSums(key);
    for (const bytes of this.#before) this.#sums.add(bytes);
    this.#before = [];
  }

  async #takeTable(header: BackupHeader, value: JsonValue): Promise<void> {
    const place = header.tables[this.#next];
    const isNext = isJsonObject(value) && value.schema === place?.schema && value.name === place?.name;
    if (place === undefined || !isNext || this.#open !== undefined) throw this.#wrong('its tables are out of order');
    this.#next += 1;
    this.#open = { place, sums: new TableSums(), sink: await this.options.visitor?.table(place) };
  }

  async #takePiece(piece: Buffer): Promise<void> {
    if (this.#open === undefined) throw this.#wrong('rows of it belong to no table');
    this.#open.sums.add(piece);
    await this.#open.sink?.write(piece);
  }

  async #takeTableEnd(value: JsonValue): Promise<void> {
    if (this.#open === undefined) throw this.#wrong('its tables are out of order');
    const { place, sums, sink } = this.#open;
    const [found, said] = [sums.end(), parseSum(value)];
    if (said === undefined || found.sha256 !== said.sha256 || found.rows !== said.rows || found.bytes !== said.bytes) {
      throw this.#wrong(`table \`${place.name}\` of it was altered`);
    }
    this.#open = undefined;
    const arrived = (await sink?.end()) ?? found.rows;
    if (arrived !== found.rows) {
      throw this.#wrong(`of the ${found.rows} rows of table \`${place.name}\` ${arrived} arrived`);
    }
    const { tables, rows, bytes } = this.#totals;
    this.#totals = { tables: tables + 1, rows: rows + found.rows, bytes: bytes + found.bytes };
  }

  async #takeSequences(header: BackupHeader, value: JsonValue): Promise<void> {
    if (this.#open !== undefined || this.#next !== header.tables.length) throw this.#wrong('tables of it are missing');
    const positions = parsePositions(value);
    if (positions === undefined || this.#hasSequences) throw this.#wrong('its positions cannot be understood');
    this.#hasSequences = true;
    await this.options.visitor?.sequences(positions);
  }

  #takeEnd(end: BackupEnd | undefined): void {
    const sums = this.#sums?.end();
    if (end === undefined || sums === undefined || !this.#hasSequences) throw this.#wrong('it is cut off');
    const { tables, rows, bytes } = this.#totals;
    const isWhole =
      end.sha256 === sums.sha256 &&
      end.seal === sums.seal &&
      end.tables === tables &&
      end.rows === rows &&
      end.bytes === bytes;
    if (!isWhole) throw this.#wrong('it was altered');
    this.#end = { tables, rows, bytes, sha256: end.sha256 };
  }

  #sum(bytes: Buffer): void {
    if (this.#sums === undefined) this.#before.push(bytes);
    else this.#sums.add(bytes);
  }

  #json(payload: Buffer): JsonValue {
    try {
      return JSON.parse(payload.toString()) as JsonValue;
    } catch (error) {
      throw invalidFile(this.path, 'a part of it cannot be understood', error);
    }
  }

  #wrong(why: string): Failure {
    return invalidFile(this.path, why);
  }
}

function parseHeader(value: JsonValue): BackupHeader | undefined {
  if (!isJsonObject(value)) return undefined;
  const { format, product, takenAt, migrations, masterKeyId, vaultKeyIds, postgres, tables } = value;
  if (typeof format !== 'number' || typeof product !== 'string' || typeof takenAt !== 'string') return undefined;
  if (typeof masterKeyId !== 'string' || typeof postgres !== 'string') return undefined;
  if (!isTexts(migrations) || !isTexts(vaultKeyIds) || !Array.isArray(tables)) return undefined;
  const places: TablePlace[] = [];
  for (const table of tables) {
    if (!isJsonObject(table) || typeof table.schema !== 'string' || typeof table.name !== 'string') return undefined;
    if (!isTexts(table.columns)) return undefined;
    places.push({ schema: table.schema, name: table.name, columns: table.columns });
  }
  return { format, product, takenAt, migrations, masterKeyId, vaultKeyIds, postgres, tables: places };
}

function parseSum(value: JsonValue): TableSum | undefined {
  if (!isJsonObject(value)) return undefined;
  const { rows, bytes, sha256 } = value;
  if (typeof rows !== 'number' || typeof bytes !== 'number' || typeof sha256 !== 'string') return undefined;
  return { rows, bytes, sha256 };
}

function parseEnd(value: JsonValue): BackupEnd | undefined {
  const sum = parseSum(value);
  const { tables, seal }: JsonObject = isJsonObject(value) ? value : {};
  if (sum === undefined || typeof tables !== 'number' || typeof seal !== 'string') return undefined;
  return { ...sum, tables, seal };
}

function parsePositions(value: JsonValue): SequencePosition[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const positions: SequencePosition[] = [];
  for (const entry of value) {
    if (!isJsonObject(entry) || typeof entry.schema !== 'string' || typeof entry.name !== 'string') return undefined;
    if (entry.last !== null && !(typeof entry.last === 'string' && /^-?\d{1,19}$/.test(entry.last))) return undefined;
    positions.push({ schema: entry.schema, name: entry.name, last: entry.last });
  }
  return positions;
}

function isTexts(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function newerFormat(path: string, header: BackupHeader): Failure {
  return new Failure('backup/newer_release', {
    message: `\`${path}\` has format ${header.format} of release ${header.product}, which this release cannot read.`,
    hint: 'Restore it with that release.',
    details: { product: header.product },
  });
}

function wrongKey(path: string, wanted: string, keys: readonly BackupKey[]): Failure {
  const here = keys.length === 0 ? 'no key is here' : `here is ${keys.map((key) => `\`${key.id}\``).join(' and ')}`;
  return new Failure('backup/wrong_key', {
    message: `\`${path}\` was made under master key \`${wanted}\`, ${here}.`,
    hint: 'Set MASTER_KEY to that key, or put its `master.key` into the data folder; a backup never holds it.',
    details: { masterKeyId: wanted, found: keys.map((key) => key.id) },
  });
}
