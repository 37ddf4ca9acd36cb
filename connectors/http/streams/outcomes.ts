import { Failure } from '../../../core/failures.js';
import type { JsonValue } from '../../../core/json.js';
import type { Change, HttpAnswer, Outcome } from '../../kit/index.js';
import { parseJsonPath, textAt } from '../../kit/json-path.js';
import type { ServiceClient } from '../client.js';
import type { ServiceBatch } from '../service.js';

const correctIt = 'Correct the record or the mapping, then resend it.';

/** What one result of a batch means for its change. */
export function outcomeOfResult(stream: string, batch: ServiceBatch, change: Change, result: JsonValue): Outcome {
  const status = textAt(result, parseJsonPath(batch.status)) ?? '';
  const code = batch.error_code === undefined ? null : textAt(result, parseJsonPath(batch.error_code));
  if (batch.refused.includes(status)) {
    if (change.operation === 'delete' && change.targetKey !== null && code !== null && batch.missing?.includes(code))
      return { state: 'written', targetKey: change.targetKey, created: false };
    return { state: 'refused', failure: refusedRecord(stream, textAt(result, parseJsonPath(batch.error)) ?? status) };
  }
  const key = textAt(result, parseJsonPath(batch.key)) ?? change.targetKey;
  if (key !== null && (batch.done?.includes(status) ?? true))
    return { state: 'written', targetKey: key, created: (batch.created ?? ['created']).includes(status) };
  return { state: 'unknown', failure: wrongResult(stream, status) };
}

/** What the answer to a single call means; throws what stops the whole batch. */
export function outcomeOfAnswer(
  client: ServiceClient,
  stream: string,
  change: Change,
  answer: HttpAnswer,
  keyPath: string,
): Outcome {
  if (change.operation === 'delete' && (answer.status === 404 || answer.status === 410))
    return { state: 'written', targetKey: change.targetKey ?? '', created: false };
  if (answer.status >= 300) {
    const kind = client.kindOf(answer);
    if (kind === 'rejected' || kind === 'conflict') return refusalOf(stream, client.failureOf(answer));
    throw client.failureOf(answer);
  }
  if (change.targetKey !== null) return { state: 'written', targetKey: change.targetKey, created: false };
  const key = textAt(answer.json(), parseJsonPath(keyPath));
  if (key === null) throw wrongResults(stream, 1, null);
  return { state: 'written', targetKey: key, created: true };
}

/** A refusal in the service's own words, as the record's dead letter. */
export function refusalOf(stream: string, failure: Failure): Outcome {
  return {
    state: 'refused',
    failure: new Failure('write/record_refused', {
      message: `\`${stream}\` refused this record: ${failure.message}`,
      hint: correctIt,
      ...(failure.details && { details: failure.details }),
    }),
  };
}

/** For what was not sent because something before it stopped: it certainly did not happen. */
export function notSent(failure: Failure): Outcome {
  return {
    state: 'unknown',
    failure: new Failure(failure.code, {
      message: failure.message,
      hint: failure.hint,
      details: { ...failure.details, wasSent: false },
      ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    }),
  };
}

export function wrongResults(stream: string, asked: number, results: JsonValue | undefined): Failure {
  const got = Array.isArray(results) ? `${results.length} results` : 'no results';
  return new Failure('read/bad_answer', {
    message: `\`${stream}\` answered with ${got} for ${asked} records.`,
    hint: 'The records are looked up or sent again; if this stays, the service definition is wrong.',
    details: { wasSent: true },
  });
}

function wrongResult(stream: string, status: string): Failure {
  return new Failure('read/bad_answer', {
    message: `\`${stream}\` answered for a record with status \`${status}\` and told no id.`,
    hint: 'The record is looked up or sent again; if this stays, the service definition is wrong.',
    details: { wasSent: true },
  });
}

function refusedRecord(stream: string, words: string): Failure {
  return new Failure('write/record_refused', {
    message: `\`${stream}\` refused this record: ${words.slice(0, 300)}`.replace(/\.?$/, '.'),
    hint: correctIt,
  });
}
