import { Failure } from '../../../core/failures.js';
import type { Outcome } from '../../kit/index.js';
import { failureOf, wordsOf } from '../answers.js';
import type { PartAnswer } from '../batch.js';

type Answered = NonNullable<PartAnswer>;

/** A refusal in the vendor's own words, as the record's dead letter. */
export function refusalOf(stream: string, answer: Answered): Outcome {
  const failure = failureOf(answer.said, answer.meaning, `\`${stream}\` refused this record: it`);
  return {
    state: 'refused',
    failure: new Failure('write/record_refused', {
      message: failure.message,
      hint: failure.hint,
      details: { status: answer.said.status },
    }),
  };
}

export function goneOf(stream: string, id: string): Outcome {
  return {
    state: 'refused',
    failure: new Failure('write/record_refused', {
      message: `\`${stream}\` has no record \`${id}\` any more.`,
      hint: 'It was deleted at the instance: discard this dead letter, or reset the link to create the record anew.',
    }),
  };
}

/** Nobody knows, and a repeat is harmless: ids are ours, so a record is made once however often it is sent. */
export function unknownOf(stream: string, answer: Answered): Outcome {
  return { state: 'unknown', failure: failureOf(answer.said, answer.meaning, `\`${stream}\``) };
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

/** Rights that the whole object lacks: no record of it can be written. */
export function lacksObject(answer: Answered): boolean {
  return answer.meaning === 'no_rights' && /\bobject\b/i.test(wordsOf(answer.said.body) ?? '');
}
