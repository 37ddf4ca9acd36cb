import { hash } from 'node:crypto';
import { type JsonObject, stableStringify } from '../../core/json.js';
import { recordKeyText } from '../../core/keys.js';

const hashBytes = 16;

/** 32 hex digits that name this record at its target for ever (D2). */
export function recordKeyOf(pipelineUid: string, flow: string, sourceKey: string, part: string): string {
  return hash('sha256', recordKeyText(pipelineUid, flow, sourceKey, part), 'hex').slice(0, hashBytes * 2);
}

/** The hash of what would be written: mapped values and their field names, so a changed map is seen. */
export function contentHashOf(fields: JsonObject): Buffer {
  return hash('sha256', canonicalText(fields), 'buffer').subarray(0, hashBytes);
}

/** 32 hex digits that change with the content: the idempotency header (D2). */
export function effectKeyOf(recordKey: string, contentHash: Buffer, operation: string): string {
  return hash('sha256', `${recordKey}${contentHash.toString('hex')}${operation}`, 'hex').slice(0, hashBytes * 2);
}

/** The mapping writes top-level fields in the order of the definition, so only nested values need sorting. */
function canonicalText(fields: JsonObject): string {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'object' && value !== null) return stableStringify(fields);
  }
  return stableOrder(fields);
}

function stableOrder(fields: JsonObject): string {
  return JSON.stringify(fields, Object.keys(fields).sort());
}
