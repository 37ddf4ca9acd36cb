import type { Connector, RateLimit } from '../kit/index.js';
import { openCreatio } from './connection.js';
import { consent } from './consent.js';
import { declaredStreams } from './declaration.js';
import { facts } from './facts.js';
import { parseCreatioSettings, placeOf, secret, settings } from './settings.js';
import { parseCreatioEvents } from './webhook.js';

const dayMs = 86_400_000;

/** Creatio (formerly bpm’online) and BPMSoft over OData 4. */
const connector: Connector = {
  id: 'creatio',
  title: 'Creatio',
  settings,
  secret,
  auth: 'declared',
  hosts: (of) => {
    const { baseUrl, oauthUrl } = parseCreatioSettings(of);
    return [...new Set([baseUrl, ...(oauthUrl === null ? [] : [oauthUrl])].map(placeOf))];
  },
  // The vendor documents no rate; a quota by day belongs to some plans.
  limits: (of) => {
    const { baseUrl, requestsPerSecond, requestsPerDay } = parseCreatioSettings(of);
    const account = `creatio:${placeOf(baseUrl)}`;
    const limits: RateLimit[] = [];
    if (requestsPerSecond !== null) {
      const perMs = requestsPerSecond < 1 ? Math.round(1_000 / requestsPerSecond) : 1_000;
      limits.push({ key: `${account}:second`, requests: Math.max(1, Math.floor(requestsPerSecond)), perMs });
    }
    if (requestsPerDay !== null) {
      // Half may go at once, half is spread: in no day more than the quota.
      const half = Math.max(1, Math.floor(requestsPerDay / 2));
      limits.push({ key: `${account}:day`, requests: half, perMs: dayMs, burst: half });
    }
    return limits;
  },
  // Saving runs business processes, which may take long before the transaction ends.
  settleMs: 5_000,
  // Objects differ from instance to instance, so without settings nothing is said about those that are not standard.
  declaredStreams: (of) =>
    of.base_url === undefined ? declaredStreams(offline) : declaredStreams(parseCreatioSettings(of)),
  hasMoreStreams: true,
  lookups: [
    {
      name: 'file_content',
      title: 'Content of a file',
      key: '`content_ref` of a record of a stream of files',
      fields: [
        { name: 'content', type: 'text', title: 'Bytes as base64' },
        { name: 'size', type: 'integer', title: 'Bytes' },
        { name: 'type', type: 'text', title: 'Media type' },
      ],
      batchSize: 10,
    },
  ],
  webhook: { canRegister: false, parse: (request, key) => parseCreatioEvents(request, key) },
  oauth: consent,
  setup: {
    needsAdmin: true,
    instructions:
      'https://academy.creatio.com/docs/8.x/dev/development-on-creatio-platform/integrations-and-api/authentication/oauth-2-0-authorization/authorization-code-grant',
    note: 'A user of the instance with access to OData and the objects is enough for `session`; registering an OAuth 2.0 application takes an administrator.',
  },
  facts,
  open: openCreatio,
};

export default connector;

const offline = parseCreatioSettings({ base_url: 'https://example.creatio.com' });
