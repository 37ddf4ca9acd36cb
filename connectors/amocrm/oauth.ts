import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { OAuthDeclaration, OAuthExchange } from '../kit/index.js';
import { placesOf, vendorDomainOf } from './settings.js';
import { askForToken } from './token-endpoint.js';

/** Consent in the browser. The vendor knows the return address from the integration and takes none from us. */
export const oauth: OAuthDeclaration = {
  settings: { auth: 'oauth' },
  authorizeUrl: (settings, { clientId, state }) => {
    const query = new URLSearchParams({ client_id: clientId, state, mode: 'popup' });
    return `${placesOf(settings).oauthUrl}/oauth?${query}`;
  },
  exchange,
};

async function exchange(request: OAuthExchange): Promise<{ secret: JsonObject; settings: JsonObject }> {
  const { settings, query, http, signal } = request;
  const { baseUrl } = placesOf(settings);
  if (query.error !== undefined || query.code === undefined || query.code === '') throw denied(query.error);
  checkAccount(baseUrl, query.referer);
  const secret = { ...request.secret, redirect_uri: request.redirectUri };
  const grant = { grant_type: 'authorization_code', code: query.code };
  const answer = await askForToken({ baseUrl, secret, grant, http, signal });
  if ('words' in answer) throw refused(answer.words);
  return { secret: answer.secret, settings: { ...settings, auth: 'oauth' } };
}

/**
 * The callback says which account the person chose. Anyone can write that into an address, so it is only compared:
 * tokens are asked for at the account of this connection and nowhere else.
 */
function checkAccount(baseUrl: string, referer: string | undefined): void {
  if (referer === undefined || referer === '') return;
  const { hostname, host } = new URL(baseUrl);
  if (referer === hostname || referer === host) return;
  // Elsewhere than at the vendor (a sandbox) hosts may have several names.
  if (vendorDomainOf(hostname) === null) return;
  throw new Failure('connection/refused', {
    message: `The consent is for the account \`${referer.slice(0, 100)}\`, this connection is for \`${hostname}\`.`,
    hint: 'Choose the account of this connection at the vendor’s page, or make a connection for the other one.',
  });
}

function denied(error: string | undefined): Failure {
  return new Failure('connection/refused', {
    message: `The vendor gave no consent: \`${(error ?? 'no code').slice(0, 100)}\`.`,
    hint: 'Begin again, and allow the access at the vendor’s page.',
  });
}

function refused(words: string): Failure {
  return new Failure('connection/token_revoked', {
    message: `amoCRM does not accept the code of this consent: ${words.replace(/\.$/, '')}.`,
    hint: 'Begin again: a code works once and for twenty minutes; check the secret key of the integration.',
  });
}
