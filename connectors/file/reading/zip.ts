import { type FileHandle, open } from 'node:fs/promises';
import { Transform, type TransformCallback } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { Failure } from '../../../core/failures.js';
import { readRange } from './byte-source.js';

const maxUnpackedBytes = 200 * 1024 * 1024;
const maxEntries = 5_000;
const directoryEndSize = 22;
const maxDirectoryBytes = 4 * 1024 * 1024;

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

/**
 * A zip archive whose directory was checked before anything is unpacked: sizes, names, encryption, overlaps. An entry
 * that turns out larger than its directory says is cut off at that size.
 */
export class ZipArchive {
  private constructor(
    readonly file: FileHandle,
    readonly path: string,
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /** `shown` is the name of the file in messages. */
  static async open(path: string, shown: string): Promise<ZipArchive> {
    const file = await open(path, 'r');
    try {
      const entries = await readDirectory(file, shown);
      return new ZipArchive(file, shown, new Map(entries.map((entry) => [entry.name, entry])));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The unpacked bytes of an entry, in pieces. */
  async *read(entry: ZipEntry): AsyncGenerator<Buffer> {
    const header = await readAt(this.file, entry.headerAt, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw refused(this.path, 'a part of it is not where its directory says');
    const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    if (entry.packedSize === 0) return;
    const packed = readRange(this.file, start, start + entry.packedSize);
    const limit = new SizeLimit(entry.size, this.path);
    const unpacked =
      entry.method === 0
        ? packed.pipe(limit)
        : packed
            .pipe(createInflateRaw({ chunkSize: 128 * 1024 }).on('error', (error) => limit.destroy(error)))
            .pipe(limit);
    packed.on('error', (error) => limit.destroy(error));
    try {
      for await (const chunk of unpacked) yield chunk as Buffer;
    } finally {
      packed.destroy();
      limit.destroy();
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** Passes what the directory announced and not a byte more. */
class SizeLimit extends Transform {
  #left: number;

  constructor(
    size: number,
    readonly path: string,
  ) {
    super();
    this.#left = size;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(refused(this.path, 'a part of it unpacks to more than its directory says'));
    else done(null, chunk);
  }
}

async function readDirectory(file: FileHandle, path: string): Promise<ZipEntry[]> {
  const { size: fileSize } = await file.stat();
  const tailSize = Math.min(fileSize, directoryEndSize + 65_535);
  const tail = await readAt(file, fileSize - tailSize, tailSize);
  const endAt = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (endAt === -1 || tail.length - endAt < directoryEndSize) throw refused(path, 'it is not a zip archive');
  const count = tail.readUInt16LE(endAt + 10);
  const directorySize = tail.readUInt32LE(endAt + 12);
  const directoryAt = tail.readUInt32LE(endAt + 16);
  if (directoryAt === 0xffffffff || directorySize > maxDirectoryBytes || count > maxEntries) {
    throw refused(path, `it has more than ${maxEntries} parts or is larger than a workbook can be`);
  }
  if (directoryAt + directorySize > fileSize) throw refused(path, 'its directory is broken');
  const entries = parseDirectory(await readAt(file, directoryAt, directorySize), count, path);
  checkEntries(entries, directoryAt, path);
  return entries;
}

function parseDirectory(bytes: Buffer, count: number, path: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw refused(path, 'its directory is broken');
    const nameLength = bytes.readUInt16LE(at + 28);
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw refused(path, 'it is encrypted');
    entries.push({
      name: bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8'),
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      headerAt: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function checkEntries(entries: readonly ZipEntry[], directoryAt: number, path: string): void {
  let total = 0;
  const names = new Set<string>();
  for (const { name, method, size } of entries) {
    total += size;
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\\|\0/.test(name))
      throw refused(path, 'a name in it points outside of it');
    if (names.has(name)) throw refused(path, 'two parts of it have one name');
    if (method !== 0 && method !== 8) throw refused(path, 'it is packed in a way that workbooks are not');
    names.add(name);
  }
  if (total > maxUnpackedBytes) {
    throw refused(
      path,
      `unpacked it has ${Math.ceil(total / 1_048_576)} MB, and at most ${maxUnpackedBytes / 1_048_576} MB are read`,
    );
  }
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < end || entry.headerAt + 30 + entry.packedSize > directoryAt)
      throw refused(path, 'parts of it overlap');
    end = entry.headerAt + 30 + entry.packedSize;
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

export function refused(path: string, why: string): Failure {
  return new Failure('read/archive_refused', {
    message: `The workbook \`${path}\` is not read: ${why}.`,
    hint: 'Save it again with a spreadsheet program, in parts if it is large, or as CSV.',
  });
}
