import type { VendorRequest } from '../kit/exchange.js';
import type { JsonObject } from '../kit/json.js';
import type { AmoStore } from './store.js';
import type { AmoSettings } from './switches.js';

/** One authorised request of the API on its way through the routes. */
export interface Call {
  readonly request: VendorRequest;
  readonly store: AmoStore;
  readonly settings: AmoSettings;
  /** Address of the account as the client called it, without a slash at the end. */
  readonly base: string;
  /** Path and query as sent, without the prefix that names the account. */
  readonly target: string;
  /** The path's parts after `/api/v4`. */
  readonly segments: readonly string[];
  /** The query in PHP's bracket notation, read. */
  readonly query: JsonObject;
  /** Parts of the answer that were asked for with `with=`. */
  readonly with: ReadonlySet<string>;
  /** The user in whose name the request acts. */
  readonly by: number;
  /** Sandbox milliseconds. */
  readonly now: number;
  /** Until when (sandbox ms) a record made now hides from lists; undefined = it does not. */
  hiddenUntil(): number | undefined;
}

/** The link to itself that every shown thing has. */
export function selfLink(call: Pick<Call, 'base'>, path: string): JsonObject {
  return { self: { href: `${call.base}/api/v4/${path}` } };
}
