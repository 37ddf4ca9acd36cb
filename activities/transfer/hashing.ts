import { hash } from 'node:crypto';
import { type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
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

/** Fields in the order of their names, so that moving a line of the map changes no hash; nested values are sorted too. */
function canonicalText(fields: JsonObject): string {
  const sorted: JsonObject = {};
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name] as JsonValue;
    if (typeof value === 'object' && value !== null) return stableStringify(fields);
    sorted[name] = value;
  }
  return JSON.stringify(sorted);
}
