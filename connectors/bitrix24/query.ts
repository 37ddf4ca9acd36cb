import type { JsonValue } from '../../core/json.js';

/** A value that an earlier command of the same batch gives, e.g. `$result[c0][item][id]`. */
export class Reference {
  constructor(readonly text: string) {}
}

export type Param = JsonValue | Reference | undefined | readonly Param[] | { readonly [name: string]: Param };
export type Params = { readonly [name: string]: Param };

/**
 * Parameters as PHP reads them from a query: `fields[PHONE][0][VALUE]=...`. Null becomes empty text and an empty list
 * a list with one empty text, since a query has neither; undefined is left out.
 */
export function encodeQuery(params: Params): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(params)) add(parts, encodeURIComponent(name), value);
  return parts.join('&');
}

function add(parts: string[], name: string, value: Param): void {
  if (value === undefined) return;
  // The portal looks for references in the query as it stands, so they stay as they are.
  if (value instanceof Reference) parts.push(`${name}=${value.text}`);
  else if (Array.isArray(value)) {
    if (value.length === 0) parts.push(`${name}[0]=`);
    value.forEach((member: Param, index) => {
      add(parts, `${name}[${index}]`, member);
    });
  } else if (value !== null && typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) add(parts, `${name}[${encodeURIComponent(key)}]`, member);
  } else parts.push(`${name}=${encodeURIComponent(value === null ? '' : String(value))}`);
}
