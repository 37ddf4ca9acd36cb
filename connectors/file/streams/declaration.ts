import { stat } from 'node:fs/promises';
import type {
  FieldDeclaration,
  ReadDeclaration,
  StreamDeclaration,
  WriteDeclaration,
} from '../../kit/streams-contract.js';
import { errorCode } from '../client.js';
import { openPages, pageSize } from '../reading/reader.js';
import type { FileStream } from '../settings.js';

const sampledRecords = 50;

/** What one file is as a stream: its columns as they stand in it now. */
export async function declareStream(path: string, stream: FileStream): Promise<StreamDeclaration> {
  const found = await fieldsOf(path, stream);
  const isTable = stream.format !== 'json' && stream.format !== 'jsonl';
  return {
    name: stream.name,
    title: stream.path,
    fields: found ?? declaredFields(stream),
    // A file that is yet to be written, or may be replaced, takes any columns; JSON objects may hold any names.
    isOpen: !isTable || found === null || found.length === 0 || stream.mayOverwrite,
    key: stream.key,
    read: readDeclaration(stream),
    write: stream.format === 'json' ? null : writeDeclaration,
  };
}

function readDeclaration(stream: FileStream): ReadDeclaration {
  const canGrow = !stream.isGzip && stream.format !== 'xlsx' && stream.format !== 'json';
  return {
    modes: canGrow ? ['full', 'incremental'] : ['full'],
    // Incremental: the lines added since, told by their place in the file and not by a field.
    cursor: canGrow ? [] : null,
    pageSize,
    filters: [],
    showsDeletions: false,
    findBy: 'any',
  };
}

const writeDeclaration: WriteDeclaration = {
  // Both add lines: `insert` one for each record, `upsert` another one for each later state of it.
  modes: ['insert', 'upsert'],
  idempotency: 'positional',
  ownIdField: null,
  naturalKey: null,
  matchFields: [],
  batchSize: 1_000,
  parallelBatches: 1,
  canCreateFields: false,
};

function declaredFields(stream: FileStream): FieldDeclaration[] {
  return Object.entries(stream.columns).map(([name, type]) => ({ name, type }));
}

/** Null where there is no file yet. */
async function fieldsOf(path: string, stream: FileStream): Promise<FieldDeclaration[] | null> {
  try {
    if ((await stat(path)).size === 0) return null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const pages = openPages(path, stream, false);
  try {
    const names = await pages.names();
    if (names !== null) return names.map((name) => ({ name, type: stream.columns[name] ?? cellType(stream) }));
    return sampledFields((await pages.page(null, sampledRecords)).rows.map((row) => row.record ?? {}));
  } finally {
    await pages.close();
  }
}

/** A cell of a workbook may be a number, a date or text; a cell of a text file is text (D9). */
function cellType(stream: FileStream): FieldDeclaration['type'] {
  return stream.format === 'xlsx' ? 'any' : 'text';
}

function sampledFields(records: readonly object[]): FieldDeclaration[] {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return [...names].map((name) => ({ name, type: 'any' }));
}
