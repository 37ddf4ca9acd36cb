import { Type } from 'typebox';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { anyObject, count, list, moment, nullable, object, uuid } from '../schemas/common.js';
import * as audit from '../services/audit.js';

const tag = 'audit';
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 300, description }));
const time = (description: string) =>
  Type.Optional(
    Type.String({
      pattern:
        '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z)?$',
      description,
    }),
  );

const query = object({
  ...pageQuery,
  actor: text('Only lines of this actor, such as `key:3f9a2c1d` or `person:anna@example.com`.'),
  action: text('Only this action, such as `key.created`.'),
  object: text('Only lines about this object.'),
  requestId: text('Only the lines of one request.'),
  from: time('Only lines from this time on, such as `2031-05-01`.'),
  to: time('Only lines before this time.'),
});

const line = object({
  seq: Type.Integer({ minimum: 1, description: 'Number within the chain of the account.' }),
  at: moment('When.'),
  actor: Type.String({
    description: 'Who: `person:`, `key:`, `support:`, `partner:` and a name, `visitor`, `system`.',
  }),
  onBehalfOf: nullable(Type.String({ description: 'Who let the actor in.' })),
  action: Type.String({ description: 'What; `.refused` at its end: it was asked for and not done.' }),
  object: nullable(Type.String({ description: 'To what.' })),
  details: anyObject('Values that belong to it. No secrets, no records.'),
  requestId: nullable(Type.String()),
  hash: Type.String({ description: 'Keyed hash over this line and the hash of the one before.' }),
});

const verdictFields = {
  isWhole: Type.Boolean(),
  lines: count('Lines that are as they were written.'),
  brokenAt: nullable(Type.Integer({ description: 'The first line that is not.' })),
  problem: nullable(Type.String({ description: 'What is wrong with it, in one sentence.' })),
};
const verdict = object(verdictFields);
const verdictOfAll = object({ ...verdictFields, accountId: nullable(uuid('Whose log is broken.')) });

export const auditRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/audit',
    name: 'listAudit',
    tag,
    summary: 'Read the audit log of the account',
    query,
    answers: { 200: { description: 'A page, newest first.', schema: list(line) } },
    errors: [],
    handle: async ({ context, caller, query }) => ({
      status: 200,
      body: await audit.listLines(context, caller.accountId, query),
    }),
  }),
  route({
    method: 'get',
    path: '/audit/verify',
    name: 'verifyAudit',
    tag,
    summary: 'Check that no line of the audit log was changed, removed or added',
    answers: { 200: { description: 'What was found.', schema: verdict } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await audit.verify(context, caller.accountId) }),
  }),
  route({
    method: 'get',
    path: '/installation/audit',
    name: 'listInstallationAudit',
    tag,
    summary: 'Read the audit log of the installation itself',
    query,
    answers: { 200: { description: 'A page, newest first.', schema: list(line) } },
    errors: [],
    handle: async ({ context, query }) => ({
      status: 200,
      body: await audit.listLines(context, audit.installationAccount, query),
    }),
  }),
  route({
    method: 'get',
    path: '/installation/audit/verify',
    name: 'verifyInstallationAudit',
    tag,
    summary: 'Check the audit logs of the installation and of all accounts',
    answers: { 200: { description: 'What was found.', schema: verdictOfAll } },
    errors: [],
    handle: async ({ context }) => ({ status: 200, body: await audit.verifyAll(context) }),
  }),
];
