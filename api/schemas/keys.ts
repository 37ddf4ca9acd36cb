import { Type } from 'typebox';
import { networkPattern } from '../access/addresses.js';
import { scopes } from '../access/caller.js';
import { moment, nullable, object, oneOf, uuid } from './common.js';

const keyTerms = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$' }),
  scopes: Type.Array(oneOf(scopes, 'What the key may do; each includes the ones before.'), {
    minItems: 1,
    maxItems: scopes.length,
  }),
  allowedAddresses: Type.Array(Type.String({ pattern: networkPattern, maxLength: 50 }), {
    maxItems: 50,
    description: 'Addresses and networks that it may be used from, such as `203.0.113.0/24`; everywhere when empty.',
  }),
  expiresAt: nullable(
    Type.String({
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$',
      format: 'date-time',
      description: 'When it runs out; never when null.',
    }),
  ),
};

export const keyRequest = object({
  name: keyTerms.name,
  scopes: keyTerms.scopes,
  allowedAddresses: Type.Optional(keyTerms.allowedAddresses),
  expiresAt: Type.Optional(keyTerms.expiresAt),
});

export const keyChange = Type.Object(Type.Partial(object(keyTerms)).properties, {
  additionalProperties: false,
  minProperties: 1,
});

export const apiKey = object({
  id: uuid('The key.'),
  publicId: Type.String({ description: 'The part of the key that is no secret.' }),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  allowedAddresses: Type.Array(Type.String(), { description: 'Where it may be used from; everywhere when empty.' }),
  createdAt: moment('When it was made.'),
  lastUsedAt: nullable(moment('About when it was last used.')),
  expiresAt: nullable(moment('When it runs out.')),
  revokedAt: nullable(moment('When it was revoked.')),
});

export const newApiKey = object({ ...apiKey.properties, key: Type.String({ description: 'Shown once.' }) });
