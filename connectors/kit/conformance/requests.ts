import { hash } from 'node:crypto';
import type { Cursor } from '../../../core/cursor.js';
import type { JsonObject } from '../../../core/json.js';
import type { Change, OpenConnection, Operation, Page, ReadRequest, WriteRequest } from '../contract.js';
import type { WriteMode } from '../streams-contract.js';

export const noSignal = new AbortController().signal;
export const sendNow = { signal: noSignal, beforeSend: () => undefined };

export function readRequest(stream: string, more: Partial<ReadRequest> = {}): ReadRequest {
  return { stream, mode: 'full', key: [], cursorFields: null, start: null, lagMs: 0, where: {}, period: null, ...more };
}

export function writeRequest(stream: string, mode: WriteMode, more: Partial<WriteRequest> = {}): WriteRequest {
  return { stream, mode, matchOn: [], fields: [], position: null, owner: 'conformance', ...more };
}

/** A change as the engine makes it: the same record has the same record key for ever. */
export function changeOf(
  id: number,
  operation: Operation,
  fields: JsonObject,
  targetKey: string | null = null,
): Change {
  const recordKey = hash('sha256', `record ${id}`, 'hex').slice(0, 32);
  const effectKey = hash('sha256', `${recordKey}${JSON.stringify(fields)}${operation}`, 'hex').slice(0, 32);
  return { operation, targetKey, recordKey, effectKey, fields };
}

export interface Pass {
  readonly records: JsonObject[];
  readonly deleted: string[];
  readonly pages: Page[];
  readonly bookmark: Cursor | null;
}

/** One whole pass; `openFor` gives the connection of each page, so that every page may come from a new process. */
export async function readPass(
  openFor: () => OpenConnection,
  request: ReadRequest,
  bookmark: Cursor | null = null,
): Promise<Pass> {
  const pages: Page[] = [];
  let cursor: Cursor | null = null;
  let connection: OpenConnection | null = null;
  let reader: ReturnType<OpenConnection['reader']> | null = null;
  do {
    const next = openFor();
    if (reader === null || next !== connection) reader = next.reader(request);
    connection = next;
    const page: Page = await reader.readPage(overJson(cursor), overJson(bookmark), noSignal);
    pages.push(page);
    cursor = page.next;
    if (pages.length > 1_000) throw new Error('a pass that does not end');
  } while (cursor !== null);
  return {
    pages,
    records: pages.flatMap((page) => [...page.records] as JsonObject[]),
    deleted: pages.flatMap((page) => [...page.deleted]),
    bookmark: overJson(pages.at(-1)?.bookmark ?? null),
  };
}

/** Cursors are kept as JSON and must be as good afterwards. */
function overJson(cursor: Cursor | null): Cursor | null {
  return JSON.parse(JSON.stringify(cursor));
}
