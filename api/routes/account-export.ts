import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { accountDocument, importReport } from '../schemas/account-export.js';
import { object } from '../schemas/common.js';
import { exportAccount } from '../services/account-export.js';
import { importAccount } from '../services/account-import.js';

const tag = 'account';

const example = {
  document: {
    version: 1,
    connections: [
      {
        name: 'crm',
        connector: 'http',
        settings: { service: 'rest-crm', base_url: 'https://crm.example' },
        needsSecret: true,
      },
    ],
    pipelines: [],
  },
};

export const accountExportRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/account/export',
    name: 'exportAccount',
    tag,
    summary: 'Export the definitions and settings of the account',
    description: 'Secrets, links and history are not in it: docs/backup.md says what a backup holds besides.',
    answers: { 200: { description: 'One document, for `POST /account/import`.', schema: accountDocument } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await exportAccount(context, caller.accountId) }),
  }),
  route({
    method: 'post',
    path: '/account/import',
    name: 'importAccount',
    tag,
    summary: 'Import definitions and settings into the account',
    description:
      'Without `apply` nothing is changed, and no service is called: the answer says what would be done. What is here already stays.',
    body: object({
      document: accountDocument,
      apply: Type.Optional(Type.Boolean({ description: 'Do it. Default: only say what would be done.' })),
      replace: Type.Optional(
        Type.Boolean({ description: 'Replace what is defined otherwise here. Default: it stays.' }),
      ),
      activate: Type.Optional(
        Type.Boolean({ description: 'New pipelines take the state of the document. Default: they are paused.' }),
      ),
    }),
    bodyExample: example,
    answers: { 200: { description: 'What was done, or would be.', schema: importReport } },
    errors: [
      'account/cap_reached',
      'definition/reset_needed',
      'run/already_running',
      'connection/name_taken',
      'tariff/limit_reached',
      'vault/unreadable',
    ],
    handle: async ({ context, caller, body }) => ({ status: 200, body: await importAccount(context, caller, body) }),
  }),
];
