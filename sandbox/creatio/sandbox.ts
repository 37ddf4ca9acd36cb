import type { EffectLog } from '../kit/effect-log.js';
import { type OAuthRules, OAuthServer } from '../kit/oauth.js';
import { makeKit, type Sandbox, type SandboxOptions, serveVendor } from '../kit/sandbox.js';
import type { Kit } from '../kit/vendor-app.js';
import { CreatioApp } from './app.js';
import { IdentityApp } from './auth/identity.js';
import { makeUsers } from './auth/users.js';
import { type SeedSize, seedStore, sizeOf } from './seed/seed.js';
import type { CreatioStore } from './store.js';
import { type CreatioSettings, makeSwitches } from './switches.js';

/** How the Creatio sandbox may be started. */
export interface CreatioOptions extends Omit<SandboxOptions, 'records'> {
  /** A number means so many deals and the others in proportion. Default: none. */
  readonly records?: number | Partial<SeedSize>;
  /** How the Identity Service behaves, where it should differ from the defaults. */
  readonly oauth?: Partial<OAuthRules>;
  /** Share of the seeded people with a broken e-mail or phone. Default 0. */
  readonly dirty?: number;
}

/** A running site; the parts beside the address are for tests in the same process. */
export interface CreatioSandbox extends Sandbox {
  readonly store: CreatioStore;
  readonly log: EffectLog;
  readonly settings: CreatioSettings;
  readonly kit: Kit;
}

/** Starts Creatio (the site and its Identity Service) on loopback. */
export async function startCreatio(options: CreatioOptions = {}): Promise<CreatioSandbox> {
  const kit = makeKit(options.seed ?? 1);
  const { latencyMs, rate } = options;
  const switches = makeSwitches({
    ...(latencyMs === undefined ? {} : { latency_ms: latencyMs }),
    ...(rate === undefined ? {} : { rate: { ...rate } }),
    ...options.settings,
  });
  const users = makeUsers(kit.random);
  const oauth = new OAuthServer(oauthRules(kit, options.oauth), kit.clock, kit.random.fork('oauth'));
  const scheme = options.tls === true ? 'https' : 'http';
  const webhookKey = kit.random.fork('webhook-key').hex(32);
  const app = new CreatioApp({
    kit,
    switches,
    oauth,
    users,
    scheme,
    webhookKey,
    seed: (store) => seedStore(store, users, kit.random.fork('records'), sizeOf(options.records), options.dirty),
  });
  const { port, tls } = options;
  const { companions, ...served } = await serveVendor(kit, app, { port, tls }, [new IdentityApp(oauth, app, scheme)]);
  const identity = companions[0] ?? served.url;
  app.identityUrl = identity;
  return {
    vendor: 'creatio',
    ...served,
    credentials: {
      username: users[1]?.name ?? '',
      password: users[1]?.password ?? '',
      user_contact_id: users[1]?.contactId ?? '',
      admin_username: users[0]?.name ?? '',
      admin_password: users[0]?.password ?? '',
      limited_username: users[2]?.name ?? '',
      limited_password: users[2]?.password ?? '',
      client_id: oauth.rules.clientId,
      client_secret: oauth.rules.clientSecret,
      identity_url: identity,
      token_url: `${identity}/connect/token`,
      authorize_url: `${identity}/connect/authorize`,
      webhook_url: `${served.url}/webhooks/${webhookKey}`,
    },
    get store() {
      return app.world.store;
    },
    log: kit.log,
    settings: switches.values,
    kit,
  };
}

function oauthRules(kit: Kit, given: Partial<OAuthRules> = {}): OAuthRules {
  const secrets = kit.random.fork('client');
  const clientId = secrets.hex(32).toUpperCase();
  return {
    clientId,
    clientSecret: secrets.hex(64).toUpperCase(),
    redirectUris: [],
    accessSeconds: 3600,
    refreshSeconds: 30 * 86_400,
    codeSeconds: 300,
    rotates: true,
    scopes: [`ApplicationAccess_${clientId.toLowerCase()}`, 'offline_access'],
    account: 'Sandbox installation',
    ...given,
  };
}
