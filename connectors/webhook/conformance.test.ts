import type { JsonObject } from '../../core/json.js';
import { type Behaviour, behaviours } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import connector from './connector.js';

const settings = { signature: { header: 'X-Signature' } };
const canary = 'canary-15-chars';

const open = (secret: string) =>
  connector.open({
    connectionId: 'test',
    settings,
    credentials: { read: async () => ({ signing_secret: secret }), renew: async (seen: JsonObject) => seen },
    http: { request: () => Promise.reject(new Error('no network')) },
    resolveHost: () => Promise.reject(new Error('no network')),
  });

const possible: readonly Behaviour[] = [
  'the declaration is complete and consistent',
  'every setting has a title and a description',
  'a check names the account and its rights',
  'secrets are in no failure',
];

describeConformance(
  'webhook',
  async () => ({
    connector,
    settings,
    open: () => open('a-secret-that-is-long-enough'),
    openBroken: () => open(canary),
    secrets: [canary],
    source: null,
    target: null,
    modes: [],
    dispose: async () => undefined,
  }),
  Object.fromEntries(
    behaviours
      .filter((name) => !possible.includes(name))
      .map((name) => [name, 'records come with their events, nothing can be read or written']),
  ),
);
