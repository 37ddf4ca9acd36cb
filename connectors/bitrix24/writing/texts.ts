import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { isWellFormed } from '../../kit/well-formed.js';

/** Half of a character cannot be sent, and what a database's text field cannot hold is not changed silently. */
export function refuseBadText(fields: JsonObject): void {
  for (const [name, value] of Object.entries(fields)) {
    const bad = textsIn(value).find((text) => !isWellFormed(text) || text.includes('\u0000'));
    if (bad === undefined) continue;
    throw new Failure('write/record_refused', {
      message: `Field \`${name}\` holds ${isWellFormed(bad) ? 'a zero byte' : 'half of a character'}, which Bitrix24 cannot store.`,
      hint: 'Remove it at the source or in the mapping, then resend the record.',
      where: { field: name },
    });
  }
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
