import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import * as shapes from '../schemas/people.js';
import * as partners from '../services/partners.js';

const id = object({ id: uuid('Id of the link.') });

const decision = (
  name: string,
  verb: 'accept' | 'refuse' | 'end',
  state: 'accepted' | 'refused' | 'ended',
  summary: string,
): Route =>
  route({
    method: 'post',
    path: `/partners/{id}/${verb}`,
    name,
    tag: 'partners',
    summary,
    params: id,
    answers: { 204: { description: 'Done; the servicing company gets a letter.' } },
    errors: [],
    handle: async ({ context, caller, params }) => {
      await partners.decide(context, caller, params.id, state);
      return { status: 204 };
    },
  });

/** Links between servicing companies and their customers. */
export const partnerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/partners',
    name: 'listPartners',
    tag: 'partners',
    summary: 'List servicing companies that look after this account, or ask to',
    answers: { 200: { description: 'The newest first.', schema: list(shapes.partnerLink) } },
    errors: [],
    handle: async ({ context, caller }) => ({
      status: 200,
      body: await partners.partnersOf(context, caller.accountId),
    }),
  }),
  decision('acceptPartner', 'accept', 'accepted', 'Let a servicing company see states and file requests'),
  decision('refusePartner', 'refuse', 'refused', 'Refuse a servicing company'),
  decision('endPartner', 'end', 'ended', 'End the link to a servicing company'),
  route({
    method: 'get',
    path: '/customers',
    name: 'listCustomers',
    tag: 'partners',
    summary: 'List customers that this account looks after',
    description: 'Name a customer in the header `pipewright-account` to see the states of its pipelines and runs.',
    answers: { 200: { description: 'Those that accepted.', schema: list(shapes.partnerLink) } },
    errors: [],
    handle: async ({ context, caller }) => ({
      status: 200,
      body: await partners.customersOf(context, caller.accountId),
    }),
  }),
  route({
    method: 'post',
    path: '/customers',
    name: 'askCustomer',
    tag: 'partners',
    summary: 'Ask a customer to be linked',
    description: 'By the id of the account or the address of an owner. The answer is the same where there is none.',
    body: object({
      account: Type.Optional(uuid('Id of the customer’s account.')),
      ownerEmail: Type.Optional(shapes.email),
    }),
    bodyExample: { ownerEmail: 'ann@example.com' },
    isNeverKept: true,
    answers: { 202: { description: 'The owners and admins of the account are asked by mail.' } },
    errors: ['api/too_many_requests'],
    handle: async ({ context, caller, body }) => {
      await partners.ask(context, caller, body);
      return { status: 202 };
    },
  }),
  route({
    method: 'delete',
    path: '/customers/{id}',
    name: 'endCustomer',
    tag: 'partners',
    summary: 'End the link to a customer',
    params: id,
    answers: { 204: { description: 'Done; the customer gets a letter.' } },
    errors: [],
    handle: async ({ context, caller, params }) => {
      await partners.endCustomer(context, caller, params.id);
      return { status: 204 };
    },
  }),
];
