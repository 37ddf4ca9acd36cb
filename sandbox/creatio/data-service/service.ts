import type { Answer, VendorRequest } from '../../kit/exchange.js';
import type { CreatioUser } from '../auth/users.js';
import { missingPage } from '../odata/errors.js';
import type { QueryWorld } from '../world.js';

export function answerDataService(
  _r: VendorRequest,
  _s: readonly string[],
  _w: QueryWorld,
  _u: CreatioUser,
  _h: number | undefined,
): Answer {
  return missingPage();
}
