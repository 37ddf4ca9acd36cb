import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { object } from '../schemas/common.js';
import * as shapes from '../schemas/people.js';
import * as registration from '../services/registration.js';
import * as signingIn from '../services/signing-in.js';
import { placeOf } from './place.js';

const example = { email: 'ann@example.com', password: 'harbour-lamp-cello' };

/** What visitors do: register, confirm, sign in, set a forgotten password anew. */
export const peopleRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/registrations',
    name: 'register',
    tag: 'people',
    summary: 'Register',
    description:
      'Sends a letter with a link for `POST /email-confirmations`. The answer is the same for an address that is known: its owner gets a letter that says so.',
    body: object({
      name: shapes.personName,
      email: shapes.email,
      password: shapes.password,
      accountName: Type.Optional(shapes.accountName),
      language: Type.Optional(shapes.language),
    }),
    bodyExample: { ...example, name: 'Ann', accountName: 'Harbour Ltd', language: 'en' },
    isNeverKept: true,
    answers: { 202: { description: 'A letter is on its way.' } },
    errors: ['person/password_weak', 'api/too_many_requests'],
    handle: async ({ context, body, address }) => {
      await registration.register(context, body, address);
      return { status: 202 };
    },
  }),
  route({
    method: 'post',
    path: '/email-confirmations/letters',
    name: 'sendConfirmation',
    tag: 'people',
    summary: 'Ask for another confirmation letter',
    description: 'The answer is the same for every address.',
    body: object({ email: shapes.email }),
    bodyExample: { email: example.email },
    isNeverKept: true,
    answers: { 202: { description: 'A letter is on its way where one is due.' } },
    errors: ['api/too_many_requests'],
    handle: async ({ context, body, address }) => {
      await registration.sendConfirmation(context, body.email, address);
      return { status: 202 };
    },
  }),
  route({
    method: 'post',
    path: '/email-confirmations',
    name: 'confirmEmail',
    tag: 'people',
    summary: 'Confirm an address by the link of a letter',
    body: object({ token: shapes.token }),
    bodyExample: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl' },
    isNeverKept: true,
    answers: { 200: { description: 'What the link did.', schema: shapes.confirmation } },
    errors: ['person/token_invalid', 'api/too_many_requests'],
    handle: async ({ context, body, address }) => ({
      status: 200,
      body: { state: await registration.confirmEmail(context, body.token, address) },
    }),
  }),
  route({
    method: 'post',
    path: '/password-resets',
    name: 'forgotPassword',
    tag: 'people',
    summary: 'Ask for a letter to set a new password',
    description: 'The answer is the same for every address.',
    body: object({ email: shapes.email }),
    bodyExample: { email: example.email },
    isNeverKept: true,
    answers: { 202: { description: 'A letter is on its way where the address is known.' } },
    errors: ['api/too_many_requests'],
    handle: async ({ context, body, address }) => {
      await registration.forgotPassword(context, body.email, address);
      return { status: 202 };
    },
  }),
  route({
    method: 'post',
    path: '/password-resets/use',
    name: 'resetPassword',
    tag: 'people',
    summary: 'Set a new password by the link of a letter',
    description: 'All sessions of the person end. It also confirms the address.',
    body: object({ token: shapes.token, password: shapes.password }),
    bodyExample: { token: 'Rk5mY3pXcThaTnZQYjJ4', password: example.password },
    isNeverKept: true,
    answers: { 204: { description: 'Sign in with it.' } },
    errors: ['person/password_weak', 'person/token_invalid', 'api/too_many_requests'],
    handle: async ({ context, body, address }) => ({
      status: 204,
      cookies: [await registration.resetPassword(context, body.token, body.password, address)],
    }),
  }),
  route({
    method: 'post',
    path: '/sign-in',
    name: 'signIn',
    tag: 'people',
    summary: 'Sign in',
    description:
      'Sets a session cookie (HttpOnly, SameSite=Lax, with https Secure and named `__Host-`). At most ten tries in 15 minutes for one login.',
    body: object({ email: shapes.email, password: shapes.presentPassword }),
    bodyExample: example,
    isNeverKept: true,
    answers: { 200: { description: 'Signed in, or a second step is needed.', schema: shapes.signedIn } },
    errors: ['person/sign_in_failed', 'person/email_unconfirmed', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => {
      const { state, cookies } = await signingIn.signIn(context, caller, body, placeOf(request));
      return { status: 200, body: { state }, cookies };
    },
  }),
  route({
    method: 'post',
    path: '/sign-in/second-step',
    name: 'secondStep',
    tag: 'people',
    summary: 'Finish signing in with a code',
    description: 'Within ten minutes of the first step, with the cookie that it set. Five tries, then sign in anew.',
    body: object({ code: shapes.code }),
    bodyExample: { code: '123456' },
    isNeverKept: true,
    answers: { 200: { description: 'Signed in.', schema: shapes.signedIn } },
    errors: ['person/code_wrong', 'person/two_factor_off', 'api/too_many_requests'],
    handle: async ({ context, caller, body, ...request }) => {
      const { state, cookies } = await signingIn.secondStep(context, caller, body.code, placeOf(request));
      return { status: 200, body: { state }, cookies };
    },
  }),
  route({
    method: 'post',
    path: '/sign-out',
    name: 'signOut',
    tag: 'people',
    summary: 'Sign out',
    isNeverKept: true,
    answers: { 204: { description: 'The session is over on the server, too.' } },
    errors: [],
    handle: async ({ context, ...request }) => ({
      status: 204,
      cookies: await signingIn.signOut(context, placeOf(request)),
    }),
  }),
];
