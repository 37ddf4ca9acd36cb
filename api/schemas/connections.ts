import { Type } from 'typebox';
import { anyObject, moment, nullable, object, oneOf, uuid } from './common.js';
import { connectorSetup } from './pipelines.js';

export const connectionName = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,62}$',
  description: 'Name within the account.',
});
export const connectorId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$', description: 'Id of a connector.' });

export const sandboxOffer = object(
  {
    name: connectionName,
    connector: connectorId,
    settings: anyObject('Settings that are no secret.'),
    secret: anyObject('Credentials of the practice account.'),
  },
  'A sandbox, as the connection to it.',
);

const secretText = (description: string) => Type.String({ minLength: 1, maxLength: 1_000, description });

export const application = object(
  { clientId: secretText('Its id.'), clientSecret: secretText('Its key; kept encrypted and never shown again.') },
  'The application at the vendor that the consent is given to.',
);

export const begunConsent = object({
  authorizeUrl: Type.String({ description: 'The vendor’s page.' }),
  expiresAt: moment('Until when the browser must be back.'),
});

export const connectLink = object({
  id: uuid('The link.'),
  connector: Type.String(),
  name: Type.String({ description: 'Name of the connection that it is for.' }),
  settings: anyObject('Settings that stand already.'),
  connectionId: nullable(uuid('The connection to be connected again, or the one that was made.')),
  createdBy: Type.String(),
  createdAt: moment('When it was made.'),
  expiresAt: moment('Until when it can be used.'),
  usedAt: nullable(moment('When it was used.')),
  withdrawnAt: nullable(moment('When it was withdrawn.')),
  state: oneOf(['open', 'used', 'withdrawn', 'expired'], 'Only an open one can be used.'),
});

export const newConnectLink = object({
  ...connectLink.properties,
  url: Type.String({ description: 'The address to send. It holds a secret and is shown once.' }),
  token: Type.String({ description: 'The secret of the address, for `/connect/{token}`. Shown once.' }),
});

export const connectToken = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description: 'The secret out of the link’s address.',
});

export const askedByLink = object({
  account: Type.String({ description: 'Who asks.' }),
  name: Type.String({ description: 'Name of the connection.' }),
  isReconnect: Type.Boolean({ description: 'Whether it is there already and needs new credentials.' }),
  expiresAt: moment('Until when the link can be used.'),
  connector: object({ id: Type.String(), title: Type.String(), setup: connectorSetup }),
  ways: Type.Array(oneOf(['secret', 'consent'], 'By typing a secret, or by agreeing on the vendor’s page.')),
  settings: nullable(anyObject('JSON Schema of the settings that are left to fill in; null where there are none.')),
  secret: nullable(anyObject('JSON Schema of the secret to be typed; null where there is only the consent.')),
  needsApplication: Type.Boolean({ description: 'Whether the consent needs `application` with the request.' }),
});

export const connected = object({
  name: Type.String({ description: 'Name of the connection.' }),
  vendorAccount: Type.String({ description: 'The account at the vendor.' }),
  rightsMissing: Type.Array(Type.String()),
});
