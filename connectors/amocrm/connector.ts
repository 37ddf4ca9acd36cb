import type { JsonObject } from '../../core/json.js';
import type { Connector } from '../kit/index.js';
import { openAccount } from './connection.js';
import { declaredStreams } from './declaration.js';
import { facts } from './facts.js';
import { oauth } from './oauth.js';
import { placeOf, placesOf, secret, settings } from './settings.js';
import { withLeadProducts } from './streams/lead-products.js';
import { webhook } from './webhook.js';

/** What the vendor allows an integration, and an account over all its integrations, in a second. */
const requestsOfIntegration = 7;
const requestsOfAccount = 50;

/** amoCRM and Kommo, API v4. */
const amocrm: Connector = {
  id: 'amocrm',
  title: 'amoCRM (Kommo)',
  settings,
  secret,
  auth: 'oauth2',
  settleMs: 2_000,
  lookups: [],
  webhook,
  oauth,
  setup: {
    needsAdmin: true,
    instructions: 'https://www.amocrm.ru/developers/content/oauth/step-by-step',
    note: 'Only an administrator of the account can make an integration and allow it: amoMarket, Create integration, with access to the account’s data.',
  },
  facts,
  hosts: (of) => {
    const { baseUrl, oauthUrl, driveUrl } = placesOf(of);
    return [...new Set([baseUrl, oauthUrl, ...(driveUrl === null ? [] : [driveUrl])].map(placeOf))];
  },
  limits: (of: JsonObject) => {
    const account = placeOf(placesOf(of).baseUrl);
    const own = typeof of.requests_per_second === 'number' ? of.requests_per_second : requestsOfIntegration;
    return [
      { key: `amocrm:integration:${account}`, requests: own, perMs: 1_000 },
      { key: `amocrm:account:${account}`, requests: requestsOfAccount, perMs: 1_000 },
    ];
  },
  declaredStreams: () => withLeadProducts(declaredStreams()),
  open: openAccount,
};

export default amocrm;
