import { hashOf } from '../kit/effect-log.js';
import type { Answer, VendorRequest } from '../kit/exchange.js';
import { problem } from './answers.js';

const LONGEST_KEY = 255;
const KEPT_BYTES = 32 << 20;

interface Kept {
  readonly request: number;
  readonly answer: Answer;
  readonly bytes: number;
}

/** Answers kept by `Idempotency-Key`: a request that comes again is answered the same and does nothing. */
export class RepeatKeeper {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  once(request: VendorRequest, perform: () => Answer): Answer {
    const key = request.header('idempotency-key');
    if (key === undefined) return perform();
    if (key.length > LONGEST_KEY) return problem(400, 'invalid_idempotency_key', 'The key is too long.');
    const fingerprint = hashOf(`${request.method} ${request.target}\n${request.body.toString('latin1')}`);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      if (known.request !== fingerprint)
        return problem(422, 'idempotency_key_reused', 'The key was used for another request.');
      return { ...known.answer, headers: { ...known.answer.headers, 'idempotency-replayed': 'true' } };
    }
    const answer = perform();
    this.#keep(key, fingerprint, answer);
    return answer;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  /** The oldest answers go once all together outgrow their room. */
  #keep(key: string, request: number, answer: Answer): void {
    const bytes = 200 + (typeof answer.body === 'string' ? answer.body.length : 0);
    this.#kept.set(key, { request, answer, bytes });
    this.#bytes += bytes;
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) break;
      this.#kept.delete(oldest);
      this.#bytes -= kept.bytes;
    }
  }
}
