export type QueryValue = string | number | readonly (string | number)[];

/** Parameters by name; a list becomes one parameter for each value. */
export type Query = Readonly<Record<string, QueryValue>>;

/** Brackets stay readable, as the vendor writes them; they also keep long lists of ids within an address. */
export function queryText(query: Query | undefined): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value])
      parts.push(`${name}=${encodeURIComponent(String(each))}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
