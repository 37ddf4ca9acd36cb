import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Cursor } from '../../core/cursor.js';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import type { Change, ConnectionContext, OpenConnection, Page, ReadRequest, WriteRequest } from '../kit/contract.js';
import connector from './connector.js';

/** A folder of files for one test file; removed by `drop`. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'pipewright-files-'));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  open(streams: JsonObject, settings: JsonObject = {}): OpenConnection {
    return connector.open(this.context({ ...settings, streams }));
  }

  context(settings: JsonObject): ConnectionContext {
    return {
      connectionId: 'test',
      settings,
      credentials: { read: refuse, renew: refuse },
      http: { request: refuse },
      resolvePath: (path) => resolve(this.path, path),
      resolveHost: refuse,
    };
  }

  drop(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function refuse(): never {
  throw new Error('files need no network and no secret');
}

export function writeRequest(
  stream: string,
  fields: readonly string[],
  more: Partial<WriteRequest> = {},
): WriteRequest {
  return { stream, mode: 'insert', matchOn: [], fields, position: null, owner: 'test', ...more };
}

export function changeOf(fields: JsonObject, number = 0): Change {
  const key = number.toString(16).padStart(32, '0');
  return { operation: 'create', targetKey: null, recordKey: key, effectKey: key, fields };
}

/** All pages of a pass. */
export async function readAll(
  connection: OpenConnection,
  request: ReadRequest,
  bookmark: Cursor | null = null,
): Promise<{ pages: Page[]; records: JsonObject[]; bookmark: Cursor | null }> {
  const reader = connection.reader(request);
  const pages: Page[] = [];
  try {
    let cursor: Cursor | null = null;
    do {
      const page: Page = await reader.readPage(cursor, bookmark, noSignal);
      pages.push(page);
      cursor = page.next;
    } while (cursor !== null);
  } finally {
    await reader.close?.();
  }
  return {
    pages,
    records: pages.flatMap((page) => [...page.records] as JsonObject[]),
    bookmark: pages.at(-1)?.bookmark ?? null,
  };
}
