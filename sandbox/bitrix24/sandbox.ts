import type { EffectLog } from '../kit/effect-log.js';
import type { Answer, VendorRequest } from '../kit/exchange.js';
import { makeKit, type Sandbox, type SandboxOptions, serveVendor } from '../kit/sandbox.js';
import type { Kit, VendorApp } from '../kit/vendor-app.js';
import { failure } from './answers.js';
import { PortalApp } from './app.js';
import { Keys } from './keys.js';
import { PortalOAuth } from './oauth.js';
import { seedPortal } from './seed/portal.js';
import { type SeedSize, sizeOf } from './seed/size.js';
import type { PortalStore } from './store.js';
import { type BitrixSettings, makeSwitches } from './switches.js';

/** How the portal may be started. */
export interface BitrixOptions extends Omit<SandboxOptions, 'records'> {
  /** A number means so many deals and the rest in proportion. Default: none. */
  readonly records?: number | Partial<SeedSize>;
  /** Share of the seeded records with a value that a careful target refuses. Default 0. */
  readonly dirty?: number;
}

/** A running portal; the parts beside the address are for tests in the same process. */
export interface BitrixSandbox extends Sandbox {
  readonly store: PortalStore;
  readonly log: EffectLog;
  readonly settings: BitrixSettings;
  readonly kit: Kit;
}

/** Starts a Bitrix24 portal and its authorization server on loopback. */
export async function startBitrix24(options: BitrixOptions = {}): Promise<BitrixSandbox> {
  const kit = makeKit(options.seed ?? 1);
  const { latencyMs, rate, port, tls } = options;
  const switches = makeSwitches({
    ...(latencyMs === undefined ? {} : { latency_ms: latencyMs }),
    ...(rate === undefined ? {} : { rate: { ...rate } }),
    ...options.settings,
  });
  const addresses = { old: 'http://127.0.0.1', renamed: 'http://127.0.0.1' };
  let serverUrl = 'http://127.0.0.1';
  const secrets = kit.random.fork('secrets');
  const oauth = new PortalOAuth(
    {
      clientId: `local.${secrets.hex(14)}.${secrets.digits(8)}`,
      clientSecret: secrets.hex(50),
      memberId: secrets.hex(32),
      applicationToken: secrets.hex(32),
      portalUrl: () => (switches.values.renamed ? addresses.renamed : addresses.old),
      serverUrl: () => serverUrl,
    },
    switches.values,
    kit.clock,
    kit.random.fork('oauth'),
  );
  const keys = new Keys(kit.clock, kit.random.fork('keys'));
  const [admin, employee, reader] = [keys.make(1), keys.make(3), keys.make(1, ['user'])];
  const app = new PortalApp({
    kit,
    switches,
    keys,
    oauth,
    isSecure: tls === true,
    addresses,
    seed: (store) => seedPortal(store, kit.random.fork('records'), sizeOf(options.records), options.dirty),
  });
  const served = await serveVendor(kit, app, { port, tls }, [authorizationServer(app, oauth), app]);
  const { companions, ...listening } = served;
  [serverUrl = '', addresses.renamed = ''] = companions;
  addresses.old = served.url;
  const given = oauth.issue(1, false);
  const hook = ({ userId, secret }: { userId: number; secret: string }) => `${served.url}/rest/${userId}/${secret}/`;
  return {
    vendor: 'bitrix24',
    ...listening,
    credentials: {
      webhook_url: hook(admin),
      employee_webhook_url: hook(employee),
      narrow_webhook_url: hook(reader),
      client_id: oauth.parties.clientId,
      client_secret: oauth.parties.clientSecret,
      access_token: String(given.access_token),
      refresh_token: String(given.refresh_token),
      authorize_url: `${served.url}/oauth/authorize/`,
      token_url: `${serverUrl}/oauth/token/`,
      member_id: oauth.parties.memberId,
      application_token: oauth.parties.applicationToken,
      renamed_url: addresses.renamed,
    },
    get store() {
      return app.portal.store;
    },
    log: kit.log,
    settings: switches.values,
    kit,
  };
}

/** The vendor's authorization server: it has one route, and the switches and records of the portal. */
function authorizationServer(app: PortalApp, oauth: PortalOAuth): VendorApp {
  return {
    switches: app.switches,
    handle: (request: VendorRequest): Answer =>
      /^\/oauth\/token\/?$/.test(request.path)
        ? oauth.token(request)
        : failure(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'),
    refuse: (status) => failure(status, 'invalid_request', 'The request was not answered'),
    isWrite: () => true,
    state: () => app.state(),
    counts: () => app.counts(),
    touch: (order) => app.touch(order),
    reset: () => app.reset(),
  };
}
