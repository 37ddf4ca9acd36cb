import type { VendorRequest } from '../kit/exchange.js';
import { type JsonObject, own } from '../kit/json.js';
import type { Asker, Portal } from './call.js';
import { users } from './directories.js';
import { ApiError } from './errors.js';
import { textOf } from './php.js';

/** What the path of a request says. */
export interface RestAddress {
  /** The third version, under `/rest/api/`. */
  readonly isThree: boolean;
  readonly webhook?: { readonly userId: string; readonly secret: string };
  /** The method as written, without its suffix. */
  readonly method: string;
  readonly isXml: boolean;
}

/** Reads `/rest/[api/][{user}/{secret}/]{method}[.json|.xml]`. */
export function readAddress(request: VendorRequest): RestAddress {
  const [, ...parts] = request.segments;
  const isThree = parts[0] === 'api';
  if (isThree) parts.shift();
  const last = parts.at(-1) ?? '';
  const isXml = /\.xml$/i.test(last);
  const method = last.replace(/\.(json|xml)$/i, '');
  const [userId, secret] = parts;
  const isHook = parts.length >= 3 && userId !== undefined && secret !== undefined;
  return { isThree, method, isXml, ...(isHook ? { webhook: { userId, secret } } : {}) };
}

/** Who calls; throws the portal's 401 and 403. */
export function makeAsker(portal: Portal, address: RestAddress, params: JsonObject): Asker {
  if (address.webhook !== undefined) {
    const key = portal.keys.find(address.webhook.userId, address.webhook.secret);
    const user = users.find(({ id }) => id === key?.userId);
    if (key === undefined || user === undefined) {
      if (address.method.toLowerCase() === 'crm.item.batchimport') {
        throw new ApiError(401, 'INVALID_CREDENTIALS', 'Invalid authorization data for the request');
      }
      throw wrongAuthorization();
    }
    return { kind: 'webhook', key: `webhook/${key.id}`, user, scopes: new Set(key.scopes) };
  }
  const token = textOf(own(params, 'auth'));
  const state = token === '' ? 'unknown' : portal.oauth.stateOf(token);
  if (state === 'unknown') throw wrongAuthorization();
  if (state === 'expired') throw new ApiError(401, 'expired_token', 'The access token provided has expired.');
  if (portal.settings.app_closed_to_user) {
    throw new ApiError(403, 'user_access_error', 'The user does not have access to the application.');
  }
  const user = users.find(({ id }) => id === state.userId);
  if (user === undefined) throw wrongAuthorization();
  return {
    kind: 'app',
    key: 'app',
    user,
    scopes: new Set(portal.settings.app_scope.split(',').map((scope) => scope.trim())),
  };
}

const wrongAuthorization = (): ApiError => new ApiError(401, 'NO_AUTH_FOUND', 'Wrong authorization data');
