import type { JsonObject } from '../../../core/json.js';

/** One record of a file, or what could not be read as one. */
export interface Row {
  /** Line (text) or row (workbook) where it begins, from 1. */
  readonly line: number;
  /** Null where it was refused. */
  readonly record: JsonObject | null;
  /** What stands there, for the content part of its source key. */
  readonly text: string;
  readonly problem: string | null;
}

/** A text format as a function over bytes; plain state, no I/O. */
export interface RowParser {
  /** The line that the next row begins on. */
  line: number;
  /**
   * Takes up to `limit` rows from `bytes` at `from` and adds them to `rows`; answers where the next row begins. Takes
   * nothing where the next row is not complete and `isEnd` is false.
   */
  take(bytes: Buffer, from: number, isEnd: boolean, limit: number, rows: Row[]): number;
}

/** A record larger than this is refused instead of being collected. */
export const maxRowBytes = 4 * 1024 * 1024;
/** Rows of one page together; more would only cost memory. */
export const maxPageBytes = 4 * 1024 * 1024;

export function refusedRow(line: number, text: string, problem: string): Row {
  return { line, record: null, text, problem };
}

export const newline = 0x0a;
export const carriageReturn = 0x0d;
