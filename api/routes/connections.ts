import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { anyObject, connectionRef, list, nullable, object, oneOf, uuid } from '../schemas/common.js';
import { application, begunConsent, connectionName, connectorId, sandboxOffer } from '../schemas/connections.js';
import {
  connection,
  connectionCheck,
  connectionUse,
  connector,
  field,
  hook,
  hookReport,
  stream,
} from '../schemas/pipelines.js';
import * as connections from '../services/connections.js';
import { describeConnectors } from '../services/connectors.js';
import * as consents from '../services/consents.js';
import * as hooks from '../services/hooks.js';

const tag = 'connections';
const params = object({ id: connectionRef });
const streamName = Type.String({ minLength: 1, maxLength: 200 });

export const connectionRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/connectors',
    name: 'listConnectors',
    tag,
    summary: 'List connectors with the settings they take',
    answers: { 200: { description: 'All of them.', schema: list(connector) } },
    errors: [],
    handle: async ({ context }) => ({ status: 200, body: describeConnectors(context) }),
  }),
  route({
    method: 'get',
    path: '/connections',
    name: 'listConnections',
    tag,
    summary: 'List connections',
    answers: { 200: { description: 'All of them, without their secrets.', schema: list(connection) } },
    errors: [],
    handle: async ({ context, caller }) => ({
      status: 200,
      body: await connections.listAll(context, caller.accountId),
    }),
  }),
  route({
    method: 'post',
    path: '/connections',
    name: 'addConnection',
    tag,
    summary: 'Add a connection',
    body: object({
      name: connectionName,
      connector: connectorId,
      settings: Type.Optional(anyObject('Settings that are no secret, as the connector declares them.')),
      secret: Type.Optional(nullable(anyObject('Secret settings; kept encrypted and never shown again.'))),
    }),
    bodyExample: {
      name: 'crm',
      connector: 'http',
      settings: { service: 'rest-crm', base_url: 'https://crm.example' },
      secret: { token: '...' },
    },
    answers: { 201: { description: 'The connection.', schema: connection } },
    errors: [
      'connection/unknown_connector',
      'connection/invalid_settings',
      'connection/invalid_secret',
      'connection/name_taken',
    ],
    handle: async ({ context, caller, body }) => ({ status: 201, body: await connections.add(context, caller, body) }),
  }),
  route({
    method: 'get',
    path: '/sandboxes',
    name: 'listSandboxes',
    tag,
    summary: 'List the sandboxes that run beside this installation',
    description:
      'Each is what `POST /connections` takes: a practice account that holds no real records and answers as the vendor does.',
    answers: { 200: { description: 'All of them; none where none were started.', schema: list(sandboxOffer) } },
    errors: [],
    handle: async ({ context }) => ({ status: 200, body: { items: context.sandboxes(), next: null } }),
  }),
  route({
    method: 'get',
    path: '/connections/{id}',
    name: 'getConnection',
    tag,
    summary: 'Get a connection',
    params,
    answers: { 200: { description: 'The connection.', schema: connection } },
    errors: ['connection/missing'],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await connections.getOne(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'patch',
    path: '/connections/{id}',
    name: 'updateConnection',
    tag,
    summary: 'Rename a connection or change its settings',
    description:
      'Settings replace the present ones as a whole. Where they name a host that the stored secret was not given for, the secret must come with them; a change of hosts leaves a line in the audit log.',
    params,
    body: object({
      name: Type.Optional(connectionName),
      settings: Type.Optional(anyObject('All settings that are no secret.')),
      secret: Type.Optional(anyObject('A new secret.')),
    }),
    bodyExample: { name: 'crm-berlin' },
    answers: { 200: { description: 'The connection.', schema: connection } },
    errors: [
      'connection/missing',
      'connection/name_taken',
      'connection/invalid_settings',
      'connection/invalid_secret',
      'connection/secret_needed',
    ],
    handle: async ({ context, caller, params: { id }, body, requestId }) => ({
      status: 200,
      body: await connections.change(context, caller, id, body, requestId),
    }),
  }),
  route({
    method: 'get',
    path: '/connections/{id}/uses',
    name: 'listConnectionUses',
    tag,
    summary: 'List the pipelines that work with a connection',
    params,
    answers: {
      200: { description: 'Those whose published version or running run is bound to it.', schema: list(connectionUse) },
    },
    errors: ['connection/missing'],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await connections.uses(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'post',
    path: '/connections/oauth/start',
    name: 'startConsent',
    tag,
    summary: 'Begin the consent on the vendor’s page (OAuth 2.0)',
    description:
      'Send the browser to `authorizeUrl` within ten minutes, in the browser that got this answer’s cookie. The vendor’s card of the application must name `<origin>/oauth/callback` as its return address. With `connection` that one is connected again and runs that stopped for it go on; else a connection is made.',
    body: object({
      connection: Type.Optional(connectionRef),
      connector: Type.Optional(connectorId),
      name: Type.Optional(connectionName),
      settings: Type.Optional(anyObject('Settings of the new connection.')),
      application: Type.Optional(application),
      returnTo: Type.Optional(oneOf(consents.returnPages, 'The page of ours that the browser ends on.')),
    }),
    bodyExample: {
      connector: 'amocrm',
      name: 'sales',
      settings: { base_url: 'https://example.amocrm.ru' },
      application: { clientId: '…', clientSecret: '…' },
    },
    isNeverKept: true,
    answers: { 201: { description: 'Where to send the browser.', schema: begunConsent } },
    errors: [
      'connection/missing',
      'connection/name_taken',
      'connection/unknown_connector',
      'connection/invalid_settings',
      'connection/consent_not_offered',
    ],
    handle: async ({ context, caller, body }) => {
      const { cookie, ...begun } = await consents.start(context, caller, body);
      return { status: 201, body: begun, cookies: [cookie] };
    },
  }),
  route({
    method: 'delete',
    path: '/connections/{id}',
    name: 'removeConnection',
    tag,
    summary: 'Remove a connection that no pipeline uses',
    params,
    answers: { 204: { description: 'It is removed, and its secret with it.' } },
    errors: ['connection/missing', 'connection/in_use'],
    handle: async ({ context, caller, params: { id } }) => {
      await connections.remove(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/connections/{id}/secret',
    name: 'reconnect',
    tag,
    summary: 'Give a connection a new secret',
    description: 'Runs that stopped for the old secret go on.',
    params,
    body: object({ secret: anyObject('Secret settings.') }),
    bodyExample: { secret: { token: '...' } },
    answers: { 200: { description: 'The connection.', schema: connection } },
    errors: ['connection/missing', 'connection/invalid_secret'],
    handle: async ({ context, caller, params: { id }, body: { secret } }) => ({
      status: 200,
      body: await connections.reconnect(context, caller, id, secret),
    }),
  }),
  route({
    method: 'post',
    path: '/connections/{id}/check',
    name: 'checkConnection',
    tag,
    summary: 'Try a connection with one cheap call',
    params,
    answers: { 200: { description: 'Whether it works; a refusal is an answer too.', schema: connectionCheck } },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await connections.check(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'get',
    path: '/connections/{id}/streams',
    name: 'listStreams',
    tag,
    summary: 'List the streams of a connection as they are now',
    params,
    answers: { 200: { description: 'All of them.', schema: list(stream) } },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await connections.streams(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'get',
    path: '/connections/{id}/streams/{stream}/fields',
    name: 'listFields',
    tag,
    summary: 'List the fields of a stream',
    params: object({ id: connectionRef, stream: streamName }),
    answers: {
      200: {
        description: 'All of them.',
        schema: object({
          stream: Type.String(),
          isOpen: Type.Boolean(),
          key: nullable(Type.Array(Type.String())),
          items: Type.Array(field),
          next: Type.Null(),
        }),
      },
    },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id, stream: name } }) => ({
      status: 200,
      body: await connections.fields(context, caller.accountId, id, name),
    }),
  }),
  route({
    method: 'get',
    path: '/connections/{id}/streams/{stream}/fields/{field}/values',
    name: 'listValues',
    tag,
    summary: 'List the values that a field may take',
    params: object({ id: connectionRef, stream: streamName, field: streamName }),
    answers: {
      200: {
        description: 'All that are known.',
        schema: list(object({ value: Type.String(), title: Type.String() })),
      },
    },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id, stream: name, field: column } }) => ({
      status: 200,
      body: await connections.values(context, caller.accountId, id, name, column),
    }),
  }),
  route({
    method: 'get',
    path: '/hooks',
    name: 'listHooks',
    tag: 'webhooks',
    summary: 'List webhook intakes',
    answers: { 200: { description: 'All of them, without their addresses.', schema: list(hook) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await hooks.listAll(context, caller.accountId) }),
  }),
  route({
    method: 'post',
    path: '/hooks',
    name: 'createHook',
    tag: 'webhooks',
    summary: 'Make a webhook intake for a connection',
    description: 'Where the vendor can be asked, it is told the address at once. The address is shown once.',
    body: object({
      connection: connectionRef,
      register: Type.Optional(Type.Boolean({ description: 'Ask the vendor to deliver; default true.' })),
      streams: Type.Optional(Type.Array(streamName, { minItems: 1, maxItems: 100 })),
      signingSecret: Type.Optional(
        Type.String({
          minLength: 8,
          maxLength: 500,
          description: 'The vendor’s own secret, where it is not ours to choose.',
        }),
      ),
    }),
    bodyExample: { connection: 'crm' },
    answers: { 201: { description: 'The intake.', schema: hookReport } },
    errors: [...vendorErrors, 'webhook/not_offered', 'webhook/no_public_url'],
    handle: async ({ context, caller, body }) => ({
      status: 201,
      body: await hooks.create(context, caller.accountId, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/hooks/{id}',
    name: 'deleteHook',
    tag: 'webhooks',
    summary: 'Remove a webhook intake, here and at the vendor',
    params: object({ id: uuid('Id of the intake.') }),
    answers: { 204: { description: 'It is removed.' } },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id } }) => {
      await hooks.remove(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
];
