import { createHmac, timingSafeEqual } from 'node:crypto';

/** A year: who signs in from a browser now and then is always known there. */
const maxAgeSeconds = 365 * 86_400;
const form = /^[A-Za-z0-9_-]{43}$/;

/**
 * A cookie by which a browser shows that this address signed in from it before. It opens nothing; tries that come with
 * it are counted apart, so that nobody can lock an owner out by guessing from elsewhere.
 */
export interface KnownDevices {
  /** `Set-Cookie` line. */
  cookieFor(email: string): string;
  isKnown(email: string, cookieHeader: string | undefined): boolean;
}

export function createKnownDevices(secret: Buffer, origin: string): KnownDevices {
  const isHttps = origin.startsWith('https:');
  const name = `${isHttps ? '__Host-' : ''}pipewright.device`;
  const valueFor = (email: string): string =>
    createHmac('sha256', secret).update(`device|${email.toLowerCase()}`).digest('base64url');
  return {
    cookieFor: (email) =>
      `${name}=${valueFor(email)}; Max-Age=${maxAgeSeconds}; Path=/; HttpOnly;${isHttps ? ' Secure;' : ''} SameSite=Lax`,
    isKnown: (email, header) => {
      const value = cookiesOf(header).get(name) ?? '';
      return form.test(value) && timingSafeEqual(Buffer.from(value), Buffer.from(valueFor(email)));
    },
  };
}

export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    (header ?? '').split(';').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
