import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Cursor } from '../../../core/cursor.js';
import { errorText, Failure, isFailure } from '../../../core/failures.js';
import { isJsonObject } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest, RefusedRecord } from '../../kit/contract.js';
import { errorCode, fileFailure, unreadable } from '../client.js';
import type { FileStream } from '../settings.js';
import { parseFingerprint } from './fingerprint.js';
import type { Row } from './rows.js';
import { type RowPages, TextPages } from './text-pages.js';
import { WorkbookPages } from './workbook-pages.js';

export const pageSize = 500;
/** Files up to this size are indexed in memory for look-ups; larger ones are read through for each. */
const maxIndexedBytes = 32 * 1024 * 1024;
const shownChars = 2_000;

export function openPages(path: string, stream: FileStream, isGrowing: boolean): RowPages {
  return stream.format === 'xlsx' ? new WorkbookPages(path, stream) : new TextPages(path, stream, isGrowing);
}

/** Reads one file. Its records have a key where the stream or the flow names one, else line and content. */
export class FileReader implements Reader {
  readonly #pages: RowPages;
  #index: FieldIndex | null = null;

  constructor(
    readonly path: string,
    readonly stream: FileStream,
    readonly request: ReadRequest,
  ) {
    this.#pages = openPages(path, stream, request.mode === 'incremental');
  }

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    signal.throwIfAborted();
    const begin = cursor ?? (this.request.mode === 'incremental' ? bookmark : null);
    const page = await guarded(this.stream, () => this.#pages.page(begin, pageSize));
    return { ...this.#split(page.rows), deleted: [], next: page.next, bookmark: page.bookmark };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    const { size, mtimeMs } = await guarded(this.stream, () => stat(this.path));
    if (size > maxIndexedBytes) return this.#scan(field, new Set(values), signal);
    if (this.#index?.field !== field || this.#index.size !== size || this.#index.mtimeMs !== mtimeMs) {
      this.#index = { field, size, mtimeMs, records: await this.#indexBy(field, signal) };
    }
    const { records } = this.#index;
    return values.flatMap((value) => records.get(value) ?? []);
  }

  async hasChanges(bookmark: Cursor | null): Promise<boolean> {
    if (!isJsonObject(bookmark ?? null) || bookmark === null) return true;
    const { file, unfinished } = bookmark as { file?: never; unfinished?: unknown };
    const before = parseFingerprint(file);
    if (before === null || unfinished === true) return true;
    const { size, mtimeMs } = await guarded(this.stream, () => stat(this.path));
    return size !== before.size || Math.floor(mtimeMs) !== before.mtimeMs;
  }

  async close(): Promise<void> {
    this.#index = null;
    await this.#pages.close();
  }

  #split(rows: readonly Row[]): Pick<Page, 'records' | 'sourceKeys' | 'refused'> {
    const records: SourceRecord[] = [];
    const refused: RefusedRecord[] = [];
    const sourceKeys: string[] | null = this.request.key.length === 0 ? [] : null;
    for (const row of rows) {
      if (row.record === null) refused.push(this.#refused(row));
      else {
        records.push(row.record);
        sourceKeys?.push(this.#keyOf(row));
      }
    }
    return { records, ...(sourceKeys !== null && { sourceKeys }), ...(refused.length > 0 && { refused }) };
  }

  #keyOf(row: Row): string {
    return `${this.stream.path}:${row.line}:${hash('sha256', row.text, 'hex').slice(0, 16)}`;
  }

  #refused(row: Row): RefusedRecord {
    return {
      sourceKey: this.#keyOf(row),
      record: { line: row.line, text: row.text.slice(0, shownChars) },
      failure: new Failure('read/row_malformed', {
        message: `Line ${row.line} of \`${this.stream.path}\` is not a record: ${row.problem}.`,
        hint: 'Correct the line in the file; it is read again with the next full run.',
        where: { file: this.stream.path, line: row.line, stream: this.stream.name },
      }).toReport(),
    };
  }

  async #indexBy(field: string, signal: AbortSignal): Promise<Map<string, SourceRecord[]>> {
    const records = new Map<string, SourceRecord[]>();
    await this.#each(signal, (record) => {
      const key = keyText(record[field]);
      if (key === null) return;
      const group = records.get(key);
      if (group === undefined) records.set(key, [record]);
      else group.push(record);
    });
    return records;
  }

  async #scan(field: string, values: ReadonlySet<string>, signal: AbortSignal): Promise<SourceRecord[]> {
    const found: SourceRecord[] = [];
    await this.#each(signal, (record) => {
      const key = keyText(record[field]);
      if (key !== null && values.has(key)) found.push(record);
    });
    return found;
  }

  async #each(signal: AbortSignal, take: (record: SourceRecord) => void): Promise<void> {
    const pages = openPages(this.path, this.stream, false);
    try {
      let cursor: Cursor | null = null;
      do {
        signal.throwIfAborted();
        const page = await guarded(this.stream, () => pages.page(cursor, pageSize));
        for (const row of page.rows) if (row.record !== null) take(row.record);
        cursor = page.next;
      } while (cursor !== null);
    } finally {
      await pages.close();
    }
  }
}

interface FieldIndex {
  readonly field: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly records: ReadonlyMap<string, readonly SourceRecord[]>;
}

/** Runs something on the file; what the file system, gzip or a parser say becomes a Failure about this stream. */
export async function guarded<Result>(stream: FileStream, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isFailure(error)) throw error;
    const isBroken = (error as { name?: unknown } | null)?.name === 'RangeError';
    if (isBroken || errorCode(error)?.startsWith('Z_') === true) {
      throw unreadable(
        stream,
        `The file \`${stream.path}\` cannot be read as ${stream.format}: ${errorText(error)}.`,
        'Correct the file, or `format`, `gzip` and `encoding` of its stream.',
      );
    }
    throw fileFailure(error, stream);
  }
}
