/**
 * Cookies of a `set-cookie` header whose lines were joined with commas. Dates hold commas too, so a new cookie begins
 * only where a name and `=` follow the comma.
 */
export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const line of (header ?? '').split(/,\s*(?=[^\s;,="]+=)/)) {
    const [pair = ''] = line.split(';');
    const equals = pair.indexOf('=');
    if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return cookies;
}

/** A `cookie` header with these cookies added to those it holds; an empty value takes a cookie away. */
export function withCookies(header: string, more: ReadonlyMap<string, string>): string {
  const all = new Map<string, string>();
  for (const pair of header.split('; ')) {
    const equals = pair.indexOf('=');
    if (equals > 0) all.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  for (const [name, value] of more) {
    if (value === '') all.delete(name);
    else all.set(name, value);
  }
  return [...all].map(([name, value]) => `${name}=${value}`).join('; ');
}
