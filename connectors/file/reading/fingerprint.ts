import { hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';

const headBytes = 1_024;
export const tailBytes = 256;

/**
 * What a file was like when a cursor was made: its size and time for the cheap question whether anything changed, and
 * hashes of the first bytes and of the last bytes before the cursor, which stay the same while lines are only added.
 */
export interface Fingerprint {
  readonly size: number;
  readonly mtimeMs: number;
  readonly head: string;
  readonly headSize: number;
  readonly tail: string;
  /** Where the hashed tail ends: the cursor's place in the file; null where the middle cannot be entered. */
  readonly tailEnd: number | null;
}

/** A later fingerprint of a file that is being read: what was taken at its opening, with the place reached since. */
export async function moveFingerprint(
  path: string,
  opened: Fingerprint,
  tailEnd: number | null,
  tail: string | null,
): Promise<Fingerprint> {
  if (tailEnd !== null && tail === null) return takeFingerprint(path, tailEnd);
  const { size, mtimeMs } = await stat(path);
  return { ...opened, size, mtimeMs: Math.floor(mtimeMs), tail: tail ?? '', tailEnd };
}

export async function takeFingerprint(path: string, tailEnd: number | null): Promise<Fingerprint> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const headSize = Math.min(size, headBytes);
    return {
      size,
      mtimeMs: Math.floor(mtimeMs),
      head: await hashOf(file, 0, headSize),
      headSize,
      tail: tailEnd === null ? '' : await hashTail(file, tailEnd),
      tailEnd,
    };
  } finally {
    await file.close();
  }
}

/** Whether the file still begins as it did and reaches to the cursor: true also when lines were added behind it. */
export async function isSameFile(path: string, before: Fingerprint): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    if (size === before.size && Math.floor(mtimeMs) === before.mtimeMs) return true;
    // Of a file whose middle cannot be entered nothing more is known than that it changed.
    if (before.tailEnd === null || size < before.tailEnd || size < before.headSize) return false;
    return (
      (await hashOf(file, 0, before.headSize)) === before.head && (await hashTail(file, before.tailEnd)) === before.tail
    );
  } finally {
    await file.close();
  }
}

/** The same from bytes at hand that end at `end`; null where they do not reach back far enough. */
export function tailOf(bytes: Buffer, end: number): string | null {
  const length = Math.min(tailBytes, end);
  return bytes.length < length ? null : textHash(bytes.subarray(bytes.length - length));
}

export async function hashTail(file: FileHandle, end: number): Promise<string> {
  const from = Math.max(0, end - tailBytes);
  return hashOf(file, from, end - from);
}

async function hashOf(file: FileHandle, from: number, length: number): Promise<string> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, from);
  return textHash(bytes.subarray(0, bytesRead));
}

function textHash(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex').slice(0, 16);
}

export function parseFingerprint(value: JsonValue | undefined): Fingerprint | null {
  if (value === undefined || !isJsonObject(value)) return null;
  const { size, mtimeMs, head, headSize, tail, tailEnd } = value;
  if (typeof size !== 'number' || typeof mtimeMs !== 'number' || typeof headSize !== 'number') return null;
  if (typeof head !== 'string' || typeof tail !== 'string') return null;
  return { size, mtimeMs, head, headSize, tail, tailEnd: typeof tailEnd === 'number' ? tailEnd : null };
}

export function fingerprintJson(fingerprint: Fingerprint): JsonObject {
  return { ...fingerprint };
}
