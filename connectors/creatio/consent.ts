import { Failure } from '../../core/failures.js';
import type { OAuthDeclaration } from '../kit/index.js';
import { identityUrl, parseCreatioSettings } from './settings.js';
import { requestToken } from './sign-in.js';

/** Without it there is no refresh token, and the consent would last an hour. */
const scope = 'offline_access';

/**
 * The authorisation code grant of the identity service.
 * https://academy.creatio.com/docs/8.x/dev/development-on-creatio-platform/integrations-and-api/authentication/oauth-2-0-authorization/authorization-code-grant
 */
export const consent: OAuthDeclaration = {
  settings: { auth: 'authorization_code' },
  hasPkce: true,
  authorizeUrl: (settings, { clientId, redirectUri, state, challenge }) => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope,
      state,
      ...(challenge !== undefined && { code_challenge: challenge, code_challenge_method: 'S256' }),
    });
    return `${identityUrl(parseCreatioSettings(settings))}/connect/authorize?${query}`;
  },
  exchange: async ({ settings, secret, query, redirectUri, verifier, http, signal }) => {
    const code = query.code ?? '';
    if (code === '') throw noCode(query.error);
    const on = {
      settings: parseCreatioSettings({ ...settings, auth: 'authorization_code' }),
      http,
      connectionId: '',
      signal,
    };
    const tokens = await requestToken(on, secret, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: String(secret.client_id ?? ''),
      client_secret: String(secret.client_secret ?? ''),
      ...(verifier !== undefined && { code_verifier: verifier }),
    });
    return { secret: tokens, settings: { ...settings, auth: 'authorization_code' } };
  },
};

function noCode(error: string | undefined): Failure {
  return new Failure('connection/token_revoked', {
    message: `The instance gave no consent${error === undefined ? '' : `: \`${error.slice(0, 100)}\``}.`,
    hint: 'Connect the instance again and agree on its page.',
  });
}
