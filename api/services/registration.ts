import { confirmPerson, findPersonByEmail, forgetUnconfirmed } from '../../store/people.js';
import type { ApiContext } from '../context.js';
import { callLibrary, invalidToken } from '../identity/library-calls.js';
import { checkPassword } from '../identity/password-rules.js';
import { hashPassword } from '../identity/passwords.js';
import { evenly } from './evenly.js';
import { keyOf, letterAsks, letters, registrations, tokenTries } from './login-limits.js';

/** Longer than the work behind a letter takes. */
const letterMs = 300;
/** An address that nobody confirmed is free again after this time. */
const unconfirmedDays = 7;

export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly accountName?: string;
  readonly language?: string;
}

/**
 * Makes a person whose address is to be confirmed. Somebody who is known already gets a letter that says so; the answer
 * and its time are the same.
 */
export async function register(context: ApiContext, request: Registration, address: string): Promise<void> {
  checkPassword(request.password);
  await context.limits.take(registrations, keyOf(address));
  await evenly(letterMs, async () => {
    const { isAllowed } = await context.limits.count(letters, keyOf(request.email));
    if (!isAllowed) {
      await hashPassword(request.password);
      return;
    }
    await context.store.system((tx) => forgetUnconfirmed(tx, unconfirmedDays));
    await signUp(context, request);
  });
}

async function signUp(context: ApiContext, request: Registration): Promise<void> {
  const { name, email, password, language, accountName } = request;
  const known = { ...(language !== undefined && { language }), ...(accountName !== undefined && { accountName }) };
  try {
    await callLibrary(() => context.identity.api.signUpEmail({ body: { name, email, password, ...known } }));
  } catch (error) {
    // Two at once with one address: the second one is told what everybody is told.
    const body = (error as { body?: { code?: unknown } }).body;
    if (body?.code !== 'FAILED_TO_CREATE_USER') throw error;
  }
}

/** A letter with another link, where somebody registered with this address and has not confirmed it. */
export async function sendConfirmation(context: ApiContext, email: string, address: string): Promise<void> {
  await context.limits.take(letterAsks, keyOf(address));
  await evenly(letterMs, async () => {
    const { isAllowed } = await context.limits.count(letters, keyOf(email));
    if (!isAllowed) return;
    await callLibrary(() => context.identity.api.sendVerificationEmail({ body: { email } }));
  });
}

/** What a link out of a letter did. */
export type Confirmation = 'confirmed' | 'letter_sent' | 'changed';

/**
 * Uses the link of a letter: a first confirmation, which also makes the account that was wished for; the consent of the
 * old address to a change, which sends a letter to the new one; the confirmation of the new one.
 */
export async function confirmEmail(context: ApiContext, token: string, address: string): Promise<Confirmation> {
  await context.limits.take(tokenTries, keyOf(address));
  try {
    await callLibrary(() => context.identity.api.verifyEmail({ query: { token } }));
  } catch (error) {
    // The new address became somebody else's in the meantime.
    if ((error as { code?: unknown }).code === '23505') throw invalidToken();
    throw error;
  }
  const { email, updateTo, requestType } = payloadOf(token);
  if (updateTo === undefined) {
    await settle(context, email);
    return 'confirmed';
  }
  if (requestType !== 'change-email-verification') return 'letter_sent';
  await context.store.system(async (tx) => {
    const person = await findPersonByEmail(tx, updateTo);
    await context.letters.notice(tx, { email, language: person?.language ?? null }, 'email_changed');
  });
  return 'changed';
}

/** What the library has just found to be of its own making. */
function payloadOf(token: string): { email: string; updateTo?: string; requestType?: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

async function settle(context: ApiContext, email: string): Promise<void> {
  await context.store.system(async (tx) => {
    const person = await findPersonByEmail(tx, email);
    if (person !== null) await confirmPerson(tx, person.id, context.tariffs.ofNewAccounts);
  });
}

/** Sends a link for a new password, where the address is known. */
export async function forgotPassword(context: ApiContext, email: string, address: string): Promise<void> {
  await context.limits.take(letterAsks, keyOf(address));
  await evenly(letterMs, async () => {
    const { isAllowed } = await context.limits.count(letters, keyOf(email));
    if (isAllowed) await callLibrary(() => context.identity.api.requestPasswordReset({ body: { email } }));
  });
}

/**
 * Sets a new password by the link of a letter and ends all sessions. Who opened the letter has shown whose address it
 * is. Returns the cookie by which this browser is known from now on.
 */
export async function resetPassword(
  context: ApiContext,
  token: string,
  newPassword: string,
  address: string,
): Promise<string> {
  checkPassword(newPassword);
  await context.limits.take(tokenTries, keyOf(address));
  const { internalAdapter } = await context.identity.$context;
  const found = await callLibrary(() => internalAdapter.findVerificationValue(`reset-password:${token}`));
  if (found === null) throw invalidToken();
  await callLibrary(() => context.identity.api.resetPassword({ body: { token, newPassword } }));
  return context.store.system(async (tx) => {
    await confirmPerson(tx, found.value, context.tariffs.ofNewAccounts);
    const person = await tx
      .selectFrom('auth.user')
      .select(['email', 'language'])
      .where('id', '=', found.value)
      .executeTakeFirstOrThrow();
    await context.letters.notice(tx, person, 'password_changed');
    return context.devices.cookieFor(person.email);
  });
}
