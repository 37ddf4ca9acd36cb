import type { EffectLog } from '../kit/effect-log.js';
import { makeKit, type Sandbox, type SandboxOptions, serveVendor } from '../kit/sandbox.js';
import type { Kit } from '../kit/vendor-app.js';
import { AmoApp } from './app.js';
import { seedStore, sizeOf } from './seed.js';
import type { SeedSize } from './seed-values.js';
import type { AmoStore } from './store.js';
import { type AmoSettings, makeSwitches } from './switches.js';

/** How amoCRM may be started. */
export interface AmoCrmOptions extends Omit<SandboxOptions, 'records'> {
  /** A number means so many leads and the others in natural proportion. Default: none. */
  readonly records?: number | Partial<SeedSize>;
  /** The account's name in its host. Default `example`. */
  readonly subdomain?: string;
  /** Where the integration has its visitors sent back to. */
  readonly redirectUri?: string;
  /** Share of the seeded records with a value that a careful target refuses. Default 0. */
  readonly dirty?: number;
}

/** A running amoCRM; the parts beside the address are for tests in the same process. */
export interface AmoCrmSandbox extends Sandbox {
  readonly store: AmoStore;
  readonly log: EffectLog;
  readonly settings: AmoSettings;
  readonly kit: Kit;
}

/** Starts an amoCRM account on loopback. */
export async function startAmoCrm(options: AmoCrmOptions = {}): Promise<AmoCrmSandbox> {
  const kit = makeKit(options.seed ?? 1);
  const { latencyMs, rate, port, tls, subdomain = 'example' } = options;
  const switches = makeSwitches({
    ...(latencyMs === undefined ? {} : { latency_ms: latencyMs }),
    ...(rate === undefined ? {} : { rate: { ...rate } }),
    ...options.settings,
  });
  const integration = {
    clientId: `1f1a4d2e-0000-4000-8000-${kit.random.fork('client-id').hex(12)}`,
    clientSecret: kit.random.fork('client').hex(64),
    redirectUri: options.redirectUri ?? 'http://127.0.0.1:9/amocrm/callback',
  };
  const app = new AmoApp({
    kit,
    switches,
    integration,
    subdomain,
    scheme: tls === true ? 'https' : 'http',
    seed: (store) => seedStore(store, kit.random.fork('records'), sizeOf(options.records), options.dirty),
  });
  const token = app.oauth.makeLongLived();
  const pair = app.oauth.makePair();
  const served = await serveVendor(kit, app, { port, tls });
  return {
    vendor: 'amocrm',
    ...served,
    credentials: {
      token,
      access_token: pair.access,
      refresh_token: pair.refresh,
      client_id: integration.clientId,
      client_secret: integration.clientSecret,
      redirect_uri: integration.redirectUri,
      authorize_url: `${served.url}/oauth`,
      token_url: `${served.url}/oauth2/access_token`,
      subdomain,
      account_id: String(app.store.accountId),
    },
    get store() {
      return app.store;
    },
    log: kit.log,
    settings: switches.values,
    kit,
  };
}
