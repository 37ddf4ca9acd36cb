import { Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { parseSettings } from '../kit/settings.js';

export const settings = Type.Object(
  {
    base_url: Type.String({
      title: 'Account address',
      description: 'Address of the account, like `https://example.amocrm.ru` or `https://example.kommo.com`.',
      format: 'uri',
    }),
    auth: Type.Optional(
      Type.Union([Type.Literal('oauth'), Type.Literal('token')], {
        title: 'Way of signing in',
        description: '`oauth` for consent in the browser (the default), `token` for a long-lived token.',
      }),
    ),
    oauth_url: Type.Optional(
      Type.String({
        title: 'Consent address',
        description: 'Where people give their consent; by default `https://www.amocrm.ru` or the like, by the account.',
        format: 'uri',
      }),
    ),
    drive_url: Type.Optional(
      Type.String({
        title: 'File service',
        description: 'Address of the account’s file service, like `https://drive-b.amocrm.ru`; for stream `files`.',
        format: 'uri',
      }),
    ),
    requests_per_second: Type.Optional(
      Type.Number({
        title: 'Requests a second',
        description: 'What the vendor allows this integration; 7 by default.',
        exclusiveMinimum: 0,
        maximum: 50,
      }),
    ),
  },
  { additionalProperties: false },
);

export const secret = Type.Object(
  {
    token: Type.Optional(
      Type.String({ title: 'Long-lived token', description: 'From the keys of a private integration.' }),
    ),
    client_id: Type.Optional(
      Type.String({ title: 'Integration id', description: 'From the keys of the integration.' }),
    ),
    client_secret: Type.Optional(
      Type.String({ title: 'Secret key', description: 'From the keys of the integration.' }),
    ),
    redirect_uri: Type.Optional(
      Type.String({ title: 'Redirect address', description: 'As it is entered in the integration.' }),
    ),
    access_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Access token',
        description: 'Kept up to date by Pipewright.',
      }),
    ),
    refresh_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Refresh token',
        description: 'Kept up to date by Pipewright; the vendor takes it once only.',
      }),
    ),
    expires_at: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Access token runs out at',
        description: 'Kept up to date by Pipewright, as an ISO time.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The settings as they are used: every address without a slash at its end. */
export interface Places {
  readonly baseUrl: string;
  readonly oauthUrl: string;
  readonly driveUrl: string | null;
  readonly usesToken: boolean;
}

export function placesOf(of: JsonObject): Places {
  const { base_url, oauth_url, drive_url, auth } = parseSettings(settings, of);
  const baseUrl = address('base_url', base_url);
  return {
    baseUrl,
    oauthUrl: oauth_url === undefined ? consentUrlOf(baseUrl) : address('oauth_url', oauth_url),
    driveUrl: drive_url === undefined ? null : address('drive_url', drive_url),
    usesToken: auth === 'token',
  };
}

/** `host:port` of an address. */
export function placeOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname.toLowerCase()}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

const consentHosts: readonly string[] = ['amocrm.ru', 'amocrm.com', 'kommo.com'];

/** The vendor's three names; an account of another name (a sandbox) has its consent page at home. */
export function vendorDomainOf(host: string): string | null {
  return consentHosts.find((domain) => host.toLowerCase().endsWith(`.${domain}`)) ?? null;
}

function consentUrlOf(baseUrl: string): string {
  const domain = vendorDomainOf(new URL(baseUrl).hostname);
  return domain === null ? baseUrl : `https://www.${domain}`;
}

function address(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '')
    return text.replace(/\/+$/, '');
  throw new Failure('connection/invalid_settings', {
    message: `\`${name}\` is not an address: \`${text}\`.`,
    hint: 'Write it like `https://example.amocrm.ru`.',
  });
}
