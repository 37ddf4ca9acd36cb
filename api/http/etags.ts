import { createHash } from 'node:crypto';
import { Failure } from '../../core/failures.js';

/** A strong tag over what the client has seen. */
export function etagOf(...parts: readonly (string | number | null)[]): string {
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
}

/** Throws `api/precondition_failed` when the client saw another state; `etag` null: the thing does not exist. */
export function checkPreconditions(
  headers: Readonly<Record<string, string | undefined>>,
  etag: string | null,
  what: string,
): void {
  const wanted = headers['if-match'];
  const unwanted = headers['if-none-match'];
  const listed = (text: string): string[] => text.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  const isWanted = wanted === undefined || (etag !== null && (wanted.trim() === '*' || listed(wanted).includes(etag)));
  const isUnwanted =
    unwanted !== undefined && etag !== null && (unwanted.trim() === '*' || listed(unwanted).includes(etag));
  if (isWanted && !isUnwanted) return;
  throw new Failure('api/precondition_failed', {
    message: `${what} was changed by somebody else in the meantime.`,
    hint: 'Read it again, merge your change and send it with the new ETag.',
  });
}
