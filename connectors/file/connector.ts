import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure, isFailure } from '../../core/failures.js';
import type {
  CheckReport,
  ConnectionContext,
  Connector,
  OpenConnection,
  Reader,
  ReadRequest,
  StreamDeclaration,
  WriteRequest,
  Writer,
} from '../kit/contract.js';
import { FilePlaces } from './client.js';
import { FileReader, guarded } from './reading/reader.js';
import { type FileStream, fileSettings, parseFileSettings } from './settings.js';
import { declareStream } from './streams/declaration.js';
import { FileWriter } from './writing/writer.js';

/** Files of this machine: CSV, TSV, JSON Lines, JSON and XLSX, read and (all but JSON) appended to. */
const connector: Connector = {
  id: 'file',
  title: 'File',
  settings: fileSettings,
  secret: null,
  auth: 'none',
  hosts: () => [],
  limits: () => [],
  settleMs: 0,
  // The columns stand in the files, so streams are only known where the files are.
  declaredStreams: () => null,
  lookups: [],
  webhook: null,
  isLocal: true,
  setup: {
    needsAdmin: false,
    instructions: null,
    note: 'The folder must be one of those that the operator allows with PIPEWRIGHT_FILE_FOLDERS.',
  },
  facts: [
    {
      text: 'A cell of a CSV file is text; types are what the connection declares.',
      isVerified: true,
      source: 'RFC 4180',
    },
    {
      text: 'Spreadsheets take cells that begin with = + - @, a tab or a carriage return for formulas.',
      isVerified: false,
      source: 'OWASP, CSV Injection',
    },
    {
      text: 'A sheet has at most 1,048,576 rows, a cell at most 32,767 characters.',
      isVerified: false,
      source: 'Excel specifications and limits',
    },
  ],
  open: (context) => new FileConnection(context),
};

export default connector;

class FileConnection implements OpenConnection {
  readonly #streams: ReadonlyMap<string, FileStream>;
  readonly #places: FilePlaces;
  /** Readers and writers handed out: closed with the connection, should their user have forgotten. */
  readonly #open: { close(): Promise<void> }[] = [];

  constructor(context: ConnectionContext) {
    this.#streams = parseFileSettings(context.settings);
    this.#places = new FilePlaces(context.resolvePath);
  }

  async check(signal: AbortSignal): Promise<CheckReport> {
    const rightsFound: string[] = [];
    const rightsMissing: string[] = [];
    for (const stream of this.#streams.values()) {
      signal.throwIfAborted();
      const path = this.#places.of(stream);
      const canRead = await may(path, constants.R_OK);
      const canWrite = (await may(path, constants.W_OK)) || (!(await exists(path)) && (await mayCreate(path)));
      if (canRead) rightsFound.push(`read ${stream.name}`);
      if (canWrite) rightsFound.push(`write ${stream.name}`);
      if (!canRead && !canWrite) rightsMissing.push(`read or write ${stream.name}`);
    }
    return { account: 'this machine', rightsFound, rightsMissing };
  }

  async streams(signal: AbortSignal): Promise<readonly StreamDeclaration[]> {
    const streams: StreamDeclaration[] = [];
    for (const stream of this.#streams.values()) {
      signal.throwIfAborted();
      streams.push(await guarded(stream, () => declareStream(this.#places.of(stream), stream)));
    }
    return streams;
  }

  reader(request: ReadRequest): Reader {
    const stream = this.#stream(request.stream);
    return this.#keep(
      new FileReader(this.#places.of(stream), stream, {
        ...request,
        key: request.key.length > 0 ? request.key : (stream.key ?? []),
      }),
    );
  }

  writer(request: WriteRequest): Writer {
    const stream = this.#stream(request.stream);
    if (stream.format === 'json') throw notWritable(stream);
    return this.#keep(new FileWriter(this.#places.of(stream), stream, request));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#open.splice(0).map((each) => each.close()));
  }

  #keep<Open extends { close(): Promise<void> }>(opened: Open): Open {
    this.#open.push(opened);
    return opened;
  }

  #stream(name: string): FileStream {
    const stream = this.#streams.get(name);
    if (stream !== undefined) return stream;
    throw new Failure('read/unknown_stream', {
      message: `The connection has no stream \`${name}\`.`,
      hint: `Known streams: ${[...this.#streams.keys()].sort().join(', ')}.`,
    });
  }
}

function notWritable(stream: FileStream): Failure {
  return new Failure('connection/invalid_settings', {
    message: `Stream \`${stream.name}\` is a JSON list, which cannot be added to.`,
    hint: 'Use the format `jsonl` (one JSON object per line) for targets.',
  });
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => isFailure(error),
  );
}

/** Missing folders are made when a file is first written. */
async function mayCreate(path: string): Promise<boolean> {
  let folder = dirname(path);
  while (!(await exists(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  return may(folder, constants.W_OK);
}
