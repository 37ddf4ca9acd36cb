import type { RequestHandler, Response } from 'express';
import { isFailure } from '../../core/failures.js';
import { addressOf } from '../access/addresses.js';
import { authenticate } from '../access/authenticate.js';
import type { ApiContext } from '../context.js';
import { type CallbackAnswer, finish } from '../services/consents.js';
import { escapeHtml, sendPage } from './pages.js';
import { problemOf } from './problems.js';

const longestValue = 4_000;

/**
 * `GET /oauth/callback`: the browser comes back from the vendor's page, which is another site, so neither the origin
 * nor a key says who comes: the state, its cookie and the sign-in do. Ends on one of our own pages, always.
 */
export function consentCallback(context: ApiContext): RequestHandler {
  return async (request, response) => {
    response.locals.route = 'get /oauth/callback';
    response.setHeader('Cache-Control', 'no-store');
    try {
      const { state, ...query } = textsOf(request.query);
      const cookies = request.headers.cookie ?? '';
      const { caller } = await authenticate(context, request, addressOf(request, context.trustedProxies));
      const answer: CallbackAnswer = {
        state: state ?? '',
        query,
        cookies,
        person: caller.person,
        requestId: String(response.locals.requestId),
      };
      const { returnTo, connectionId, cookie } = await finish(context, answer);
      response.append('Set-Cookie', cookie);
      response.redirect(303, `${context.publicUrl.origin}${returnTo}?connection=${connectionId}`);
    } catch (error) {
      if (!request.accepts('html')) throw error;
      sendProblemPage(response, error);
    }
  };
}

/** `GET /oauth/connected`: where a consent ends that was begun without a page of its own. */
export const connectedPage: RequestHandler = (_request, response) => {
  response.locals.route = 'get /oauth/connected';
  sendPage(response, 200, 'Connected', '<p>The account is connected. You can close this window.</p>');
};

/** A refusal for people: the same words as in the API. */
export function sendProblemPage(response: Response, error: unknown): void {
  if (!isFailure(error)) throw error;
  const { status, title, message, hint, code, requestId } = problemOf(error, String(response.locals.requestId));
  const body = `<p>${escapeHtml(message)}</p><p>${escapeHtml(hint)}</p><p><small>${escapeHtml(code)} ${escapeHtml(requestId)}</small></p>`;
  sendPage(response, status, title, body);
}

function textsOf(query: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= longestValue,
    ),
  );
}
