import { gzipSync } from 'node:zlib';
import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import type { Change, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../../kit/contract.js';
import { guarded } from '../reading/reader.js';
import type { FileStream } from '../settings.js';
import { type LineEncoder, lineEncoder, RefusedValue } from './encoders.js';
import { type Confirmed, TargetFile } from './target-file.js';
import { type TextBytes, textBytes } from './text-bytes.js';
import {
  emptySheet,
  headerXml,
  maxSheetRows,
  rowXml,
  type SheetState,
  sheetOpening,
  WorkbookFile,
} from './workbook.js';

/** How far a file was written and confirmed; stored as the target's position. */
interface FilePosition extends Confirmed {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly sheet: SheetState | null;
}

/** A record as the text of its row, or why it cannot be one. */
type Encoded = string | { readonly refused: string };

interface Batch {
  readonly rows: readonly Encoded[];
  /** The rows behind one another. */
  readonly text: string;
  readonly count: number;
}

/**
 * Appends records to one file, batch by batch. A batch is durable before its position is told; whatever stands behind
 * the confirmed position is cut off when the file is opened again, so a repeated batch is written once.
 */
export class FileWriter implements Writer {
  #position: FilePosition | null;
  #file: TargetFile | null = null;
  readonly #shape: FileShape;

  constructor(
    readonly path: string,
    readonly stream: FileStream,
    readonly request: WriteRequest,
  ) {
    this.#position = parsePosition(request.position);
    this.#shape = stream.format === 'xlsx' ? new WorkbookShape(stream) : new TextShape(stream);
  }

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    options.signal.throwIfAborted();
    return guarded(this.stream, () => this.#write(changes, options));
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #write(changes: readonly Change[], { beforeSend, signal }: SendOptions): Promise<WriteResult> {
    const file = await this.#opened();
    const before = this.#position;
    const columns = this.#columns(before);
    const { rows, text, count } = this.#shape.encode(changes, columns, (before?.rows ?? 0) + 1);
    signal.throwIfAborted();
    if (count > 0) {
      const piece = this.#shape.piece(text, before, columns);
      await file.write(piece.bytes, piece.tail, before?.offset ?? 0, beforeSend);
      const offset = (before?.offset ?? 0) + piece.bytes.length;
      this.#position = {
        offset,
        tail: await file.hashTail(piece.bytes, offset),
        rows: (before?.rows ?? 0) + count,
        columns,
        sheet: piece.sheet,
      };
    }
    return {
      outcomes: this.#outcomes(changes, rows, before?.rows ?? 0),
      ...(this.#position !== null && { position: positionJson(this.#position) }),
    };
  }

  async #opened(): Promise<TargetFile> {
    if (this.#file !== null) return this.#file;
    this.#file = await TargetFile.open(this.path, this.stream, this.#position, this.request.owner ?? '');
    // A file that was moved away (rotated) is begun anew, with its header.
    if (!this.#file.isContinued) this.#position = null;
    return this.#file;
  }

  /** The columns of a file stay as they were begun; a field that has none there would be lost. */
  #columns(position: FilePosition | null): readonly string[] {
    if (position === null || position.columns.length === 0) return this.request.fields;
    const missing = this.request.fields.filter((field) => !position.columns.includes(field));
    if (missing.length === 0 || this.stream.format === 'jsonl') return position.columns;
    throw new Failure('write/file_changed', {
      message: `The file \`${this.stream.path}\` was begun without the columns ${missing.map((name) => `\`${name}\``).join(', ')}.`,
      hint: 'Move the file away and run again: a new one is begun with all columns.',
    });
  }

  #outcomes(changes: readonly Change[], encoded: readonly Encoded[], rowsBefore: number): Outcome[] {
    let row = rowsBefore;
    return changes.map((change, index) => {
      const each = encoded[index];
      if (typeof each !== 'string') {
        return { state: 'refused', failure: this.#refusal(each?.refused ?? 'nothing became of it') };
      }
      row += 1;
      return { state: 'written', targetKey: `${this.stream.name}#${row}`, created: change.operation !== 'update' };
    });
  }

  #refusal(why: string): Failure {
    return new Failure('write/record_refused', {
      message: `This record cannot be written to \`${this.stream.path}\` as it is: ${why}.`,
      hint: 'Change the value in the mapping or at the source, or choose another format or encoding.',
      where: { stream: this.stream.name },
    });
  }
}

/** What differs between text files and workbooks. */
interface FileShape {
  encode(changes: readonly Change[], columns: readonly string[], firstRow: number): Batch;
  /** The bytes of a batch, and what must stand behind them for the file to be whole. */
  piece(
    text: string,
    before: FilePosition | null,
    columns: readonly string[],
  ): { readonly bytes: Buffer; readonly tail: Buffer; readonly sheet: SheetState | null };
}

const nothing = Buffer.alloc(0);

class TextShape implements FileShape {
  readonly #bytes: TextBytes;
  #encoder: LineEncoder | null = null;

  constructor(readonly stream: FileStream) {
    this.#bytes = textBytes(stream);
  }

  encode(changes: readonly Change[], columns: readonly string[]): Batch {
    this.#encoder ??= lineEncoder(this.stream, columns);
    const encoder = this.#encoder;
    const rows = changes.map((change) => refusing(change, () => encoder.line(change.fields)));
    const batch = batchOf(rows);
    if (this.#bytes.isGood(batch.text)) return batch;
    return batchOf(
      rows.map((row, index) => {
        if (typeof row !== 'string') return row;
        return refusing(changes[index] as Change, () => {
          this.#bytes.check(row);
          return row;
        });
      }),
    );
  }

  piece(text: string, before: FilePosition | null, columns: readonly string[]) {
    const isFirst = before === null || before.offset === 0;
    const encoder = this.#encoder ?? lineEncoder(this.stream, columns);
    const plain = isFirst
      ? Buffer.concat([this.#bytes.mark, this.#bytes.encode(encoder.header + text)])
      : this.#bytes.encode(text);
    // Each batch is a gzip member of its own; members behind one another are one file.
    return { bytes: this.stream.isGzip ? gzipSync(plain) : plain, tail: nothing, sheet: null };
  }
}

class WorkbookShape implements FileShape {
  readonly #workbook: WorkbookFile;

  constructor(readonly stream: FileStream) {
    this.#workbook = new WorkbookFile(stream.sheet ?? 'Sheet1');
  }

  encode(changes: readonly Change[], columns: readonly string[], firstRow: number): Batch {
    let row = firstRow + (this.stream.hasHeader ? 1 : 0);
    return batchOf(
      changes.map((change) => {
        if (row > maxSheetRows) return { refused: `its sheet is full (${maxSheetRows} rows)` };
        const encoded = refusing(change, () => rowXml(row, columns, this.stream.columns, change.fields));
        if (typeof encoded === 'string') row += 1;
        return encoded;
      }),
    );
  }

  piece(text: string, before: FilePosition | null, columns: readonly string[]) {
    const state = before?.sheet ?? null;
    const opening = state === null ? sheetOpening + (this.stream.hasHeader ? headerXml(columns) : '') : '';
    const { bytes, state: sheet } = this.#workbook.piece(opening + text, state ?? emptySheet);
    const whole = state === null ? Buffer.concat([this.#workbook.head, bytes]) : bytes;
    return { bytes: whole, tail: this.#workbook.tail(sheet), sheet };
  }
}

function batchOf(rows: readonly Encoded[]): Batch {
  let text = '';
  let count = 0;
  for (const row of rows) {
    if (typeof row !== 'string') continue;
    text += row;
    count += 1;
  }
  return { rows, text, count };
}

function refusing(change: Change, encode: () => string): Encoded {
  if (change.operation === 'delete') return { refused: 'lines are only added to a file, never deleted' };
  try {
    return encode();
  } catch (error) {
    if (error instanceof RefusedValue) return { refused: error.message };
    throw error;
  }
}

function positionJson(position: FilePosition): JsonObject {
  const { offset, tail, rows, columns, sheet } = position;
  return { v: 1, offset, tail, rows, columns: [...columns], sheet: sheet === null ? null : { ...sheet } };
}

function parsePosition(value: Cursor | null): FilePosition | null {
  if (value === null || !isJsonObject(value)) return null;
  const { offset, tail, rows, columns, sheet } = value;
  if (typeof offset !== 'number' || typeof tail !== 'string' || typeof rows !== 'number') return null;
  return {
    offset,
    tail,
    rows,
    columns: Array.isArray(columns) ? columns.map(String) : [],
    sheet: sheet !== undefined && isJsonObject(sheet) ? parseSheet(sheet) : null,
  };
}

function parseSheet({ crc, size, packedSize }: JsonObject): SheetState {
  return { crc: Number(crc), size: Number(size), packedSize: Number(packedSize) };
}
