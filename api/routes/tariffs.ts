import { Type } from 'typebox';
import { languageOf } from '../http/languages.js';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import { accountLine, accountTariff, accountWithTariff, tariff, tariffInUse, tariffName } from '../schemas/tariffs.js';
import * as accounts from '../services/operator-accounts.js';
import * as tariffs from '../services/tariffs.js';

const tag = 'tariffs';
const params = object({ id: uuid('Id of an account.') });

export const tariffRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/tariffs',
    name: 'listTariffs',
    tag,
    summary: 'List the tariffs, the smallest first',
    answers: { 200: { description: 'All of them.', schema: list(tariff) } },
    errors: [],
    handle: async (request) => ({ status: 200, body: tariffs.listTariffs(request.context, languageOf(request)) }),
  }),
  route({
    method: 'get',
    path: '/account/tariff',
    name: 'getAccountTariff',
    tag,
    summary: 'Get the tariff of the account and what is used of it',
    answers: { 200: { description: 'Limits, present use, and the tariff that follows.', schema: accountTariff } },
    errors: [],
    handle: async (request) => ({
      status: 200,
      body: await tariffs.accountTariff(request.context, request.caller.accountId, languageOf(request)),
    }),
  }),
  route({
    method: 'put',
    path: '/account/tariff',
    name: 'chooseTariff',
    tag,
    summary: 'Choose another tariff',
    description: 'It counts at once, and runs that waited for it go on. What is used now must fit into it.',
    body: object({ tariff: tariffName }),
    bodyExample: { tariff: 'professional' },
    answers: { 200: { description: 'The tariff as it is now.', schema: accountTariff } },
    errors: ['tariff/unknown', 'tariff/limit_reached'],
    handle: async (request) => ({
      status: 200,
      body: await tariffs.chooseTariff(request.context, request.caller, request.body.tariff, languageOf(request)),
    }),
  }),
  route({
    method: 'get',
    path: '/operator/tariffs',
    name: 'listTariffsInUse',
    tag,
    summary: 'List the tariffs with how many accounts have each',
    answers: { 200: { description: 'All of them, the smallest first.', schema: list(tariffInUse) } },
    errors: [],
    handle: async (request) => ({
      status: 200,
      body: await accounts.tariffsInUse(request.context, languageOf(request)),
    }),
  }),
  route({
    method: 'get',
    path: '/operator/accounts',
    name: 'listAccounts',
    tag,
    summary: 'List the accounts with their tariffs and what they use',
    query: object({
      ...pageQuery,
      search: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: '^[^\\u0000]*$',
          description: 'Part of the name or of a member’s address, or the whole id.',
        }),
      ),
      tariff: Type.Optional(tariffName),
    }),
    answers: { 200: { description: 'A page, newest first.', schema: list(accountLine) } },
    errors: [],
    handle: async ({ context, query }) => ({ status: 200, body: await accounts.listAccounts(context, query) }),
  }),
  route({
    method: 'get',
    path: '/operator/accounts/{id}/tariff',
    name: 'getTariffOfAccount',
    tag,
    summary: 'Get the tariff of any account and what is used of it',
    params,
    answers: { 200: { description: 'Limits and present use.', schema: accountWithTariff } },
    errors: [],
    handle: async (request) => ({
      status: 200,
      body: await accounts.oneAccount(request.context, request.params.id, languageOf(request)),
    }),
  }),
  route({
    method: 'put',
    path: '/operator/accounts/{id}/tariff',
    name: 'assignTariff',
    tag,
    summary: 'Put an account on another tariff',
    description: 'It counts at once. What the account uses now must fit into it. The account’s own log shows it.',
    params,
    body: object({ tariff: tariffName }),
    bodyExample: { tariff: 'business' },
    answers: { 200: { description: 'The tariff as it is now.', schema: accountWithTariff } },
    errors: ['tariff/unknown', 'tariff/limit_reached'],
    handle: async (request) => {
      const { context, caller, params, body } = request;
      return {
        status: 200,
        body: await accounts.assignTariff(context, caller, params.id, body.tariff, languageOf(request)),
      };
    },
  }),
];
