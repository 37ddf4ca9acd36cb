import { errorText, Failure, isFailure } from '../../core/failures.js';
import { isConnectionLoss } from '../../store/database.js';

/** Calls the sign-in library; what it throws becomes one of our failures. */
export async function callLibrary<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw libraryFailure(error);
  }
}

/** A person whom the library does not want to do that: by its codes. */
const failureOf: Readonly<Record<string, () => Failure>> = {
  INVALID_EMAIL_OR_PASSWORD: signInFailed,
  EMAIL_NOT_VERIFIED: () =>
    new Failure('person/email_unconfirmed', {
      message: 'This address is not confirmed yet.',
      hint: 'Open the link in the mail that you got, or ask for another one.',
    }),
  INVALID_PASSWORD: wrongPassword,
  CREDENTIAL_ACCOUNT_NOT_FOUND: wrongPassword,
  INVALID_TOKEN: invalidToken,
  TOKEN_EXPIRED: invalidToken,
  USER_NOT_FOUND: invalidToken,
  INVALID_USER: invalidToken,
  INVALID_EMAIL: () =>
    new Failure('api/bad_request', {
      message: 'The body of the request does not fit: `email` has not the expected form.',
      hint: 'Send an address such as `name@example.com`.',
    }),
  INVALID_CODE: wrongCode,
  INVALID_BACKUP_CODE: wrongCode,
  INVALID_TWO_FACTOR_COOKIE: wrongCode,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: wrongCode,
  ACCOUNT_TEMPORARILY_LOCKED: () =>
    new Failure('api/too_many_requests', {
      message: 'Too many wrong codes were tried.',
      hint: 'Try again in 15 minutes.',
      retryAfterMs: 15 * 60_000,
    }),
  TOTP_ALREADY_ENABLED: () =>
    new Failure('person/two_factor_on', {
      message: 'The second step is switched on already.',
      hint: 'Switch it off first, to set it up on another device.',
    }),
  TOTP_NOT_ENABLED: twoFactorOff,
  TWO_FACTOR_NOT_ENABLED: twoFactorOff,
  BACKUP_CODES_NOT_ENABLED: twoFactorOff,
};

function libraryFailure(error: unknown): unknown {
  if (isFailure(error)) return error;
  const { name, body } = error as { name?: unknown; body?: { code?: unknown } };
  const code = name === 'APIError' ? body?.code : undefined;
  if (typeof code === 'string' && Object.hasOwn(failureOf, code)) return failureOf[code]?.();
  if (!isConnectionLoss(error)) return error;
  return new Failure('store/unavailable', {
    message: `The database does not answer: ${errorText(error)}.`,
    hint: 'Wait a moment and try again.',
    cause: error,
  });
}

function signInFailed(): Failure {
  return new Failure('person/sign_in_failed', {
    message: 'Address and password do not belong together.',
    hint: 'Type them again, or set a new password by mail.',
  });
}

function wrongPassword(): Failure {
  return new Failure('person/password_wrong', {
    message: 'The present password is wrong.',
    hint: 'Type it again, or set a new one by mail.',
  });
}

export function wrongCode(): Failure {
  return new Failure('person/code_wrong', {
    message: 'The code is wrong, was used before, or came too late.',
    hint: 'Type the code that your app shows now or a backup code; after ten minutes sign in anew.',
  });
}

export function invalidToken(): Failure {
  return new Failure('person/token_invalid', {
    message: 'The link was used before, has run out, or is not whole.',
    hint: 'Ask for a new one.',
  });
}

function twoFactorOff(): Failure {
  return new Failure('person/two_factor_off', {
    message: 'The second step is not switched on.',
    hint: 'Switch it on first.',
  });
}
