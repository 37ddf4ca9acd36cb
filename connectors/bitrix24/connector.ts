import type { Connector } from '../kit/index.js';
import { PortalConnection } from './connection.js';
import { oauth } from './oauth.js';
import { placeOf, portalOf, secret, settings } from './settings.js';
import { standardStreams } from './streams/declaration.js';
import { parseEvents } from './webhook.js';

/** Stands for a portal where only its usual streams are asked for. */
const usualPortal = 'https://example.bitrix24.ru';

/** Bitrix24, in the cloud or on one's own server, over its REST interface of version 2. */
const connector: Connector = {
  id: 'bitrix24',
  title: 'Bitrix24',
  settings,
  secret,
  auth: 'declared',
  hosts: (of) => {
    const portal = portalOf(of);
    const places = [portal.baseUrl, ...(portal.auth === 'oauth' ? [portal.oauthUrl] : [])].map(placeOf);
    return [...new Set(places)];
  },
  // The vendor counts by portal and source address, over all applications; a bucket of 50 takes what comes at once.
  limits: (of) => {
    const portal = portalOf(of);
    return [
      {
        key: `bitrix24:${placeOf(portal.baseUrl)}`,
        requests: portal.requestsPerSecond * 10,
        perMs: 10_000,
        burst: Math.max(1, Math.round(portal.requestsPerSecond * 20)),
      },
    ];
  },
  settleMs: 5_000,
  declaredStreams: (of) => standardStreams(portalOf({ base_url: usualPortal, ...of })),
  hasMoreStreams: true,
  lookups: [],
  webhook: { canRegister: true, parse: (request, key) => parseEvents(request, key) },
  oauth,
  setup: {
    needsAdmin: true,
    instructions: 'https://apidocs.bitrix24.com/local-integrations/local-webhooks.html',
    note: 'In the portal: Developer resources, Other, Inbound webhook, with the right “CRM”; or a local application for OAuth 2.0. Both act with the rights of the person who makes them, so an administrator should.',
  },
  facts: [
    { text: 'Lists are walked by id, 50 rows at first, then up to 2,500 in one batch.', isVerified: true },
    { text: 'Records that were deleted are told by events only; lists show nothing of them.', isVerified: true },
    { text: 'Phones and e-mails are changed by their ids, so writing them again doubles nothing.', isVerified: true },
    {
      text: 'The limit of requests is answered with status 503, that of one method’s run time with 429.',
      isVerified: true,
    },
    {
      text: 'A batch whose answer was lost may go on for up to 60 seconds; it is looked at until it stands still.',
      isVerified: false,
      source: 'https://apidocs.bitrix24.com/limits.html',
    },
    {
      text: 'Tasks can be filtered by `XML_ID`, where our own id stands.',
      isVerified: false,
    },
  ],
  open: (context) => new PortalConnection(context),
};

export default connector;
