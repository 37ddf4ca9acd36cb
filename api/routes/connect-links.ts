import { Type } from 'typebox';
import { languages } from '../../languages/index.js';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { anyObject, connectionRef, list, object, oneOf, uuid } from '../schemas/common.js';
import {
  application,
  askedByLink,
  begunConsent,
  connected,
  connectionName,
  connectLink,
  connectorId,
  connectToken,
  newConnectLink,
} from '../schemas/connections.js';
import { email } from '../schemas/people.js';
import * as links from '../services/connect-links.js';

const tag = 'connect links';
const tokenParams = object({ token: connectToken });
const settings = Type.Optional(anyObject('Settings that the link leaves to fill in.'));

/** Links by which somebody without a login connects an account: made by members, used by whoever holds them. */
export const connectLinkRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/connect-links',
    name: 'listConnectLinks',
    tag,
    summary: 'List connect links',
    query: object({ ...pageQuery }),
    answers: { 200: { description: 'A page, newest first, without their addresses.', schema: list(connectLink) } },
    errors: [],
    handle: async ({ context, caller, query }) => ({
      status: 200,
      body: await links.listAll(context, caller.accountId, query),
    }),
  }),
  route({
    method: 'post',
    path: '/connect-links',
    name: 'createConnectLink',
    tag,
    summary: 'Make a link by which somebody without a login connects an account',
    description:
      'With `connection` the link is for new credentials of that connection, else it makes one. With `application` only the vendor’s consent page is offered, and all settings must be given here. With `email` the address is sent there too.',
    body: object({
      connection: Type.Optional(connectionRef),
      connector: Type.Optional(connectorId),
      name: Type.Optional(connectionName),
      settings: Type.Optional(anyObject('Settings that are known already; the others are asked for.')),
      application: Type.Optional(application),
      email: Type.Optional(email),
      language: Type.Optional(oneOf(languages, 'Language of the mail; English when absent.')),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, description: 'How long it can be used; 7 days.' })),
    }),
    bodyExample: { connector: 'amocrm', name: 'sales', settings: { base_url: 'https://example.amocrm.ru' }, days: 3 },
    answers: { 201: { description: 'The link with its address.', schema: newConnectLink } },
    errors: [
      'connection/missing',
      'connection/name_taken',
      'connection/unknown_connector',
      'connection/invalid_settings',
      'connection/consent_not_offered',
    ],
    handle: async ({ context, caller, body }) => ({ status: 201, body: await links.create(context, caller, body) }),
  }),
  route({
    method: 'delete',
    path: '/connect-links/{id}',
    name: 'withdrawConnectLink',
    tag,
    summary: 'Withdraw a connect link',
    params: object({ id: uuid('The link.') }),
    answers: { 204: { description: 'It opens nothing any more.' } },
    errors: ['connection/link_closed'],
    handle: async ({ context, caller, params: { id } }) => {
      await links.withdraw(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/connect/{token}',
    name: 'readConnectLink',
    tag,
    summary: 'See what a connect link asks for',
    params: tokenParams,
    answers: { 200: { description: 'Who asks, and for what.', schema: askedByLink } },
    errors: ['connection/link_closed', 'api/too_many_requests'],
    handle: async ({ context, params: { token }, address }) => ({
      status: 200,
      body: await links.describe(context, token, address),
    }),
  }),
  route({
    method: 'post',
    path: '/connect/{token}/secret',
    name: 'completeConnectLink',
    tag,
    summary: 'Connect an account through a link by its credentials',
    description: 'They are tried first: what the vendor refuses is not kept, and the link can be used again.',
    params: tokenParams,
    body: object({ settings, secret: anyObject('Secret settings; kept encrypted and never shown again.') }),
    bodyExample: { secret: { token: '…' } },
    isNeverKept: true,
    answers: { 200: { description: 'It is connected; the link is used up.', schema: connected } },
    errors: [...vendorErrors, 'api/too_many_requests'],
    handle: async ({ context, params: { token }, body, address, requestId }) => ({
      status: 200,
      body: await links.complete(context, token, body, { address, requestId }),
    }),
  }),
  route({
    method: 'post',
    path: '/connect/{token}/consent',
    name: 'startConnectLinkConsent',
    tag,
    summary: 'Begin the vendor’s consent through a link',
    params: tokenParams,
    body: object({ settings, application: Type.Optional(application) }),
    isBodyOptional: true,
    bodyExample: {},
    isNeverKept: true,
    answers: { 201: { description: 'Where to send the browser; the answer sets a cookie.', schema: begunConsent } },
    errors: [
      'connection/link_closed',
      'connection/invalid_settings',
      'connection/consent_not_offered',
      'api/too_many_requests',
    ],
    handle: async ({ context, params: { token }, body, address }) => {
      const { cookie, ...begun } = await links.startConsent(context, token, body, address);
      return { status: 201, body: begun, cookies: [cookie] };
    },
  }),
];
