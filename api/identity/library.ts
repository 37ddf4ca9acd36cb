import { betterAuth } from 'better-auth';
import { organization, twoFactor } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import type { Store } from '../../store/database.js';
import { memberRoles, organizationRights } from './member-roles.js';
import { hashPassword, verifyPassword } from './passwords.js';

/** In the name of every session cookie, with and without the prefix that https asks for. */
export const sessionCookieName = 'pipewright.session_token';

/** Letters that the library wants sent; its own addresses are not used, ours are pages of the cabinet. */
export interface Letters {
  confirmEmail(to: Addressee, token: string): Promise<void>;
  /** Somebody registered with the address of a person who is known already. */
  registeredAgain(to: Addressee): Promise<void>;
  resetPassword(to: Addressee, token: string): Promise<void>;
  /** To the present address, before the change. */
  changeEmail(to: Addressee, newEmail: string, token: string): Promise<void>;
}

export interface Addressee {
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
}

export interface IdentityOptions {
  readonly store: Store;
  /** Signs cookies; derived from the master key. */
  readonly secret: string;
  /** Origin that people use, without a slash. */
  readonly origin: string;
  readonly session: { readonly idleMinutes: number };
  readonly letters: Letters;
}

export const confirmMinutes = 24 * 60;
export const resetMinutes = 30;
export const invitationDays = 7;

/**
 * The sign-in library over schema `auth`. Its own HTTP routes are never mounted: our routes call `api.*`, so that one
 * table says who may do what, one limiter counts tries, and one form of problems and languages answers (decision 0011).
 */
export function buildIdentity({ store, secret, origin, session, letters }: IdentityOptions) {
  const isHttps = origin.startsWith('https:');
  return betterAuth({
    appName: 'Pipewright',
    baseURL: origin,
    secret,
    database: { db: store.authDatabase, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      requireEmailVerification: true,
      minPasswordLength: 8,
      maxPasswordLength: 256,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: resetMinutes * 60,
      password: { hash: hashPassword, verify: verifyPassword },
      sendResetPassword: async ({ user, token }) => letters.resetPassword(addressee(user), token),
      onExistingUserSignUp: async ({ user }) => letters.registeredAgain(addressee(user)),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: false,
      expiresIn: confirmMinutes * 60,
      sendVerificationEmail: async ({ user, token }) => letters.confirmEmail(addressee(user), token),
    },
    user: {
      additionalFields: {
        language: { type: 'string', required: false, input: true },
        accountName: { type: 'string', required: false, input: true, returned: false },
      },
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: async ({ user, newEmail, token }) =>
          letters.changeEmail(addressee(user), newEmail, token),
      },
    },
    session: {
      expiresIn: session.idleMinutes * 60,
      updateAge: Math.min(60, session.idleMinutes * 15),
      cookieCache: { enabled: false },
    },
    verification: { storeIdentifier: 'hashed' },
    plugins: [
      // Only for its tables: members and invitations change under locks of our own (store/members.ts).
      organization({ ac: organizationRights, roles: memberRoles, creatorRole: 'owner' }),
      twoFactor({ issuer: 'Pipewright' }),
    ],
    advanced: {
      cookiePrefix: isHttps ? '__Host-pipewright' : 'pipewright',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps, httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => uuidv7() },
      disableOriginCheck: true,
    },
  });
}

export type Identity = ReturnType<typeof buildIdentity>;

function addressee(user: { email: string; name: string; language?: unknown }): Addressee {
  return { email: user.email, name: user.name, language: typeof user.language === 'string' ? user.language : null };
}
