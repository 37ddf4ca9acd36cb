import { createHash } from 'node:crypto';
import type { LimitRule, Limits } from '../access/limits.js';

const quarter = 15 * 60;

/**
 * How often somebody may try to sign in. At most ten tries in 15 minutes for one login, from wherever they come; a
 * single address gets seven of them, so that one guesser alone never uses up all ten and the owner still gets in from
 * elsewhere. A browser that this login signed in from before (known-devices.ts) has ten tries of its own: guessers
 * cannot lock the owner out of it. Who has no such browser and meets a flood of guesses sets a new password by mail,
 * which makes the browser known. Nothing is locked for good: every count ends 15 minutes after it began. A right
 * password gives its own tries back, never those of others, or guessing would pause only until the owner came.
 */
const ofLogin: LimitRule = { name: 'login', points: 10, seconds: quarter };
const ofPair: LimitRule = { name: 'login-pair', points: 7, seconds: quarter };
const ofDevice: LimitRule = { name: 'login-device', points: 10, seconds: quarter };
/** Of one address over all logins: many people may share one. */
const ofAddress: LimitRule = { name: 'login-address', points: 100, seconds: quarter };

/** Of a signed-in person: the present password or a code, asked for a change of sign-in data. */
export const secretChecks: LimitRule = { name: 'secret', points: 10, seconds: quarter };
export const registrations: LimitRule = { name: 'register', points: 60, seconds: 3_600 };
/** Letters that anybody may have sent to one address. */
export const letters: LimitRule = { name: 'letter', points: 6, seconds: 3_600 };
export const letterAsks: LimitRule = { name: 'letter-address', points: 60, seconds: 3_600 };
/** Links of letters, tried from one address. */
export const tokenTries: LimitRule = { name: 'token', points: 60, seconds: 3_600 };
export const newAccounts: LimitRule = { name: 'account', points: 20, seconds: 86_400 };
export const invitations: LimitRule = { name: 'invite', points: 100, seconds: 86_400 };
export const partnerAsks: LimitRule = { name: 'partner', points: 30, seconds: 86_400 };
/** A code of the second step works once; it is valid for no longer than this. */
export const usedCodes: LimitRule = { name: 'code', points: 1, seconds: 180 };

/** A short key for what people typed; the table of counters holds no addresses. */
export function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n').toLowerCase()).digest('base64url').slice(0, 32);
}

export interface Attempt {
  readonly email: string;
  readonly address: string;
  readonly isKnownDevice: boolean;
}

/** Takes a try before the password is looked at. Throws `api/too_many_requests`. */
export async function takeTry(limits: Limits, { email, address, isKnownDevice }: Attempt): Promise<void> {
  await limits.take(ofAddress, keyOf(address));
  if (isKnownDevice) {
    await limits.take(ofDevice, keyOf(email));
    return;
  }
  await limits.take(ofPair, keyOf(email, address));
  await limits.take(ofLogin, keyOf(email));
}

/** The password was right. */
export async function giveTryBack(limits: Limits, { email, address, isKnownDevice }: Attempt): Promise<void> {
  await limits.giveBack(ofAddress, keyOf(address));
  if (isKnownDevice) {
    await limits.forget(ofDevice, keyOf(email));
    return;
  }
  await limits.forget(ofPair, keyOf(email, address));
  await limits.giveBack(ofLogin, keyOf(email));
}
