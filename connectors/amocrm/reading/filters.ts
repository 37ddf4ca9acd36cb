import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { ReadRequest } from '../../kit/index.js';
import type { Query, QueryValue } from '../query.js';
import type { StreamSpec } from '../streams/spec.js';

/** `from.where` as the vendor's parameters; a list means any of its values. */
export function filterOf(stream: StreamSpec, { where }: ReadRequest): Query {
  const query: Record<string, QueryValue> = {};
  for (const [name, value] of Object.entries(where)) {
    const param = stream.filters[name];
    if (param !== undefined)
      query[param] = textsOf(value).map((text) => (text === 'true' ? '1' : text === 'false' ? '0' : text));
  }
  return query;
}

/** Whether a row is what `from.where` asks for: an account may ignore filters without a word. */
export function fits(stream: StreamSpec, { where }: ReadRequest, row: JsonObject): boolean {
  return Object.entries(where).every(
    ([name, value]) => stream.filters[name] === undefined || textsOf(value).includes(keyText(row[name]) ?? ''),
  );
}

function textsOf(value: JsonValue): string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => keyText(each) ?? '');
}
