import { type FileHandle, open } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import { isUtf16, utf8 } from './encoding.js';

const chunkBytes = 256 * 1024;

/** Bytes of a text file from an offset on, in an encoding whose line ends and quotes are single ASCII bytes. */
export interface ByteSource {
  /** The next piece; null at the end. */
  read(): Promise<Buffer | null>;
  close(): Promise<void>;
}

export interface SourceShape {
  readonly isGzip: boolean;
  readonly encoding: string;
}

/** What the pages of such a file are decoded with: UTF-16 is turned into UTF-8 on its way in. */
export function innerEncoding(encoding: string): string {
  return isUtf16(encoding) ? utf8 : encoding;
}

/**
 * Opens a file at `offset`. Plain files are entered there at once; compressed ones and UTF-16, whose middle cannot be
 * entered, are read from the start and what lies before is dropped (offsets then count unpacked bytes).
 */
export async function openBytes(path: string, shape: SourceShape, offset: number): Promise<ByteSource> {
  const file = await open(path, 'r');
  if (!shape.isGzip && !isUtf16(shape.encoding)) return new PlainSource(file, offset);
  let stream = readRange(file, 0, Number.POSITIVE_INFINITY);
  const stages: Transform[] = [];
  if (shape.isGzip) stages.push(createGunzip({ chunkSize: chunkBytes }));
  if (isUtf16(shape.encoding)) stages.push(utf8From(shape.encoding));
  for (const stage of stages) {
    const before = stream;
    before.on('error', (error) => stage.destroy(error));
    stream = before.pipe(stage);
  }
  return new StreamSource(stream, file, offset);
}

/** A part of an open file as a stream that leaves the file open. */
export function readRange(file: FileHandle, from: number, to: number): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = from; at < to; ) {
      const length = Math.min(chunkBytes, to - at);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  return Readable.from(chunks(), { objectMode: false, highWaterMark: chunkBytes });
}

function utf8From(encoding: string): Transform {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(decoder.write(chunk), 'utf8'));
    },
    flush(done) {
      done(null, Buffer.from(decoder.end() ?? '', 'utf8'));
    },
  });
}

class PlainSource implements ByteSource {
  #offset: number;

  constructor(
    readonly file: FileHandle,
    offset: number,
  ) {
    this.#offset = offset;
  }

  async read(): Promise<Buffer | null> {
    const { bytesRead, buffer } = await this.file.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, this.#offset);
    if (bytesRead === 0) return null;
    this.#offset += bytesRead;
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

class StreamSource implements ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #toDrop: number;

  constructor(
    readonly stream: Readable,
    readonly file: FileHandle,
    offset: number,
  ) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#toDrop = offset;
  }

  async read(): Promise<Buffer | null> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return null;
      if (value.length <= this.#toDrop) {
        this.#toDrop -= value.length;
        continue;
      }
      const rest = value.subarray(this.#toDrop);
      this.#toDrop = 0;
      if (rest.length > 0) return rest;
    }
  }

  async close(): Promise<void> {
    this.stream.destroy();
    await this.file.close().catch(() => undefined);
  }
}
