import { hashOf } from '../kit/effect-log.js';
import { type Answer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import { isObject, own, textAt } from '../kit/json.js';
import { problem } from './answers.js';
import type { CrmStore } from './store.js';

/**
 * `GET /registry/{code}`: a register of companies by tax number. It knows the numbers of the companies the sandbox
 * was seeded with, but for one in twenty, so that "unknown" happens too.
 */
export function findInRegistry(store: CrmStore, request: VendorRequest, code: string): Answer {
  const { table } = store.streams.companies;
  const [row] = table.withValue('tax_id', code);
  const isKnown = row !== undefined && hashOf(`registry/${code}`) % 20 !== 0;
  request.effect({ effect: 'lookup', stream: 'registry', externalId: code, status: isKnown ? 200 : 404 });
  if (!isKnown) return problem(404, 'unknown_code', `No company has the code ${code}.`);
  const record = table.record(row);
  const address = own(record, 'address');
  return jsonAnswer(200, {
    code,
    name: textAt(record, 'name') ?? '',
    legal_name: (textAt(record, 'name') ?? '').toUpperCase(),
    status: hashOf(code) % 10 === 0 ? 'liquidation' : 'active',
    registered_on: `20${String(hashOf(code) % 20).padStart(2, '0')}-05-17`,
    address: isObject(address) ? address : null,
    industry: own(record, 'industry') ?? null,
  });
}
