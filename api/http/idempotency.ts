import { createHash } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { claimKey, releaseKey, storeAnswer } from '../../store/idempotency.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import type { Answer } from './route.js';

const form = /^[\x21-\x7e]{1,200}$/;

/**
 * Runs a POST once for each `Idempotency-Key`: a repeat gets the first answer (header `Idempotency-Replayed: true`),
 * the same key with another request is refused. Answers are kept sealed for two days.
 */
export async function answerOnce(
  context: ApiContext,
  caller: Caller,
  key: string,
  request: { readonly route: string; readonly body: JsonValue },
  handle: () => Promise<Answer>,
): Promise<Answer> {
  if (!form.test(key)) throw badKey();
  const bodyHash = createHash('sha256').update(stableStringify(request.body)).digest();
  const claim = await claimKey(context.store, caller.accountId, { key, route: request.route, bodyHash });
  if (claim.state === 'mismatch') throw mismatch(key);
  if (claim.state === 'pending') throw pending(key);
  const place = `idempotency|${key}`;
  if (claim.state === 'answered') return replay(context, caller, place, claim.status, claim.answer);
  try {
    const answer = await handle();
    const sealed = await context.vault.seal(caller.accountId, place, toJson(answer));
    await storeAnswer(context.store, caller.accountId, key, answer.status, sealed.toString('base64'));
    return answer;
  } catch (error) {
    // What did not happen may be asked again: nothing of a refused request is kept.
    await releaseKey(context.store, caller.accountId, key).catch(() => undefined);
    throw error;
  }
}

async function replay(
  context: ApiContext,
  caller: Caller,
  place: string,
  status: number,
  sealed: string | null,
): Promise<Answer> {
  const stored =
    sealed === null ? null : await context.vault.open(caller.accountId, place, Buffer.from(sealed, 'base64'));
  const kept = isJsonObject(stored) ? stored : {};
  return {
    status,
    ...('body' in kept && { body: kept.body }),
    headers: { ...(kept.headers as Record<string, string> | undefined), 'Idempotency-Replayed': 'true' },
  };
}

function toJson(answer: Answer): JsonValue {
  const { body, headers } = answer;
  return JSON.parse(JSON.stringify({ ...(body !== undefined && { body }), headers: headers ?? {} })) as JsonValue;
}

function badKey(): Failure {
  return new Failure('api/bad_request', {
    message: 'The header `Idempotency-Key` has not the expected form.',
    hint: 'Send 1 to 200 visible ASCII characters, such as a uuid.',
  });
}

function mismatch(key: string): Failure {
  return new Failure('api/idempotency_mismatch', {
    message: `The idempotency key \`${key}\` was used for another request.`,
    hint: 'Use a new key for each new request.',
  });
}

function pending(key: string): Failure {
  return new Failure('api/idempotency_pending', {
    message: `The first request with the idempotency key \`${key}\` is still under way.`,
    hint: 'Ask again in a moment; you will get its answer.',
    retryAfterMs: 1_000,
  });
}
