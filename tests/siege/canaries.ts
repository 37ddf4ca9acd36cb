/** Every text and every byte string of a value, one after the other. */
export function bytesOf(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\n`);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== 'object' || value === null) return Buffer.from(`${String(value)}\n`);
  return Buffer.concat(Object.entries(value).flatMap(([name, of]) => [Buffer.from(`${name}\n`), bytesOf(of)]));
}

/** A value as it may hide: in clear, as hex, in URLs, and in base64 at each of its three offsets. */
export function spellings(value: string): (readonly [string, Buffer])[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]).toString('base64');
    // The first and last letters depend on the neighbours.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [
    ['in clear', Buffer.from(value)],
    ['as hex', Buffer.from(Buffer.from(value).toString('hex'))],
    ['in a URL', Buffer.from(encodeURIComponent(value))],
    ...base64.map((text) => ['in base64', Buffer.from(text)] as const),
  ];
}
