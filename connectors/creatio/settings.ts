import { type Static, Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { parseSettings } from '../kit/settings.js';

/** OData batches hold 100 requests; 96 changes leave room for the four look-ups that prove them. */
const mostChangesInBatch = 96;
const standardPageSize = 1_000;

/** What a connection to Creatio (or BPMSoft, the same platform) is told. */
export const settings = Type.Object(
  {
    base_url: Type.String({
      title: 'Address',
      description: 'Of the instance, e.g. `https://example.creatio.com`, without `/0` and without a slash at the end.',
      format: 'uri',
    }),
    auth: Type.Optional(
      Type.Union([Type.Literal('session'), Type.Literal('client_credentials'), Type.Literal('authorization_code')], {
        title: 'Sign-in',
        description:
          'How we sign in: `session` with user name and password (default), or OAuth 2.0 with `client_credentials` or `authorization_code`.',
      }),
    ),
    oauth_url: Type.Optional(
      Type.String({
        title: 'Identity service',
        description: 'Its address; by default that of the cloud, `https://example-is.creatio.com`.',
        format: 'uri',
      }),
    ),
    runtime: Type.Optional(
      Type.Union([Type.Literal('net_framework'), Type.Literal('net')], {
        title: 'Runtime',
        description: 'Services stand under `/0` on `net_framework` and at the root on `net`; found out when not given.',
      }),
    ),
    objects: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]*$' }), {
        title: 'Further objects',
        description:
          'Names of objects that become streams besides the standard ones, e.g. `UsrContract`; all of the instance when not given.',
        uniqueItems: true,
      }),
    ),
    details: Type.Optional(
      Type.Boolean({
        title: 'Lists of details',
        description: 'Whether records are read with their lists (phones, contacts of a deal, lines); true by default.',
      }),
    ),
    page_size: Type.Optional(
      Type.Integer({
        title: 'Page size',
        description: 'Records in a page, 1,000 by default; fewer for a slow instance.',
        minimum: 2,
        maximum: 10_000,
      }),
    ),
    batch_size: Type.Optional(
      Type.Integer({
        title: 'Batch size',
        description: 'Changes in one request, 96 by default; fewer where saving starts long business processes.',
        minimum: 1,
        maximum: mostChangesInBatch,
      }),
    ),
    requests_per_second: Type.Optional(
      Type.Number({
        title: 'Requests per second',
        description: 'An allowance agreed with the vendor or the administrator; unlimited when not given.',
        exclusiveMinimum: 0,
      }),
    ),
    requests_per_day: Type.Optional(
      Type.Integer({
        title: 'Requests per day',
        description: 'The plan’s quota of API calls for the integration’s user, 10,000 on the Growth plan.',
        minimum: 1,
      }),
    ),
  },
  { additionalProperties: false },
);

const keptUpToDate = 'Kept up to date by Pipewright.';

/** Which parts are needed depends on `auth`. */
export const secret = Type.Object(
  {
    username: Type.Optional(Type.String({ title: 'User name', description: 'For `session`.' })),
    password: Type.Optional(Type.String({ title: 'Password', description: 'For `session`.' })),
    client_id: Type.Optional(
      Type.String({ title: 'Client id', description: 'Of the application under “OAuth 2.0 integrated applications”.' }),
    ),
    client_secret: Type.Optional(
      Type.String({ title: 'Client secret', description: 'Of the application, shown once when it is registered.' }),
    ),
    cookies: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { title: 'Session cookies', description: keptUpToDate }),
    ),
    csrf_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { title: 'Session token', description: keptUpToDate }),
    ),
    access_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { title: 'Access token', description: keptUpToDate }),
    ),
    refresh_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { title: 'Refresh token', description: keptUpToDate }),
    ),
    expires_at: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { title: 'Access token runs out at', description: keptUpToDate }),
    ),
  },
  { additionalProperties: false },
);

export type AuthWay = 'session' | 'client_credentials' | 'authorization_code';

/** Settings with every default filled in. */
export interface CreatioSettings {
  readonly baseUrl: string;
  readonly auth: AuthWay;
  /** Null where it cannot be told and is not needed. */
  readonly oauthUrl: string | null;
  readonly runtime: 'net_framework' | 'net' | null;
  readonly objects: readonly string[] | null;
  readonly details: boolean;
  readonly pageSize: number;
  readonly batchSize: number;
  readonly requestsPerSecond: number | null;
  readonly requestsPerDay: number | null;
}

export function parseCreatioSettings(value: JsonObject): CreatioSettings {
  const given: Static<typeof settings> = parseSettings(settings, value);
  const auth = given.auth ?? 'session';
  const baseUrl = addressOf(given.base_url, 'base_url');
  return {
    baseUrl,
    auth,
    oauthUrl: given.oauth_url === undefined ? cloudIdentity(baseUrl) : addressOf(given.oauth_url, 'oauth_url'),
    runtime: given.runtime ?? null,
    objects: given.objects ?? null,
    details: given.details ?? true,
    pageSize: given.page_size ?? standardPageSize,
    batchSize: given.batch_size ?? mostChangesInBatch,
    requestsPerSecond: given.requests_per_second ?? null,
    requestsPerDay: given.requests_per_day ?? null,
  };
}

/** The identity service; throws where `oauth_url` is needed and missing. */
export function identityUrl(of: CreatioSettings): string {
  if (of.oauthUrl !== null) return of.oauthUrl;
  throw new Failure('connection/invalid_settings', {
    message: 'The identity service of an instance outside the vendor’s cloud cannot be guessed.',
    hint: 'Add `oauth_url`, the address in the system setting “Identity server URL”.',
  });
}

/** `host:port` of an address. */
export function placeOf(address: string): string {
  const url = new URL(address);
  return `${url.hostname.toLowerCase()}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function addressOf(text: string, name: string): string {
  const address = text.replace(/\/+$/, '').replace(/\/0$/, '');
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new Failure('connection/invalid_settings', {
    message: `\`${name}\` is not an address: \`${text}\`.`,
    hint: 'Write it like `https://example.creatio.com`.',
  });
}

/** In the cloud the identity service of `example.creatio.com` is `example-is.creatio.com`. */
function cloudIdentity(baseUrl: string): string | null {
  const url = new URL(baseUrl);
  const [instance, ...domain] = url.hostname.split('.');
  return domain.join('.') === 'creatio.com' ? `https://${instance}-is.creatio.com` : null;
}
