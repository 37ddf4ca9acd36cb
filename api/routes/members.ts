import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import * as shapes from '../schemas/people.js';
import * as accounts from '../services/accounts.js';
import * as members from '../services/members.js';
import { placeOf } from './place.js';

const userId = object({ userId: uuid('Id of the person.') });

/** The account itself and who belongs to it. */
export const memberRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/account',
    name: 'getAccount',
    tag: 'account',
    summary: 'Show the account',
    answers: { 200: { description: 'The account of this request.', schema: shapes.account } },
    errors: [],
    handle: async ({ context, caller }) => ({
      status: 200,
      body: await accounts.getAccount(context, caller.accountId),
    }),
  }),
  route({
    method: 'post',
    path: '/accounts',
    name: 'createAccount',
    tag: 'account',
    summary: 'Make a further account',
    body: object({ name: shapes.accountName }),
    bodyExample: { name: 'Second company' },
    answers: { 201: { description: 'An account that they own.', schema: shapes.account } },
    errors: ['api/too_many_requests'],
    handle: async ({ context, caller, body }) => ({
      status: 201,
      body: await accounts.createAccount(context, caller, body.name),
    }),
  }),
  route({
    method: 'patch',
    path: '/account',
    name: 'renameAccount',
    tag: 'account',
    summary: 'Rename the account',
    body: object({ name: shapes.accountName }),
    bodyExample: { name: 'Harbour Ltd' },
    answers: { 200: { description: 'As it is now.', schema: shapes.account } },
    errors: [],
    handle: async ({ context, caller, body }) => ({
      status: 200,
      body: await accounts.rename(context, caller.accountId, body.name),
    }),
  }),
  route({
    method: 'post',
    path: '/account/deletion',
    name: 'askAccountDeletion',
    tag: 'account',
    summary: 'First step of deleting the account',
    description: 'Needs the password of an owner; a letter to this owner holds the link for the second step.',
    body: object({ password: shapes.presentPassword }),
    bodyExample: { password: 'harbour-lamp-cello' },
    isNeverKept: true,
    answers: { 202: { description: 'The letter is on its way; its link works for an hour.' } },
    errors: ['person/password_wrong', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => {
      await accounts.askDeletion(context, caller, body.password, placeOf(request));
      return { status: 202 };
    },
  }),
  route({
    method: 'post',
    path: '/account/deletion/confirm',
    name: 'deleteAccount',
    tag: 'account',
    summary: 'Delete the account with everything in it',
    description:
      'By the same owner. At once nobody reaches the account any more and its runs are cancelled; when the last one has ended, connections, records, links and history are erased. The audit log stays.',
    body: object({ token: shapes.token }),
    bodyExample: { token: 'q3VxY0pPZk1hS2dXbU5iVXg' },
    isNeverKept: true,
    answers: { 204: { description: 'Deleted; all owners get a letter.' } },
    errors: ['person/token_invalid'],
    handle: async ({ context, caller, body }) => {
      await accounts.deleteAccount(context, caller, body.token);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/account/leave',
    name: 'leaveAccount',
    tag: 'account',
    summary: 'Leave the account',
    answers: { 204: { description: 'They belong to it no longer.' } },
    errors: ['member/last_owner'],
    handle: async ({ context, caller }) => {
      await members.leave(context, caller);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/members',
    name: 'listMembers',
    tag: 'members',
    summary: 'List the account’s members',
    answers: { 200: { description: 'The oldest first.', schema: list(shapes.member) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await members.listAll(context, caller.accountId) }),
  }),
  route({
    method: 'patch',
    path: '/members/{userId}',
    name: 'changeRole',
    tag: 'members',
    summary: 'Change a member’s role',
    params: userId,
    body: object({ role: shapes.role }),
    bodyExample: { role: 'editor' },
    answers: { 204: { description: 'Changed; it counts from the next request on.' } },
    errors: ['member/last_owner', 'member/owner_needed'],
    handle: async ({ context, caller, params, body }) => {
      await members.changeRole(context, caller, params.userId, body.role);
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/members/{userId}',
    name: 'removeMember',
    tag: 'members',
    summary: 'Remove a member',
    params: userId,
    answers: { 204: { description: 'They see nothing of the account any more.' } },
    errors: ['member/last_owner', 'member/owner_needed'],
    handle: async ({ context, caller, params }) => {
      await members.remove(context, caller, params.userId);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/invitations',
    name: 'listInvitations',
    tag: 'members',
    summary: 'List open invitations',
    answers: { 200: { description: 'The newest first.', schema: list(shapes.invitation) } },
    errors: [],
    handle: async ({ context, caller }) => ({
      status: 200,
      body: await members.invitationsOf(context, caller.accountId),
    }),
  }),
  route({
    method: 'post',
    path: '/invitations',
    name: 'inviteMember',
    tag: 'members',
    summary: 'Invite somebody by mail',
    description: 'A second invitation to an address takes the place of the first.',
    body: object({ email: shapes.email, role: shapes.role }),
    bodyExample: { email: 'bob@example.com', role: 'editor' },
    answers: { 201: { description: 'The letter is on its way.', schema: shapes.invitation } },
    errors: ['member/already_member', 'member/owner_needed', 'tariff/limit_reached', 'api/too_many_requests'],
    handle: async ({ context, caller, body }) => ({ status: 201, body: await members.invite(context, caller, body) }),
  }),
  route({
    method: 'delete',
    path: '/invitations/{id}',
    name: 'withdrawInvitation',
    tag: 'members',
    summary: 'Withdraw an invitation',
    params: object({ id: uuid('Id of the invitation.') }),
    answers: { 204: { description: 'Its link does nothing any more.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await members.withdrawInvitation(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
];
