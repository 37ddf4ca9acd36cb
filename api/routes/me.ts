import { Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import { endOtherSessions, endSession, listSessions } from '../../store/sessions.js';
import { type Route, route } from '../http/route.js';
import { count, list, nullable, object, uuid } from '../schemas/common.js';
import * as shapes from '../schemas/people.js';
import * as accounts from '../services/accounts.js';
import * as members from '../services/members.js';
import * as own from '../services/own-person.js';
import { placeOf } from './place.js';

const present = { password: 'harbour-lamp-cello' };
const invitationId = object({ id: uuid('Id of the invitation.') });

/** What signed-in people see and change of themselves. */
export const meRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/me',
    name: 'getMe',
    tag: 'me',
    summary: 'Who is signed in, and what they may see',
    answers: { 200: { description: 'The person, their accounts, customers and visits.', schema: shapes.me } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await own.me(context, caller) }),
  }),
  route({
    method: 'patch',
    path: '/me',
    name: 'changeMe',
    tag: 'me',
    summary: 'Change name or language',
    body: object({ name: Type.Optional(shapes.personName), language: Type.Optional(nullable(shapes.language)) }),
    bodyExample: { language: 'pl' },
    answers: { 200: { description: 'As it is now.', schema: shapes.me } },
    errors: [],
    handle: async ({ context, caller, body }) => {
      await own.change(context, caller, body);
      return { status: 200, body: await own.me(context, caller) };
    },
  }),
  route({
    method: 'post',
    path: '/me/account',
    name: 'switchAccount',
    tag: 'me',
    summary: 'Choose the account that this session shows',
    description: 'A single request may name another one in the header `pipewright-account`.',
    body: object({ account: uuid('Id of an account they belong to.') }),
    bodyExample: { account: '01890a5d-ac96-774b-bcce-b302099a8057' },
    answers: { 204: { description: 'Chosen.' } },
    errors: [],
    handle: async ({ context, caller, body }) => {
      await accounts.switchAccount(context, caller, body.account);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/me/password',
    name: 'changePassword',
    tag: 'me',
    summary: 'Change the password',
    description: 'All other sessions end; this one goes on under a new id.',
    body: object({ currentPassword: shapes.presentPassword, newPassword: shapes.password }),
    bodyExample: { currentPassword: present.password, newPassword: 'tractor-orbit-violet' },
    isNeverKept: true,
    answers: { 204: { description: 'Changed; a letter tells of it.' } },
    errors: ['person/password_wrong', 'person/password_weak', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => ({
      status: 204,
      cookies: await own.changePassword(context, caller, body, placeOf(request)),
    }),
  }),
  route({
    method: 'post',
    path: '/me/email',
    name: 'changeEmail',
    tag: 'me',
    summary: 'Change the address',
    description: 'A letter to the present address asks for consent, then one to the new address asks to confirm it.',
    body: object({ password: shapes.presentPassword, email: shapes.email }),
    bodyExample: { ...present, email: 'ann.new@example.com' },
    isNeverKept: true,
    answers: { 202: { description: 'A letter is on its way to the present address.' } },
    errors: ['person/password_wrong', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => {
      await own.changeEmail(context, caller, body, placeOf(request));
      return { status: 202 };
    },
  }),
  route({
    method: 'post',
    path: '/me/two-factor',
    name: 'beginTwoFactor',
    tag: 'me',
    summary: 'Begin to use a second step',
    body: object({ password: shapes.presentPassword }),
    bodyExample: present,
    isNeverKept: true,
    answers: { 200: { description: 'What the app needs; confirm it with a first code.', schema: shapes.twoFactor } },
    errors: ['person/password_wrong', 'person/two_factor_on', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => ({
      status: 200,
      body: await own.beginTwoFactor(context, caller, body.password, placeOf(request)),
    }),
  }),
  route({
    method: 'post',
    path: '/me/two-factor/confirm',
    name: 'confirmTwoFactor',
    tag: 'me',
    summary: 'Switch the second step on with a first code',
    body: object({ code: shapes.code }),
    bodyExample: { code: '123456' },
    isNeverKept: true,
    answers: { 204: { description: 'From now on signing in takes a code.' } },
    errors: ['person/code_wrong', 'person/two_factor_off', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => ({
      status: 204,
      cookies: await own.confirmTwoFactor(context, caller, body.code, placeOf(request)),
    }),
  }),
  route({
    method: 'post',
    path: '/me/two-factor/end',
    name: 'endTwoFactor',
    tag: 'me',
    summary: 'Switch the second step off',
    body: object({ password: shapes.presentPassword }),
    bodyExample: present,
    isNeverKept: true,
    answers: { 204: { description: 'A letter tells of it.' } },
    errors: ['person/password_wrong', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => ({
      status: 204,
      cookies: await own.endTwoFactor(context, caller, body.password, placeOf(request)),
    }),
  }),
  route({
    method: 'post',
    path: '/me/two-factor/backup-codes',
    name: 'newBackupCodes',
    tag: 'me',
    summary: 'Make new backup codes',
    body: object({ password: shapes.presentPassword }),
    bodyExample: present,
    isNeverKept: true,
    answers: {
      200: {
        description: 'Shown once; the old ones stop working.',
        schema: object({ backupCodes: Type.Array(Type.String()) }),
      },
    },
    errors: ['person/password_wrong', 'person/two_factor_off', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => ({
      status: 200,
      body: { backupCodes: await own.newBackupCodes(context, caller, body.password, placeOf(request)) },
    }),
  }),
  route({
    method: 'get',
    path: '/me/sessions',
    name: 'listSessions',
    tag: 'me',
    summary: 'List where they are signed in',
    answers: { 200: { description: 'Live sessions, the newest first.', schema: list(shapes.session) } },
    errors: [],
    handle: async ({ context, caller }) => {
      const { userId, sessionId } = own.personOf(caller);
      const rows = await listSessions(context.store, userId);
      return {
        status: 200,
        body: { items: rows.map((row) => ({ ...row, isCurrent: row.id === sessionId })), next: null },
      };
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions/{id}',
    name: 'endSession',
    tag: 'me',
    summary: 'End a session',
    params: object({ id: uuid('Id of the session.') }),
    answers: { 204: { description: 'Its cookie opens nothing any more.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      if (await endSession(context.store, own.personOf(caller).userId, id)) return { status: 204 };
      throw new Failure('api/not_found', { message: `There is no session \`${id}\`.`, hint: 'List them.' });
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions',
    name: 'endOtherSessions',
    tag: 'me',
    summary: 'End all sessions but this one',
    answers: { 200: { description: 'How many ended.', schema: object({ ended: count('Sessions that ended.') }) } },
    errors: [],
    handle: async ({ context, caller }) => {
      const { userId, sessionId } = own.personOf(caller);
      return { status: 200, body: { ended: await endOtherSessions(context.store, userId, sessionId) } };
    },
  }),
  route({
    method: 'get',
    path: '/me/invitations',
    name: 'listMyInvitations',
    tag: 'me',
    summary: 'List invitations to this person’s address',
    answers: { 200: { description: 'Open ones.', schema: list(shapes.invitation) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await members.invitationsToMe(context, caller) }),
  }),
  route({
    method: 'post',
    path: '/me/invitations/{id}/accept',
    name: 'acceptInvitation',
    tag: 'me',
    summary: 'Accept an invitation',
    params: invitationId,
    answers: { 200: { description: 'The account.', schema: object({ accountId: uuid('The account.') }) } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await members.answerInvitation(context, caller, id, 'accepted'),
    }),
  }),
  route({
    method: 'post',
    path: '/me/invitations/{id}/decline',
    name: 'declineInvitation',
    tag: 'me',
    summary: 'Decline an invitation',
    params: invitationId,
    answers: { 204: { description: 'Declined.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await members.answerInvitation(context, caller, id, 'rejected');
      return { status: 204 };
    },
  }),
];
