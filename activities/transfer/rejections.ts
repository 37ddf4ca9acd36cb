import { Failure } from '../../core/failures.js';
import type { ErrorPolicy } from '../../definitions/plan/plan.js';

/**
 * Watches how many of the last changes were refused, and throws when the pipeline's error policy says to stop.
 * Kept per run and flow in the worker's memory; after a crash it begins to watch anew.
 */
export class RejectionWatch {
  readonly #last: boolean[] = [];
  #refused = 0;
  #next = 0;

  constructor(readonly policy: ErrorPolicy) {}

  /** Throws `run/too_many_rejected` after the page that crossed the line was stored. */
  add(produced: number, refused: number): void {
    if (refused > 0 && this.policy.rejected === 'stop')
      throw tooMany(`${refused} refused, and the pipeline stops at the first one`);
    const rule = this.policy.stopWhen;
    if (rule === null) return;
    for (let index = 0; index < produced; index++) this.#push(index < refused, rule.ofLast);
    if (this.#last.length < rule.ofLast || this.#refused / rule.ofLast <= rule.share) return;
    throw tooMany(`${this.#refused} of the last ${rule.ofLast} were refused, more than ${rule.share * 100}%`);
  }

  #push(isRefused: boolean, size: number): void {
    if (this.#last[this.#next] === true) this.#refused -= 1;
    this.#last[this.#next] = isRefused;
    if (isRefused) this.#refused += 1;
    this.#next = (this.#next + 1) % size;
  }
}

function tooMany(what: string): Failure {
  return new Failure('run/too_many_rejected', {
    message: `The run stopped because of refused records: ${what}.`,
    hint: 'Look at the dead letters, mend the cause, resend them and run again; confirmed records stay.',
  });
}
