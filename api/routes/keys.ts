import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import { apiKey, keyChange, keyRequest, newApiKey } from '../schemas/keys.js';
import * as keys from '../services/keys.js';

const tag = 'keys';
const params = object({ id: uuid('Id of the key.') });

export const keyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/keys',
    name: 'listKeys',
    tag,
    summary: 'List API keys',
    answers: { 200: { description: 'All of them, without their secrets.', schema: list(apiKey) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await keys.listAll(context, caller.accountId) }),
  }),
  route({
    method: 'post',
    path: '/keys',
    name: 'createKey',
    tag,
    summary: 'Make an API key',
    description: 'A key makes none that is wider than itself: in scopes, in addresses, in time.',
    body: keyRequest,
    bodyExample: { name: 'nightly export', scopes: ['read'], allowedAddresses: ['203.0.113.0/24'] },
    answers: { 201: { description: 'The key with its text, which is shown only here.', schema: newApiKey } },
    errors: [],
    handle: async ({ context, caller, body }) => ({
      status: 201,
      body: await keys.create(context, caller.accountId, body, caller),
    }),
  }),
  route({
    method: 'patch',
    path: '/keys/{id}',
    name: 'editKey',
    tag,
    summary: 'Change the name, scopes, addresses or end of an API key',
    description: 'What is left out stays. It counts from the next request on.',
    params,
    body: keyChange,
    bodyExample: { scopes: ['read', 'run'], expiresAt: '2031-05-17T09:00:00Z' },
    answers: { 200: { description: 'The key as it is now.', schema: apiKey } },
    errors: [],
    handle: async ({ context, caller, params: { id }, body }) => ({
      status: 200,
      body: await keys.edit(context, caller, id, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/keys/{id}',
    name: 'revokeKey',
    tag,
    summary: 'Revoke an API key at once',
    params,
    answers: { 204: { description: 'It no longer opens anything.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await keys.revoke(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
];
