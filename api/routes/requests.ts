import { Type } from 'typebox';
import { languageOf } from '../http/languages.js';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import {
  messageText,
  operatorOutline,
  operatorThread,
  requestBody,
  requestKind,
  requestOutline,
  requestState,
  requestThread,
  visitorAnswer,
  visitorBody,
  visitorThread,
} from '../schemas/requests.js';
import * as requests from '../services/requests.js';
import * as visitors from '../services/visitor-requests.js';

const tag = 'requests';
const params = object({ id: uuid('Id of a request.') });
const tokenParams = object({
  token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'Of the answer to the form.' }),
});
const query = object({ ...pageQuery, state: Type.Optional(requestState) });
const operatorQuery = object({
  ...pageQuery,
  state: Type.Optional(requestState),
  kind: Type.Optional(requestKind),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\u0000]*$',
      description: 'The number, or part of the subject, of the name or of the address.',
    }),
  ),
});
const body = object({ text: messageText });
const example = { kind: 'feature', subject: 'Invoices from Pactum', text: 'Could invoices be moved as well?' };

const visitorRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/visitor-requests',
    name: 'fileVisitorRequest',
    tag,
    summary: 'Ask those who run this installation, without an account',
    description: 'The answer goes to the address by mail; it can be answered by mail or with the token.',
    body: visitorBody,
    bodyExample: { ...example, name: 'Anna Nowak', email: 'anna@example.com' },
    isNeverKept: true,
    answers: { 201: { description: 'How to follow the thread.', schema: visitorAnswer } },
    errors: ['api/too_many_requests'],
    handle: async (request) => ({
      status: 201,
      body: await visitors.file(request.context, request.address, request.body, languageOf(request)),
    }),
  }),
  route({
    method: 'get',
    path: '/visitor-requests/{token}',
    name: 'getVisitorRequest',
    tag,
    summary: 'Read the thread of a visitor’s request',
    params: tokenParams,
    answers: { 200: { description: 'The thread.', schema: visitorThread } },
    errors: [],
    handle: async ({ context, params: { token } }) => ({ status: 200, body: await visitors.getThread(context, token) }),
  }),
  route({
    method: 'post',
    path: '/visitor-requests/{token}/messages',
    name: 'writeVisitorMessage',
    tag,
    summary: 'Add to a visitor’s request',
    params: tokenParams,
    body,
    bodyExample: { text: 'One more thing.' },
    isNeverKept: true,
    answers: { 201: { description: 'The thread as it is now.', schema: visitorThread } },
    errors: ['api/too_many_requests'],
    handle: async ({ context, address, params: { token }, body: { text } }) => ({
      status: 201,
      body: await visitors.write(context, address, token, text),
    }),
  }),
];

const customerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/requests',
    name: 'listRequests',
    tag,
    summary: 'List the requests of the account',
    description: 'A servicing company sees those that it filed for this customer.',
    query,
    answers: { 200: { description: 'A page, newest first.', schema: list(requestOutline) } },
    errors: [],
    handle: async ({ context, caller, query: wanted }) => ({
      status: 200,
      body: await requests.listOwn(context, caller, wanted),
    }),
  }),
  route({
    method: 'post',
    path: '/requests',
    name: 'fileRequest',
    tag,
    summary: 'Ask those who run this installation',
    description: 'Answers come by mail too, and can be answered by mail.',
    body: requestBody,
    bodyExample: example,
    answers: { 201: { description: 'The request with its thread.', schema: requestThread } },
    errors: [],
    handle: async (request) => ({
      status: 201,
      body: await requests.file(request.context, request.caller, request.body, languageOf(request)),
    }),
  }),
  route({
    method: 'get',
    path: '/requests/{id}',
    name: 'getRequest',
    tag,
    summary: 'Get a request with its thread',
    params,
    answers: { 200: { description: 'The request.', schema: requestThread } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await requests.getOwn(context, caller, id),
    }),
  }),
  route({
    method: 'post',
    path: '/requests/{id}/messages',
    name: 'writeRequestMessage',
    tag,
    summary: 'Add to a request; a closed one is opened again',
    params,
    body,
    bodyExample: { text: 'One more thing.' },
    answers: { 201: { description: 'The request as it is now.', schema: requestThread } },
    errors: [],
    handle: async ({ context, caller, params: { id }, body: { text } }) => ({
      status: 201,
      body: await requests.writeOwn(context, caller, id, text),
    }),
  }),
];

const operatorRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/operator/requests',
    name: 'listAllRequests',
    tag,
    summary: 'List everybody’s requests',
    query: operatorQuery,
    answers: { 200: { description: 'A page, newest first.', schema: list(operatorOutline) } },
    errors: [],
    handle: async ({ context, query: wanted }) => ({ status: 200, body: await requests.listAll(context, wanted) }),
  }),
  route({
    method: 'get',
    path: '/operator/requests/{id}',
    name: 'getAnyRequest',
    tag,
    summary: 'Get anybody’s request with its thread',
    params,
    answers: { 200: { description: 'The request.', schema: operatorThread } },
    errors: [],
    handle: async ({ context, params: { id } }) => ({ status: 200, body: await requests.getOne(context, id) }),
  }),
  route({
    method: 'post',
    path: '/operator/requests/{id}/messages',
    name: 'answerRequest',
    tag,
    summary: 'Answer a request; the requester gets it by mail',
    params,
    body,
    bodyExample: { text: 'It comes with the next release.' },
    answers: { 201: { description: 'The request as it is now.', schema: operatorThread } },
    errors: [],
    handle: async ({ context, caller, params: { id }, body: { text } }) => ({
      status: 201,
      body: await requests.answer(context, caller, id, text),
    }),
  }),
  ...(['close', 'reopen'] as const).map((name) =>
    route({
      method: 'post',
      path: `/operator/requests/{id}/${name}`,
      name: `${name}Request`,
      tag,
      summary: { close: 'Close a request', reopen: 'Open a closed request again' }[name],
      params,
      answers: { 200: { description: 'The request as it is now.', schema: operatorThread } },
      errors: [],
      handle: async ({ context, params: { id } }) => ({
        status: 200,
        body: await requests.setState(context, id, name === 'close' ? 'closed' : 'open'),
      }),
    }),
  ),
];

export const requestRoutes: readonly Route[] = [...visitorRoutes, ...customerRoutes, ...operatorRoutes];
