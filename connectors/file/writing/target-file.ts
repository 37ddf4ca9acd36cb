import { type FileHandle, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../../core/failures.js';
import { errorCode } from '../client.js';
import { hashTail, tailOf } from '../reading/fingerprint.js';
import type { FileStream } from '../settings.js';

/** Where a target file was confirmed to, as far as the bytes go. */
export interface Confirmed {
  readonly offset: number;
  /** Hash of the last bytes before `offset`: tells that the file is still ours. */
  readonly tail: string;
}

/**
 * The file under a writer: opened once, cut back to what was confirmed, written at known places only. It never cuts a
 * file that this product did not write: a first write notes its owner beside the file, until it is confirmed.
 */
export class TargetFile {
  private constructor(
    readonly path: string,
    readonly stream: FileStream,
    readonly handle: FileHandle,
    readonly inode: number,
    /** Size that the file must still have before the next write; other sizes mean another writer. */
    private size: number,
    /** False where the file begins anew, although a position was known: it had been moved away. */
    readonly isContinued: boolean,
  ) {}

  static async open(path: string, stream: FileStream, confirmed: Confirmed | null, owner: string): Promise<TargetFile> {
    const present = await sizeOf(path);
    const note = await readNote(path);
    const isOwnBeginning = note !== null && note === owner;
    if (confirmed !== null && present !== null) {
      const handle = await open(path, 'r+');
      const isOurs = present >= confirmed.offset && (await hashTail(handle, confirmed.offset)) === confirmed.tail;
      if (isOurs) {
        await handle.truncate(confirmed.offset);
        if (isOwnBeginning) await rm(notePath(path), { force: true });
        return TargetFile.#of(path, stream, handle, true);
      }
      await handle.close();
      throw changedSince(stream);
    }
    if (present !== null && present > 0 && !isOwnBeginning && !stream.mayOverwrite) throw foreign(stream);
    return TargetFile.#begin(path, stream, owner);
  }

  static async #begin(path: string, stream: FileStream, owner: string): Promise<TargetFile> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(notePath(path), JSON.stringify({ owner }));
    const handle = await open(path, 'w+');
    await syncFolder(dirname(path));
    return TargetFile.#of(path, stream, handle, false);
  }

  static async #of(path: string, stream: FileStream, handle: FileHandle, isContinued: boolean): Promise<TargetFile> {
    const { ino, size } = await handle.stat();
    return new TargetFile(path, stream, handle, ino, size, isContinued);
  }

  /** Writes at `offset`, ends the file there and makes it durable. `beforeSend` runs last before the first byte. */
  async write(piece: Buffer, tail: Buffer, offset: number, beforeSend: () => void): Promise<void> {
    await this.#checkAlone();
    const bytes = tail.length === 0 ? piece : Buffer.concat([piece, tail]);
    const isShorter = this.size === -1 || this.size > offset + bytes.length;
    beforeSend();
    // A failed attempt may have left a part of its bytes: the next one writes over them and is allowed to.
    this.size = -1;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
    if (isShorter) await this.handle.truncate(offset + bytes.length);
    await this.handle.datasync();
    this.size = offset + bytes.length;
  }

  /** What the file holds before `end`, where `piece` was the last that was written. */
  async hashTail(piece: Buffer, end: number): Promise<string> {
    return tailOf(piece, end) ?? (await hashTail(this.handle, end));
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async #checkAlone(): Promise<void> {
    const present = await stat(this.path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (present?.ino !== this.inode || (this.size !== -1 && present.size !== this.size))
      throw changedSince(this.stream);
  }
}

function notePath(path: string): string {
  return join(dirname(path), `.${basename(path)}.pipewright`);
}

async function readNote(path: string): Promise<string | null> {
  try {
    const note: unknown = JSON.parse(await readFile(notePath(path), 'utf8'));
    return typeof note === 'object' && note !== null && 'owner' in note && typeof note.owner === 'string'
      ? note.owner
      : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || (error as { name?: unknown }).name === 'SyntaxError') return null;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A new name is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}

function foreign(stream: FileStream): Failure {
  return new Failure('write/file_exists', {
    message: `The file \`${stream.path}\` of stream \`${stream.name}\` exists and was not written by this flow.`,
    hint: 'Move it away, choose another path, or set `overwrite: true` for the stream.',
  });
}

function changedSince(stream: FileStream): Failure {
  return new Failure('write/file_changed', {
    message: `The file \`${stream.path}\` of stream \`${stream.name}\` was changed by someone else since it was last written.`,
    hint: 'Move it away and run again: a new file is begun. Lines confirmed so far stay in the moved one.',
  });
}
