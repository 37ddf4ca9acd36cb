import { Type } from 'typebox';
import { languages } from '../../languages/language.js';
import { anyObject, count, moment, nullable, object, oneOf, uuid } from './common.js';

export const pageKind = oneOf(['promotion', 'information'], 'What kind of page it is.');
export const slug = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$',
  description: 'In the address of the page; small letters, digits and hyphens.',
});

/** A time that the database takes too. */
const when = (description: string) =>
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$',
    format: 'date-time',
    description,
  });

const text = object({
  title: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' }),
  body: Type.String({ maxLength: 100_000, pattern: '^[^\\u0000]*$', description: 'Markdown.' }),
});

export const pageBody = object({
  kind: pageKind,
  slug,
  startsAt: Type.Optional(nullable(when('Shown from then on; at once when absent.'))),
  endsAt: Type.Optional(nullable(when('Shown until then; always when absent.'))),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'Place in lists; 0 when absent.' })),
  texts: Type.Object(
    Object.fromEntries(languages.map((language) => [language, Type.Optional(text)])) as Record<
      (typeof languages)[number],
      ReturnType<typeof Type.Optional<typeof text>>
    >,
    { additionalProperties: false, minProperties: 1, description: 'By language; at least one.' },
  ),
});

export const page = object(
  {
    id: uuid('Id of the page.'),
    kind: pageKind,
    slug,
    state: oneOf(['draft', 'published'], 'Drafts are seen by operators alone.'),
    startsAt: nullable(moment('Shown from then on.')),
    endsAt: nullable(moment('Shown until then.')),
    position: count('Place in lists.'),
    texts: anyObject('Title and Markdown by language.'),
    revision: count('Grows with each change.'),
    createdAt: moment('When it was made.'),
    updatedAt: moment('When it was changed last.'),
  },
  'A page as operators see it.',
);

export const shownPage = object(
  {
    kind: pageKind,
    slug,
    language: Type.String({ description: 'Of the text; the asked one where the page has it.' }),
    title: Type.String(),
    body: Type.String({ description: 'Markdown; show it without scripts.' }),
    startsAt: nullable(moment('Shown since then.')),
    endsAt: nullable(moment('Shown until then.')),
    updatedAt: moment('When it was changed last.'),
  },
  'A page as everybody sees it.',
);

export const contacts = object({
  email: nullable(Type.String()),
  phone: nullable(Type.String()),
  company: nullable(Type.String({ description: 'Name, address and registration; may have several lines.' })),
});
