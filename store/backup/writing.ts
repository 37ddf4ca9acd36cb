import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Failure } from '../../core/failures.js';
import {
  type BackupEnd,
  type BackupHeader,
  type BackupKey,
  FileSums,
  type FrameType,
  frameHead,
  largestFrame,
  magic,
  type SequencePosition,
  type TablePlace,
  TableSums,
} from './format.js';

const gzipLevel = 4;

/**
 * Writes one backup piece by piece, under a temporary name until it is whole; memory holds one piece at a time. Only
 * its owner can read it. Throws `backup/file_exists`; after any failure call `discard`.
 */
export class BackupWriter {
  readonly #gzip = createGzip({ level: gzipLevel });
  readonly #sums: FileSums;
  readonly #unfinished: string;
  readonly #written: Promise<void>;
  #failure: unknown;
  #totals = { tables: 0, rows: 0, bytes: 0 };

  constructor(
    readonly path: string,
    key: BackupKey,
  ) {
    if (existsSync(path)) throw fileExists(path);
    this.#sums = new FileSums(key);
    this.#unfinished = `${path}.${process.pid}.part`;
    this.#written = pipeline(this.#gzip, createWriteStream(this.#unfinished, { mode: 0o600, flush: true }));
    this.#written.catch((error: unknown) => {
      this.#failure = error;
    });
  }

  async begin(header: BackupHeader): Promise<void> {
    await this.#send(magic);
    await this.#json('H', header);
  }

  /** Takes a table's rows as COPY writes them. Returns how many there were. */
  async table(place: TablePlace, rows: AsyncIterable<Buffer>, onBytes: (bytes: number) => void): Promise<number> {
    await this.#json('T', { schema: place.schema, name: place.name });
    const sums = new TableSums();
    for await (const chunk of rows) {
      sums.add(chunk);
      for (let start = 0; start < chunk.length; start += largestFrame) {
        await this.#frame('D', chunk.subarray(start, start + largestFrame));
      }
      onBytes(chunk.length);
    }
    const sum = sums.end();
    await this.#json('E', sum);
    this.#totals = {
      tables: this.#totals.tables + 1,
      rows: this.#totals.rows + sum.rows,
      bytes: this.#totals.bytes + sum.bytes,
    };
    return sum.rows;
  }

  /** Ends the file and gives it its name; it is on the disk then. Returns its totals and its size. */
  async end(sequences: readonly SequencePosition[]): Promise<Omit<BackupEnd, 'seal'> & { fileBytes: number }> {
    await this.#json('S', sequences);
    const sums = this.#sums.end();
    const last = Buffer.from(JSON.stringify({ ...this.#totals, ...sums } satisfies BackupEnd));
    await this.#write(Buffer.concat([frameHead('Z', last.length), last]));
    this.#gzip.end();
    await this.#written;
    await name(this.#unfinished, this.path);
    return { ...this.#totals, sha256: sums.sha256, fileBytes: (await stat(this.path)).size };
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.#gzip.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#unfinished, { force: true });
  }

  async #json(type: FrameType, value: unknown): Promise<void> {
    await this.#frame(type, Buffer.from(JSON.stringify(value)));
  }

  async #frame(type: FrameType, payload: Buffer): Promise<void> {
    await this.#send(frameHead(type, payload.length));
    await this.#send(payload);
  }

  async #send(bytes: Buffer): Promise<void> {
    this.#sums.add(bytes);
    await this.#write(bytes);
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#written]);
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** Never over a file that came meanwhile; where the folder knows no links, by renaming. */
async function name(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path);
    await rm(unfinished, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw fileExists(path);
    await rename(unfinished, path);
  }
}

function fileExists(path: string): Failure {
  return new Failure('backup/file_exists', {
    message: `There is a file \`${path}\` already.`,
    hint: 'Choose another name with `--to`; a backup never replaces a file.',
  });
}
