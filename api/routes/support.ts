import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { list, moment, nullable, object, oneOf, uuid } from '../schemas/common.js';
import * as support from '../services/support-links.js';

const tag = 'support';
const params = object({ id: uuid('Id of the link, and of the visit that it opened.') });
const token = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'The secret part of the link.' });

const linkFields = {
  id: uuid('The link.'),
  state: oneOf(support.linkStates, 'What became of it.'),
  createdBy: Type.String({ description: 'Who made it.' }),
  createdAt: moment('When it was made.'),
  expiresAt: moment('Until when it can be opened: ten minutes.'),
  openedBy: nullable(Type.String({ description: 'The person of the support who opened it.' })),
  openedAt: nullable(moment('When the visit began.')),
  endsAt: nullable(moment('When the visit ends by itself: after an hour.')),
  withdrawnAt: nullable(moment('When it was withdrawn.')),
};

const supportLink = object(linkFields);
const newSupportLink = object({
  ...linkFields,
  token,
  url: Type.String({ description: 'Give it to the support. Shown once.' }),
});
const visit = object({
  id: uuid('The visit.'),
  accountId: uuid('The account; name it in the header `Pipewright-Account`.'),
  accountName: Type.String(),
  endsAt: moment('When it ends by itself.'),
});

export const supportRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/support-links',
    name: 'createSupportLink',
    tag,
    summary: 'Let the support look, once',
    description:
      'The link opens within ten minutes, once, for a signed-in person of the support; the visit ends after an hour or when the link is withdrawn. A visit changes nothing and shows no secrets, records or bills. The audit log shows who looked at what.',
    answers: { 201: { description: 'The link, which is shown only here.', schema: newSupportLink } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 201, body: await support.create(context, caller) }),
  }),
  route({
    method: 'get',
    path: '/support-links',
    name: 'listSupportLinks',
    tag,
    summary: 'List support links and visits',
    answers: { 200: { description: 'The last hundred, newest first.', schema: list(supportLink) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await support.listAll(context, caller) }),
  }),
  route({
    method: 'delete',
    path: '/support-links/{id}',
    name: 'withdrawSupportLink',
    tag,
    summary: 'Withdraw a support link, and end its visit at once',
    params,
    answers: { 204: { description: 'Nobody looks through it any more.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await support.withdraw(context, caller, id);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/support-links/open',
    name: 'openSupportLink',
    tag,
    summary: 'Begin a support visit',
    description:
      'For people of the support. The visit belongs to this sign-in alone: name its account in the header `Pipewright-Account`. Every answer during it carries the header `Pipewright-Support-Visit`.',
    body: object({ token }),
    bodyExample: { token: 'q2k0bXJ5dGVzdHRva2VudGVzdHRva2VudGVzdHRva2U' },
    isNeverKept: true,
    answers: { 201: { description: 'The visit.', schema: visit } },
    errors: ['support/link_spent'],
    handle: async ({ context, caller, body, requestId }) => ({
      status: 201,
      body: await support.open(context, caller, body.token, requestId),
    }),
  }),
  route({
    method: 'get',
    path: '/support-visits',
    name: 'listSupportVisits',
    tag,
    summary: 'List the open visits of this sign-in',
    answers: { 200: { description: 'All of them.', schema: list(visit) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await support.visits(context, caller) }),
  }),
  route({
    method: 'delete',
    path: '/support-visits/{id}',
    name: 'leaveSupportVisit',
    tag,
    summary: 'End a support visit',
    params,
    answers: { 204: { description: 'It is over.' } },
    errors: ['support/visit_over'],
    handle: async ({ context, caller, params: { id } }) => {
      await support.leave(context, caller, id);
      return { status: 204 };
    },
  }),
];
