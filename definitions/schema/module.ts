import Type, { type Static } from 'typebox';
import { closed, duration, pipelineIdPattern, text } from './forms.js';

const texts = (title: string, description: string, longest: number) =>
  Type.Object(
    Object.fromEntries(
      ['en', 'ru', 'uk', 'pl', 'ro'].map((language) => [
        language,
        text({ title: language, description: `In this language (${language}).` }, { maxLength: longest }),
      ]),
    ) as Record<'en' | 'ru' | 'uk' | 'pl' | 'ro', ReturnType<typeof text>>,
    { ...closed, title, description },
  );

const most = (title: string, description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, title, description: `${description} Absent: without limit.` }));

/** A file of `definitions/modules` of kind `tariff`: what an account may do, and its price. */
export const tariffSchema = Type.Object(
  {
    module: text({ title: 'Name', description: 'The name of the file.' }, { pattern: pipelineIdPattern }),
    kind: Type.Literal('tariff'),
    position: Type.Integer({ minimum: 0, title: 'Position', description: 'Place in lists, the smallest first.' }),
    title: texts('Title', 'What people see.', 100),
    description: texts('Description', 'One or two sentences.', 500),
    price: Type.Object(
      {
        amount: Type.Integer({ minimum: 0, title: 'Amount', description: 'For a month, in minor units (cents).' }),
        currency: text({ title: 'Currency', description: 'Three letters.' }, { pattern: '^[A-Z]{3}$' }),
      },
      { ...closed, title: 'Price', description: 'Of a month.' },
    ),
    limits: Type.Object(
      {
        pipelines: most('Pipelines', 'Published pipelines.'),
        records_a_month: most('Records', 'Records written or deleted at targets in a calendar month.'),
        members: most('Members', 'Members and open invitations.'),
        shortest_interval: Type.Optional(
          duration({ title: 'Interval', description: 'The least time between two starts. Absent: without limit.' }),
        ),
      },
      { ...closed, title: 'Limits', description: 'What the tariff allows.' },
    ),
  },
  { ...closed, title: 'Tariff', description: 'A tariff of the product.' },
);
export type TariffFile = Static<typeof tariffSchema>;
