import type { EffectNote } from '../../kit/effect-log.js';
import type { CreatioUser } from '../auth/users.js';
import type { QueryWorld } from '../world.js';

/** One question or write to OData: a request of its own, or a part of a batch. */
export interface ODataCall {
  readonly method: string;
  /** The decoded path behind `…/odata`, such as `Contact(guid)/Name`; without a slash at the beginning. */
  readonly path: string;
  readonly options: URLSearchParams;
  readonly body: Buffer;
  readonly accept: string;
  readonly contentType: string;
  /** The address of the service, such as `https://host/0/odata`. */
  readonly root: string;
  readonly user: CreatioUser;
  readonly effect: (note: EffectNote) => void;
  readonly hiddenUntil: number | undefined;
  readonly world: QueryWorld;
}

/** Whether decimals travel as texts in the answer. */
export function wantsExactDecimals(accept: string): boolean {
  return /IEEE754Compatible=true/i.test(accept);
}
