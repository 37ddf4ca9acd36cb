import type { EffectLog } from '../kit/effect-log.js';
import { type OAuthRules, OAuthServer } from '../kit/oauth.js';
import { makeKit, type Sandbox, type SandboxOptions, serveVendor } from '../kit/sandbox.js';
import type { Kit } from '../kit/vendor-app.js';
import { RestCrmApp } from './app.js';
import { type SeedSize, seedStore, sizeOf } from './seed.js';
import type { CrmStore } from './store.js';
import { makeSwitches, type RestCrmSettings } from './switches.js';

/** How rest-crm may be started. */
export interface RestCrmOptions extends Omit<SandboxOptions, 'records'> {
  /** A number means so many contacts, a tenth of companies and a fifth of deals. Default: none. */
  readonly records?: number | Partial<SeedSize>;
  /** The token that is accepted (as Bearer or X-Api-Key); made from the seed by default. */
  readonly token?: string;
  /** How the OAuth part behaves, where it should differ from the defaults. */
  readonly oauth?: Partial<OAuthRules>;
  /** Share of the seeded records with a value that a careful target refuses. Default 0. */
  readonly dirty?: number;
}

/** A running rest-crm; the parts beside the address are for tests in the same process. */
export interface RestCrmSandbox extends Sandbox {
  readonly store: CrmStore;
  readonly log: EffectLog;
  readonly settings: RestCrmSettings;
  readonly kit: Kit;
}

/** Starts the generic REST CRM on loopback. */
export async function startRestCrm(options: RestCrmOptions = {}): Promise<RestCrmSandbox> {
  const kit = makeKit(options.seed ?? 1);
  const token = options.token ?? `crm_${kit.random.fork('token').hex(32)}`;
  const { latencyMs, rate } = options;
  const switches = makeSwitches({
    ...(latencyMs === undefined ? {} : { latency_ms: latencyMs }),
    ...(rate === undefined ? {} : { rate: { ...rate } }),
    ...options.settings,
  });
  const oauth = new OAuthServer(
    {
      clientId: `client-${kit.random.seed}`,
      clientSecret: kit.random.fork('client').hex(40),
      redirectUris: [],
      accessSeconds: 3600,
      refreshSeconds: 90 * 86_400,
      codeSeconds: 600,
      rotates: true,
      scopes: ['read', 'write', 'webhooks'],
      account: 'Sandbox company',
      ...options.oauth,
    },
    kit.clock,
    kit.random.fork('oauth'),
  );
  const app = new RestCrmApp({
    kit,
    switches,
    token,
    oauth,
    seed: (store) => seedStore(store, kit.random.fork('records'), sizeOf(options.records), options.dirty),
  });
  const { port, tls } = options;
  const served = await serveVendor(kit, app, { port, tls });
  return {
    vendor: 'rest-crm',
    ...served,
    credentials: {
      token,
      client_id: oauth.rules.clientId,
      client_secret: oauth.rules.clientSecret,
      token_url: `${served.url}/oauth/token`,
      authorize_url: `${served.url}/oauth/authorize`,
    },
    get store() {
      return app.store;
    },
    log: kit.log,
    settings: switches.values,
    kit,
  };
}
