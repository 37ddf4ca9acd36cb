export interface ServerEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: unknown;
}

/** Reads server-sent events until the server ends the stream. A broken connection throws; the caller asks again. */
export async function* readEvents(
  address: string,
  path: string,
  key: string,
  signal?: AbortSignal,
  language = 'en',
): AsyncGenerator<ServerEvent> {
  const response = await fetch(`${address}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', 'accept-language': language },
    ...(signal && { signal }),
  });
  if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}.`);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event !== null) yield event;
    }
  }
}

function parseBlock(block: string): ServerEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(': ');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 2));
  }
  const data = fields.get('data');
  if (data === undefined) return null;
  return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data: JSON.parse(data) as unknown };
}
