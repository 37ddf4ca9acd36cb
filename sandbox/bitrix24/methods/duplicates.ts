import type { Json } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, readRight } from '../call.js';
import { ApiError } from '../errors.js';
import { phpArray, phpEntries, textOf } from '../php.js';
import { comparable } from '../ways.js';

const MOST_VALUES = 20;
const MOST_FOUND = 20;

/** `crm.duplicate.findbycomm`: who has one of these phones or e-mails; phones are compared by their digits. */
export function addDuplicateMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.duplicate.findByComm', find);
}

function find(call: Call) {
  const type = textOf(param(call, 'type', 'TYPE')).toUpperCase();
  if (type === '') throw new ApiError(400, 'Communication type is not defined', "Parameter 'type' is required.");
  if (type !== 'PHONE' && type !== 'EMAIL') {
    const sentence = `Communication type '${type}' is not supported in current context`;
    throw new ApiError(400, sentence, sentence);
  }
  const values = phpEntries(param(call, 'values', 'VALUES'))?.map(([, value]) => textOf(value)) ?? [];
  if (values.length === 0) {
    throw new ApiError(400, 'Communication values is not defined', "Parameter 'values' is required.");
  }
  const wanted = new Set(values.slice(0, MOST_VALUES).map((value) => comparable(type, value)));
  const only = textOf(param(call, 'entity_type', 'ENTITY_TYPE')).toUpperCase();
  const { store } = call.portal;
  const found: [string, Json][] = [];
  for (const entity of [store.leads, store.contacts, store.companies]) {
    if (only !== '' && only !== entity.names.code) continue;
    const mayRead = readRight(call, entity);
    const ids = new Set<number>();
    for (const value of wanted) {
      for (const row of store.ways.rows(entity, type, value)) {
        if (mayRead === undefined || mayRead(entity.table.record(row))) ids.add(Number(entity.table.idOf(row)));
      }
    }
    const sorted = [...ids].sort((one, other) => one - other).slice(0, MOST_FOUND);
    const id = sorted[0] === undefined ? null : String(sorted[0]);
    note(call, { effect: 'lookup', stream: entity.names.stream, id, status: id === null ? 404 : 200 });
    if (sorted.length > 0) found.push([entity.names.code, sorted]);
  }
  return { result: phpArray(found), seconds: 0.03 };
}
