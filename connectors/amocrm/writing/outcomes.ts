import { Failure, toFailure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change, HttpAnswer, Outcome } from '../../kit/index.js';
import { problemOf } from '../problem.js';
import type { Item } from './items.js';

const correctIt = 'Correct the record or the mapping, then resend it.';

/** What stopped a write, and the changes whose request it was. */
export class Stopped extends Error {
  constructor(
    readonly failure: Failure,
    readonly group: readonly Change[],
    /** The records themselves were written: a repeat goes on with them. */
    readonly isAfterwards = false,
  ) {
    super(failure.message);
  }
}

/** Runs a request for a group of changes. The reason of an abort is whatever the caller gave; it is passed on. */
export async function forGroup<T>(group: readonly Change[], signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw signal.aborted || error instanceof Stopped ? error : new Stopped(toFailure(error), group);
  }
}

/** The vendor refuses a request for one bad record: by request id, what it says of each. */
export function refusalsIn(answer: HttpAnswer, items: readonly Item[]): ReadonlyMap<number, string> {
  const problem = problemOf(answer);
  const list = problem?.['validation-errors'];
  const refusals = new Map<number, string>();
  if (!Array.isArray(list)) return refusals;
  for (const each of list) {
    const index = isJsonObject(each) ? Number(keyText(each.request_id) ?? Number.NaN) : Number.NaN;
    const item = items[index];
    if (item === undefined || !isJsonObject(each)) continue;
    const errors = Array.isArray(each.errors) ? each.errors.filter(isJsonObject) : [];
    refusals.set(index, errors.map((error) => sentenceOf(error, item)).join('; ') || 'Request validation failed');
  }
  return refusals;
}

/** The vendor's words, with the place in the request as our field. */
function sentenceOf(error: JsonObject, item: Item): string {
  const path = keyText(error.path) ?? '';
  const words = [keyText(error.code), keyText(error.detail)].filter((part) => part !== null).join(': ');
  return path === '' ? words : `\`${fieldAt(path, item)}\`: ${words}`;
}

function fieldAt(path: string, item: Item): string {
  const [top = '', at = ''] = path.split('.');
  const list = item.body.custom_fields_values;
  if (top !== 'custom_fields_values' || !Array.isArray(list)) return path;
  const row = list[Number(at)];
  const id = isJsonObject(row) ? keyText(row.field_id) : null;
  return id === null ? path : `${path} (field ${id})`;
}

export function refused(stream: string, words: string): Outcome {
  return {
    state: 'refused',
    failure: new Failure('write/record_refused', {
      message: `\`${stream}\` refused this record: ${words.slice(0, 400)}`.replace(/\.?$/, '.'),
      hint: correctIt,
    }),
  };
}

/** Ids by request id; what the vendor did not name is not in it. */
export function idsIn(rows: readonly JsonObject[]): ReadonlyMap<number, string> {
  const ids = new Map<number, string>();
  for (const [index, row] of rows.entries()) {
    const id = keyText(row.id);
    const asked = keyText(row.request_id) ?? String(index);
    if (id !== null && /^\d+$/.test(asked)) ids.set(Number(asked), id);
  }
  return ids;
}

/** It certainly did not happen: the change is simply sent again. */
export function notSent(failure: Failure): Outcome {
  return { state: 'unknown', failure: withSent(failure, false) };
}

export function inDoubt(failure: Failure): Outcome {
  return { state: 'unknown', failure: withSent(failure, true) };
}

function withSent(failure: Failure, wasSent: boolean): Failure {
  if (failure.details?.wasSent === wasSent) return failure;
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    details: { ...failure.details, wasSent },
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    cause: failure,
  });
}

export function unanswered(stream: string): Failure {
  return new Failure('read/bad_answer', {
    message: `\`${stream}\` did not say what became of this record.`,
    hint: 'It is looked up and sent again where it is missing.',
    details: { wasSent: true },
  });
}
