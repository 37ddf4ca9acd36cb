import { Type } from 'typebox';
import { count, nullable, object } from './common.js';

const limit = (description: string) =>
  nullable(Type.Integer({ minimum: 0, description: `${description} Null: without limit.` }));

export const tariff = object(
  {
    name: Type.String({ description: 'Never changes.' }),
    title: Type.String(),
    description: Type.String(),
    price: object({
      amountMinor: count('For a month, in minor units of the currency. Choosing is free for now.'),
      currency: Type.String(),
    }),
    limits: object({
      pipelines: limit('Published pipelines.'),
      recordsAMonth: limit('Records written or deleted at targets in a calendar month (UTC).'),
      members: limit('Members and open invitations.'),
      shortestIntervalMs: limit('The least time between two starts of a pipeline.'),
    }),
  },
  'A tariff, in the language of the person or of `Accept-Language`.',
);

export const accountTariff = object({
  tariff,
  use: object({
    pipelines: count('Published pipelines.'),
    recordsThisMonth: count('Records written or deleted since the first of the month (UTC).'),
    members: count('Members and open invitations.'),
    shortestIntervalMs: nullable(count('Of the published pipelines.')),
  }),
  next: nullable(tariff),
});
