import { openSync, readFileSync, statSync } from 'node:fs';
import { errorText } from '../core/failures.js';

const limitBytes = 10_000_000;

/**
 * Opens a child's log file for its output; a grown one begins anew. A file, not a pipe: the child must be able to write
 * when its parent was killed. The caller closes the descriptor after the spawn.
 */
export function openChildLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > limitBytes ? 'w' : 'a', 0o600);
}

/** The end of the log in one line, for the failure of a child that did not start. */
export function endOfLog(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(-5).join(' | ').slice(-600);
  } catch (error) {
    return errorText(error);
  }
}
