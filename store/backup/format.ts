import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { Failure } from '../../core/failures.js';

/**
 * The file of a backup: gzip over `magic` and frames. A frame is one letter, four bytes of length, and that many bytes:
 * `H` the header, then for each table `T` its place, `D` pieces of its rows as COPY writes them, `E` what it came to;
 * `S` positions of sequences; `Z` the end with the sum over everything before it and a seal made with the master key.
 */
export const magic = Buffer.from('PIPEWRIGHT BACKUP\n');
export const formatVersion = 1;
export const largestFrame = 1_048_576;
export const frameHeadBytes = 5;

export type FrameType = 'H' | 'T' | 'D' | 'E' | 'S' | 'Z';

/** What a backup says of itself, first thing in the file. Nothing of it is secret. */
export interface BackupHeader {
  readonly format: number;
  readonly product: string;
  /** When the snapshot was taken. */
  readonly takenAt: string;
  /** Names of the migrations that its tables stand at. */
  readonly migrations: readonly string[];
  /** Id of the master key that seals this file; the key itself is never inside. */
  readonly masterKeyId: string;
  /** Ids of all master keys that secrets in it are wrapped by (more than one during a rotation). */
  readonly vaultKeyIds: readonly string[];
  readonly postgres: string;
  readonly tables: readonly TablePlace[];
}

export interface TablePlace {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export interface TableSum {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface SequencePosition {
  readonly schema: string;
  readonly name: string;
  /** Null: it has never been used. */
  readonly last: string | null;
}

export interface BackupEnd {
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly seal: string;
}

/** A key that seals and opens backups: its id, and what the seal is made with. */
export interface BackupKey {
  readonly id: string;
  readonly key: Buffer;
}

export function frameHead(type: FrameType, length: number): Buffer {
  const head = Buffer.alloc(frameHeadBytes);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(length, 1);
  return head;
}

/** Both sums over all bytes before the end: one that anybody can check, one that only the master key's holder can make. */
export class FileSums {
  readonly #hash: Hash = createHash('sha256');
  readonly #seal: Hmac;

  constructor(key: BackupKey) {
    this.#seal = createHmac('sha256', key.key);
  }

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#seal.update(bytes);
  }

  end(): { sha256: string; seal: string } {
    return { sha256: this.#hash.digest('hex'), seal: this.#seal.digest('hex') };
  }
}

/** Rows, bytes and sum of one table's text. In COPY's text form every row ends in a line feed, and no value holds one. */
export class TableSums {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #rows = 0;

  add(piece: Buffer): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) this.#rows += 1;
  }

  end(): TableSum {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

export function invalidFile(path: string, why: string, cause?: unknown): Failure {
  return new Failure('backup/file_invalid', {
    message: `\`${path}\` cannot be restored: ${why}.`,
    hint: 'Nothing was changed; use another copy of this file, or another backup.',
    ...(cause !== undefined && { cause }),
  });
}
