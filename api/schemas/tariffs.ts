import { Type } from 'typebox';
import { count, moment, nullable, object, uuid } from './common.js';

const limit = (description: string) =>
  nullable(Type.Integer({ minimum: 0, description: `${description} Null: without limit.` }));

export const tariffName = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' });

const limits = object({
  pipelines: limit('Published pipelines.'),
  recordsAMonth: limit('Records written or deleted at targets in a calendar month (UTC).'),
  members: limit('Members and open invitations.'),
  shortestIntervalMs: limit('The least time between two starts of a pipeline.'),
});

const fields = {
  name: Type.String({ description: 'Never changes.' }),
  title: Type.String(),
  description: Type.String(),
  price: object({
    amountMinor: count('For a month, in minor units of the currency. Choosing is free for now.'),
    currency: Type.String(),
  }),
  limits,
};

export const tariff = object(fields, 'A tariff, in the language of the person or of `Accept-Language`.');

export const tariffInUse = object({
  ...fields,
  accounts: count('Accounts that have it.'),
  isForNewAccounts: Type.Boolean({ description: 'Whether new accounts begin with it (`DEFAULT_TARIFF`).' }),
});

const present = {
  tariff,
  use: object({
    pipelines: count('Published pipelines.'),
    recordsThisMonth: count('Records written or deleted since the first of the month (UTC).'),
    members: count('Members and open invitations.'),
    shortestIntervalMs: nullable(count('Of the published pipelines.')),
  }),
  next: nullable(tariff),
};

export const accountTariff = object(present);

const account = { id: uuid('Id of the account.'), name: Type.String() };
export const accountWithTariff = object({ ...account, ...present });

export const accountLine = object({
  ...account,
  createdAt: moment('When it was made.'),
  tariff: Type.String({ description: 'Name of its tariff.' }),
  limits,
  pipelines: count('Published pipelines.'),
  recordsThisMonth: count('Records written or deleted since the first of the month (UTC).'),
  members: count('Members and open invitations.'),
});
