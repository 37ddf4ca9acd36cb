import type { Place } from '../services/signing-in.js';

/** Which browser a request comes from, and where. */
export function placeOf(request: {
  readonly address: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}): Place {
  return { address: request.address, cookie: request.headers.cookie, userAgent: request.headers['user-agent'] };
}
