import { SandboxClock } from './clock.js';
import { EffectLog } from './effect-log.js';
import { FaultPlan } from './faults.js';
import type { JsonObject } from './json.js';
import type { Rate } from './limits.js';
import { Random } from './random.js';
import { RequestLog } from './request-log.js';
import { VendorServer } from './server.js';
import { makeTestCertificate } from './tls.js';
import type { Kit, VendorApp } from './vendor-app.js';

/** How any sandbox may be started; each vendor adds its own. */
export interface SandboxOptions {
  /** 0 (default) takes a free port. */
  readonly port?: number;
  /** The same seed gives the same ids, records and choices. Default 1. */
  readonly seed?: number;
  /** How many records of the vendor's main stream to begin with. Default 0. */
  readonly records?: number;
  readonly latencyMs?: number;
  readonly rate?: Rate;
  /** Serve HTTPS with a certificate made at the start; its CA is in the answer. */
  readonly tls?: boolean;
  /** The vendor's switches, as in `POST /_sandbox/settings`. */
  readonly settings?: JsonObject;
}

/** A running sandbox. */
export interface Sandbox {
  readonly vendor: string;
  /** Base address of the vendor's API, without a slash at the end. */
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Base address of the control routes: `<control>/log`, `<control>/state` and so on. Always plain http. */
  readonly control: string;
  /** PEM of the authority that signed the sandbox's certificate, with `tls` only. */
  readonly ca?: string;
  stop(): Promise<void>;
}

export type SandboxStarter = (options?: SandboxOptions) => Promise<Sandbox>;

/** A fresh clock, log and so on for one sandbox. */
export function makeKit(seed: number): Kit {
  return {
    clock: new SandboxClock(),
    random: new Random(seed),
    log: new EffectLog(),
    requests: new RequestLog(),
    faults: new FaultPlan(),
  };
}

/** Where a vendor's app is served. */
export interface Served {
  readonly url: string;
  readonly control: string;
  readonly ca?: string;
  /** Addresses of the companions, in their order. */
  readonly companions: readonly string[];
  stop(): Promise<void>;
}

/**
 * Serves an app on loopback. With TLS the control routes get a plain port of their own. `companions` are further hosts
 * of the vendor (an authorization server, say), each on a port of its own with the same certificate and logs.
 */
export async function serveVendor(
  kit: Kit,
  app: VendorApp,
  options: SandboxOptions,
  companions: readonly VendorApp[] = [],
): Promise<Served> {
  const tls = options.tls === true ? makeTestCertificate(app.hostNames) : undefined;
  kit.log.logsReads = app.switches.values.read_effects;
  const server = new VendorServer(kit, app);
  const main = await server.listen(options.port ?? 0, tls);
  const plain = tls === undefined ? main : await server.listen(0);
  const others = await Promise.all(companions.map((companion) => new VendorServer(kit, companion).listen(0, tls)));
  return {
    url: main.url,
    control: `${plain.url}/_sandbox`,
    ...(tls === undefined ? {} : { ca: tls.ca }),
    companions: others.map((other) => other.url),
    async stop() {
      app.stop?.();
      kit.clock.stop();
      await main.stop();
      if (plain !== main) await plain.stop();
      await Promise.all(others.map((other) => other.stop()));
    },
  };
}
