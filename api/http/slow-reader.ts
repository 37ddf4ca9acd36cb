import type { ServerResponse } from 'node:http';

/** Writes a piece of an open answer and waits while its reader is slow; false once the reader has left. */
export async function writePiece(response: ServerResponse, piece: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(piece)) await drained(response);
  return !response.destroyed;
}

/** Nothing stays registered behind: an answer of many pieces waits thousands of times. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
