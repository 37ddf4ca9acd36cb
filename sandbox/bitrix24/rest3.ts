import { type Answer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import type { RestAddress } from './asker.js';
import type { Portal } from './call.js';
import type { OperatingTime } from './limits.js';

export class RestThree {
  constructor(
    readonly portal: Portal,
    readonly operating: OperatingTime,
  ) {}

  answer(_request: VendorRequest, _address: RestAddress): Answer {
    return jsonAnswer(404, {});
  }

  clear(): void {}
}
