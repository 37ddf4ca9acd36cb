import { isAbsolute, join, relative } from 'node:path';
import { errorText, Failure, type FailureCode } from '../../core/failures.js';
import type { FileStream } from './settings.js';

/** Turns a stream's configured path into one that the operator allows; a path never leaves the connection's root. */
export class FilePlaces {
  constructor(readonly resolvePath: ((path: string) => string) | undefined) {}

  of(stream: FileStream): string {
    if (this.resolvePath === undefined) {
      throw new Failure('egress/address_refused', {
        message: 'Files of this machine are not open to connections here.',
        hint: 'An operator may allow folders; else use another connector.',
      });
    }
    if (stream.path.includes('\u0000') || stream.root?.includes('\u0000')) throw leavesRoot(stream);
    if (stream.root === null) return this.resolvePath(stream.path);
    const root = this.resolvePath(stream.root);
    const path = this.resolvePath(join(stream.root, stream.path));
    const inside = relative(root, path);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) throw leavesRoot(stream);
    return path;
  }
}

function leavesRoot(stream: FileStream): Failure {
  return new Failure('connection/invalid_settings', {
    message: `The path \`${stream.path}\` of stream \`${stream.name}\` leaves the root of its connection.`,
    hint: 'Use a path below the root.',
  });
}

/** From what the file system answers to what the engine does. */
const codeOfError: Readonly<Record<string, { readonly code: FailureCode; readonly hint: string }>> = {
  ENOENT: { code: 'read/file_missing', hint: 'Put the file there, or correct the path in the connection.' },
  ENOTDIR: { code: 'read/file_missing', hint: 'Correct the path in the connection: a part of it is not a folder.' },
  EISDIR: { code: 'connection/invalid_settings', hint: 'Name a file, not a folder.' },
  ENAMETOOLONG: { code: 'connection/invalid_settings', hint: 'Choose a shorter path.' },
  EACCES: { code: 'connection/access_denied', hint: 'Give the product the right to this file and its folder.' },
  EPERM: { code: 'connection/access_denied', hint: 'Give the product the right to this file and its folder.' },
  EROFS: { code: 'connection/access_denied', hint: 'The disk is read-only: choose another place.' },
  ENOSPC: { code: 'vendor/unavailable', hint: 'Free some space on the disk; the run goes on by itself.' },
  EDQUOT: { code: 'vendor/unavailable', hint: 'Raise the disk quota; the run goes on by itself.' },
  EMFILE: { code: 'vendor/unavailable', hint: 'Nothing to do: too many files are open at the moment.' },
  EBUSY: { code: 'vendor/unavailable', hint: 'Another program holds the file; the run goes on by itself.' },
  EIO: { code: 'vendor/unavailable', hint: 'Check the disk; the run goes on by itself.' },
};

/** The failure behind an error of the file system; other errors stay as they are. */
export function fileFailure(error: unknown, stream: FileStream): unknown {
  const code = errorCode(error);
  const known = code === null ? undefined : codeOfError[code];
  if (known === undefined) return error;
  return new Failure(known.code, {
    message:
      known.code === 'read/file_missing'
        ? `The file \`${stream.path}\` of stream \`${stream.name}\` does not exist.`
        : `The file \`${stream.path}\` of stream \`${stream.name}\` cannot be used (${code}).`,
    hint: known.hint,
    // Bytes of a batch that were not confirmed are cut off before the next attempt, so a repeat is harmless.
    details: { wasSent: false },
    cause: errorText(error),
  });
}

export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

export function unreadable(stream: FileStream, message: string, hint: string): Failure {
  return new Failure('read/file_invalid', { message, hint, where: { file: stream.path, stream: stream.name } });
}
