import type { SandboxClock } from './clock.js';
import type { EffectLog } from './effect-log.js';
import type { Answer, VendorRequest } from './exchange.js';
import type { FaultPlan } from './faults.js';
import type { JsonObject } from './json.js';
import type { Rate, RollingWindow } from './limits.js';
import type { Random } from './random.js';
import type { RequestLog } from './request-log.js';
import type { Switches } from './settings.js';

/** What the kit lends to a vendor's code. */
export interface Kit {
  readonly clock: SandboxClock;
  /** Root of all seeded choices; take a `fork` per purpose. */
  readonly random: Random;
  readonly log: EffectLog;
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
}

/** Switches that every sandbox has. */
export interface CommonSettings {
  /** Rolling window over all requests of the vendor account, null = no limit. */
  rate: Rate | null;
  /** Sandbox milliseconds that every request takes. */
  latency_ms: number;
  /** Off: pages and searches are not written into the effect log. */
  read_effects: boolean;
}

/** An order to change records behind the API's back, as a person at the vendor would. */
export interface TouchOrder {
  readonly stream: string;
  readonly op: 'update' | 'create' | 'delete';
  readonly count: number;
  readonly ids: readonly string[];
  readonly fields: JsonObject;
}

/** What a vendor's sandbox must provide; the kit does HTTP, faults, limits, logs and control routes. */
export interface VendorApp {
  readonly switches: Switches<CommonSettings & object>;
  /** Answers one request of the vendor's API. */
  handle(request: VendorRequest): Answer | Promise<Answer>;
  /** The vendor's own shape of a 429, 500 or 503. */
  refuse(status: number, retryAfterSeconds?: number): Answer;
  /** The answer to a request that a rate window refused, where it differs from `refuse(429)`. */
  limited?(request: VendorRequest, retryAfterSeconds: number): Answer;
  /** Names, beside localhost, that the certificate of a TLS sandbox is made for; `*.` at the start is allowed. */
  readonly hostNames?: readonly string[];
  /** Whether a request changes something; without it every method but GET and HEAD does. */
  isWrite?(request: VendorRequest): boolean;
  /** Further rolling windows that a request counts for (per key, per source address). */
  windows?(request: VendorRequest): readonly RollingWindow[];
  /** Stream names with their records as JSON pieces (a piece may hold several records joined by commas). */
  state(): Iterable<readonly [string, Iterable<string | Buffer>]>;
  /** Number of records per stream. */
  counts(): Record<string, number>;
  /** Ids of the records that were changed; throws ControlProblem for an unknown stream. */
  touch(order: TouchOrder): string[];
  /** Back to the seeded beginning. */
  reset(): void;
  /** Extra control routes by `METHOD name`, e.g. `GET deliveries`. */
  readonly controls?: Readonly<Record<string, (request: VendorRequest) => Answer>>;
  /** Called after a switch was changed. */
  settingsChanged?(): void;
  stop?(): void;
}
