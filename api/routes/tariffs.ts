import { Type } from 'typebox';
import { languageOf } from '../http/languages.js';
import { type Route, route } from '../http/route.js';
import { list, object } from '../schemas/common.js';
import { accountTariff, tariff } from '../schemas/tariffs.js';
import * as tariffs from '../services/tariffs.js';

const tag = 'tariffs';

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
    body: object({ tariff: Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' }) }),
    bodyExample: { tariff: 'professional' },
    answers: { 200: { description: 'The tariff as it is now.', schema: accountTariff } },
    errors: ['tariff/unknown', 'tariff/limit_reached'],
    handle: async (request) => ({
      status: 200,
      body: await tariffs.chooseTariff(request.context, request.caller, request.body.tariff, languageOf(request)),
    }),
  }),
];
