import { type Static, Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { parseSettings } from '../kit/settings.js';

/** Where the vendor's own token server is; newer portals also name `https://oauth.bitrix24.tech`. */
const usualOauthUrl = 'https://oauth.bitrix.info';

export const settings = Type.Object(
  {
    base_url: Type.String({
      title: 'Portal',
      description: 'Address of the Bitrix24 portal, e.g. `https://example.bitrix24.ru`.',
      format: 'uri',
    }),
    auth: Type.Optional(
      Type.Unsafe<'webhook' | 'oauth'>({
        type: 'string',
        enum: ['webhook', 'oauth'],
        title: 'Sign-in',
        description: 'An incoming webhook (default), or a local or marketplace application with OAuth 2.0.',
      }),
    ),
    oauth_url: Type.Optional(
      Type.String({
        title: 'Token server',
        description: `Address of the server that gives tokens; \`${usualOauthUrl}\` by default.`,
        format: 'uri',
      }),
    ),
    requests_per_second: Type.Optional(
      Type.Number({
        title: 'Requests per second',
        description: 'What the portal’s plan allows: 2 by default, 5 on Enterprise.',
        minimum: 0.1,
        maximum: 1_000,
      }),
    ),
    smart_processes: Type.Optional(
      Type.Array(Type.Integer({ minimum: 128 }), {
        title: 'Smart processes',
        description:
          'Type ids whose streams `items_<id>` are known without asking the portal; others are found by asking.',
      }),
    ),
    product_rows: Type.Optional(
      Type.Boolean({
        title: 'Read product rows',
        description: 'Whether deals and leads are read with their `PRODUCT_ROWS` (default): one more request a page.',
      }),
    ),
  },
  { additionalProperties: false },
);

const kept = (title: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Null()], { title, description: 'Kept up to date by Pipewright.' }));

export const secret = Type.Object(
  {
    webhook: Type.Optional(
      Type.String({
        title: 'Incoming webhook',
        description: 'Its address as the portal shows it, or the last two parts of it: `1/abcdef0123456789`.',
      }),
    ),
    client_id: Type.Optional(
      Type.String({ title: 'Application id', description: 'The application’s `client_id` (OAuth 2.0).' }),
    ),
    client_secret: Type.Optional(
      Type.String({ title: 'Application key', description: 'The application’s `client_secret` (OAuth 2.0).' }),
    ),
    access_token: kept('Access token'),
    refresh_token: kept('Refresh token'),
    expires_at: kept('Access token runs out at'),
    member_id: kept('Portal’s own id'),
  },
  { additionalProperties: false },
);

/** A connection's settings with all defaults in place; addresses without a slash at their end. */
export interface Portal {
  readonly baseUrl: string;
  readonly oauthUrl: string;
  readonly auth: 'webhook' | 'oauth';
  readonly requestsPerSecond: number;
  readonly smartProcesses: readonly number[];
  readonly readsProductRows: boolean;
}

export function portalOf(of: JsonObject): Portal {
  const parsed: Static<typeof settings> = parseSettings(settings, of);
  return {
    baseUrl: addressOf('base_url', parsed.base_url),
    oauthUrl: addressOf('oauth_url', parsed.oauth_url ?? usualOauthUrl),
    auth: parsed.auth ?? 'webhook',
    requestsPerSecond: parsed.requests_per_second ?? 2,
    smartProcesses: parsed.smart_processes ?? [],
    readsProductRows: parsed.product_rows ?? true,
  };
}

/** `host:port` of an address. */
export function placeOf(address: string): string {
  const url = new URL(address);
  return `${url.hostname.toLowerCase()}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** People paste the webhook's whole address as the portal's; what follows `/rest` is no part of it. */
function addressOf(name: string, text: string): string {
  if (URL.canParse(text)) return text.replace(/\/rest(\/.*)?$/, '').replace(/\/+$/, '');
  throw new Failure('connection/invalid_settings', {
    message: `\`${name}\` is not an address: \`${text.slice(0, 100)}\`.`,
    hint: 'Write it like `https://example.bitrix24.ru`.',
  });
}
