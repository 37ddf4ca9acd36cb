import type { Request } from 'express';
import { Failure } from '../../core/failures.js';
import type { ApiContext } from '../context.js';
import { authenticateKey } from './api-keys.js';
import { type Caller, visitor } from './caller.js';
import { authenticateSession, hasSession } from './sessions.js';

export interface Authenticated {
  readonly caller: Caller;
  /** `Set-Cookie` lines of a session that was prolonged. */
  readonly cookies: readonly string[];
}

/**
 * Who a request comes from: an API key, else a signed-in person, else a visitor. Rights are checked afterwards.
 * `isLook`: only to see whether an open answer may go on, which prolongs no session.
 */
export async function authenticate(
  context: ApiContext,
  request: Request,
  address: string,
  { isLook = false }: { readonly isLook?: boolean } = {},
): Promise<Authenticated> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    return { caller: await authenticateKey(context, authorization, address), cookies: [] };
  }
  if (!hasSession(request)) return { caller: visitor, cookies: [] };
  const authenticated = await authenticateSession(context, request, isLook);
  if (authenticated.caller.kind !== 'visitor') requireOwnPage(request);
  return authenticated;
}

/** A browser sends cookies by itself, so a change must show that our own page asked for it. */
function requireOwnPage(request: Request): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // A foreign Origin was refused before; here one must be there at all.
  if (isRead || request.headers.origin !== undefined || request.headers['sec-fetch-site'] === 'same-origin') return;
  throw new Failure('api/origin_refused', {
    message: 'A change with a sign-in cookie must name the page it comes from.',
    hint: 'Send the header `Origin` of this server, or use an API key from a program.',
  });
}
