import { Type } from 'typebox';
import { webhookKinds } from '../../store/events.js';
import { count, moment, nullable, object, oneOf, uuid } from './common.js';

const kind = oneOf(webhookKinds, 'What to tell of.');
export const endpointFields = {
  url: Type.String({
    minLength: 8,
    maxLength: 2_000,
    pattern: '^https?://[^\\s\\u0000-\\u001f]+$',
    description: 'A public https address.',
  }),
  kinds: Type.Array(kind, { minItems: 1, maxItems: webhookKinds.length }),
  description: Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' }),
};

const shownFields = {
  id: uuid('Id of the endpoint.'),
  ...endpointFields,
  state: oneOf(['active', 'disabled'], 'A disabled endpoint gets nothing.'),
  disabledReason: nullable(Type.String()),
  failingSince: nullable(moment('Since when nothing arrived; null while all is well.')),
  createdAt: moment('When it was made.'),
  updatedAt: moment('When it was changed last.'),
};
export const endpoint = object(shownFields, 'Where events are sent to.');
export const endpointWithSecret = object({
  ...shownFields,
  secret: Type.String({ description: 'What deliveries are signed with; shown only here.' }),
});

export const delivery = object({
  id: uuid('Id of the delivery.'),
  eventId: uuid('The header `webhook-id` of every try.'),
  kind: Type.String(),
  state: oneOf(['pending', 'delivered', 'failed'], 'What became of it.'),
  attempts: count('Tries so far.'),
  nextTryAt: nullable(moment('When it is tried next.')),
  lastStatus: nullable(Type.Integer({ description: 'Status of the last answer; null where there was none.' })),
  lastError: nullable(Type.String()),
  createdAt: moment('When the event happened.'),
  deliveredAt: nullable(moment('When it was taken.')),
});

export const queuedDelivery = object({ deliveryId: uuid('Look for it in the delivery log.') });
