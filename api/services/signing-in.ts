import { evenLookup } from '../../store/people.js';
import { endSession, endSessionByToken } from '../../store/sessions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { cookiesOf } from '../identity/known-devices.js';
import { callLibrary, wrongCode } from '../identity/library-calls.js';
import { giveTryBack, keyOf, takeTry, usedCodes } from './login-limits.js';
import { Turnstile } from './turnstile.js';

/** Of the request: which browser it is and where. */
export interface Place {
  readonly address: string;
  readonly cookie: string | undefined;
  readonly userAgent: string | undefined;
}

export interface SignedIn {
  readonly state: 'signed_in' | 'second_step';
  readonly cookies: readonly string[];
}

/** Hashes come two at a time (passwords.ts); who waits for one holds nothing else. */
const logins = new Turnstile(4, 500);

/**
 * Looks at the password and begins a session with a new id; the one that this browser had before ends. People with a
 * second step get a cookie for it instead, good for ten minutes.
 */
export async function signIn(
  context: ApiContext,
  caller: Caller,
  { email, password }: { readonly email: string; readonly password: string },
  place: Place,
): Promise<SignedIn> {
  const attempt = { email, address: place.address, isKnownDevice: context.devices.isKnown(email, place.cookie) };
  const { headers, response } = await logins.through(async () => {
    await takeTry(context.limits, attempt);
    await context.store.system((tx) => evenLookup(tx, email));
    const found = await callLibrary(() =>
      context.identity.api.signInEmail({ body: { email, password }, headers: headersOf(place), returnHeaders: true }),
    );
    await giveTryBack(context.limits, attempt);
    return found;
  });
  if ('twoFactorRedirect' in response) return { state: 'second_step', cookies: headers.getSetCookie() };
  await endPrevious(context, caller);
  return { state: 'signed_in', cookies: [...headers.getSetCookie(), context.devices.cookieFor(email)] };
}

/** Six digits are a code of the app, everything else a backup code; each works once. */
export async function secondStep(context: ApiContext, caller: Caller, code: string, place: Place): Promise<SignedIn> {
  const headers = headersOf(place, /two_factor$/);
  const call = { body: { code }, headers, returnHeaders: true } as const;
  const isOfApp = /^\d{6}$/.test(code);
  const { headers: answered, response } = await callLibrary(async () =>
    isOfApp ? await context.identity.api.verifyTOTP(call) : await context.identity.api.verifyBackupCode(call),
  );
  const { token, user } = response;
  if (isOfApp && !(await context.limits.count(usedCodes, keyOf(user.id, code))).isAllowed) {
    if (typeof token === 'string') await endSessionByToken(context.store, token);
    throw wrongCode();
  }
  await endPrevious(context, caller);
  return { state: 'signed_in', cookies: [...answered.getSetCookie(), context.devices.cookieFor(user.email)] };
}

/** The session ends in the database; the browser forgets its cookie. */
export async function signOut(context: ApiContext, place: Place): Promise<readonly string[]> {
  const { headers } = await callLibrary(() =>
    context.identity.api.signOut({ headers: headersOf(place, /session_token$/), returnHeaders: true }),
  );
  return headers.getSetCookie();
}

async function endPrevious(context: ApiContext, { person }: Caller): Promise<void> {
  if (person !== null) await endSession(context.store, person.userId, person.sessionId);
}

/** What the library may see of a request: chosen cookies, and where it comes from, for the list of sessions. */
export function headersOf(place: Place, cookies?: RegExp): Headers {
  const headers = new Headers();
  const chosen = [...cookiesOf(place.cookie)].filter(([name]) => cookies?.test(name) === true);
  if (chosen.length > 0) headers.set('cookie', chosen.map(([name, value]) => `${name}=${value}`).join('; '));
  if (place.address !== '') headers.set('x-forwarded-for', place.address);
  if (place.userAgent !== undefined) headers.set('user-agent', place.userAgent.slice(0, 300));
  return headers;
}
