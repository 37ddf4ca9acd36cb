import { Type } from 'typebox';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { list, object, oneOf, uuid } from '../schemas/common.js';
import {
  delivery,
  endpoint,
  endpointFields,
  endpointWithSecret,
  queuedDelivery,
} from '../schemas/webhook-endpoints.js';
import * as endpoints from '../services/webhook-endpoints.js';

const tag = 'webhook endpoints';
const params = object({ id: uuid('Id of a webhook endpoint.') });

export const webhookEndpointRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/webhook-endpoints',
    name: 'listWebhookEndpoints',
    tag,
    summary: 'List webhook endpoints',
    answers: { 200: { description: 'All of them, without their secrets.', schema: list(endpoint) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await endpoints.listAll(context, caller.accountId) }),
  }),
  route({
    method: 'post',
    path: '/webhook-endpoints',
    name: 'addWebhookEndpoint',
    tag,
    summary: 'Add an address that events are sent to',
    description: 'Deliveries are signed after Standard Webhooks; the secret is shown once.',
    body: object({
      url: endpointFields.url,
      kinds: endpointFields.kinds,
      description: Type.Optional(endpointFields.description),
    }),
    bodyExample: { url: 'https://example.com/pipewright', kinds: ['run.failed', 'connection.broken'] },
    answers: { 201: { description: 'The endpoint with its secret.', schema: endpointWithSecret } },
    errors: ['egress/address_refused'],
    handle: async ({ context, caller, body }) => ({
      status: 201,
      body: await endpoints.add(context, caller.accountId, body),
    }),
  }),
  route({
    method: 'get',
    path: '/webhook-endpoints/{id}',
    name: 'getWebhookEndpoint',
    tag,
    summary: 'Get a webhook endpoint',
    params,
    answers: { 200: { description: 'The endpoint.', schema: endpoint } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await endpoints.getOne(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'patch',
    path: '/webhook-endpoints/{id}',
    name: 'changeWebhookEndpoint',
    tag,
    summary: 'Change a webhook endpoint, or switch it off and on',
    params,
    body: object({
      url: Type.Optional(endpointFields.url),
      kinds: Type.Optional(endpointFields.kinds),
      description: Type.Optional(endpointFields.description),
      state: Type.Optional(oneOf(['active', 'disabled'], 'Whether it gets events.')),
    }),
    bodyExample: { state: 'active' },
    answers: { 200: { description: 'The endpoint as it is now.', schema: endpoint } },
    errors: ['egress/address_refused'],
    handle: async ({ context, caller, params: { id }, body }) => ({
      status: 200,
      body: await endpoints.change(context, caller.accountId, id, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/webhook-endpoints/{id}',
    name: 'removeWebhookEndpoint',
    tag,
    summary: 'Remove a webhook endpoint with its delivery log',
    params,
    answers: { 204: { description: 'It is removed.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await endpoints.remove(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/webhook-endpoints/{id}/rotate',
    name: 'rotateWebhookSecret',
    tag,
    summary: 'Give a webhook endpoint a new secret',
    description: 'For a day deliveries carry a signature with the former secret beside the new one.',
    params,
    answers: { 200: { description: 'The endpoint with its new secret.', schema: endpointWithSecret } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await endpoints.rotate(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'post',
    path: '/webhook-endpoints/{id}/test',
    name: 'testWebhookEndpoint',
    tag,
    summary: 'Send a test event',
    params,
    answers: { 202: { description: 'It is queued.', schema: queuedDelivery } },
    errors: ['webhook/endpoint_disabled'],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 202,
      body: await endpoints.test(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'get',
    path: '/webhook-endpoints/{id}/deliveries',
    name: 'listWebhookDeliveries',
    tag,
    summary: 'List what was sent to a webhook endpoint',
    params,
    query: object({ ...pageQuery }),
    answers: { 200: { description: 'A page, newest first; kept for 30 days.', schema: list(delivery) } },
    errors: [],
    handle: async ({ context, caller, params: { id }, query }) => ({
      status: 200,
      body: await endpoints.deliveriesOf(context, caller.accountId, id, query),
    }),
  }),
  route({
    method: 'post',
    path: '/webhook-endpoints/{id}/deliveries/{delivery}/redeliver',
    name: 'redeliverWebhook',
    tag,
    summary: 'Send a delivery once more',
    params: object({ id: uuid('Id of a webhook endpoint.'), delivery: uuid('Id of a delivery.') }),
    answers: { 202: { description: 'It is queued.', schema: queuedDelivery } },
    errors: ['webhook/endpoint_disabled'],
    handle: async ({ context, caller, params: { id, delivery: deliveryId } }) => ({
      status: 202,
      body: await endpoints.deliverAgain(context, caller.accountId, id, deliveryId),
    }),
  }),
];
