import { type Answered, take } from './refusal.js';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/**
 * Every item of a list, page after page; the next page is asked for when its first item is.
 * `for await (const run of eachOf((cursor) => client.GET('/runs', { params: { query: { cursor } } })))`
 */
export async function* eachOf<Item>(
  ask: (cursor: string | undefined) => Promise<Answered<Page<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await take(ask(cursor));
    yield* items;
    if (next === null) return;
    cursor = next;
  }
}

/** The members of a result file (JSON lines), one after the other. Throws where the file was cut short. */
export async function* eachLine(body: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as unknown;
  }
  if (rest !== '') throw new Error('The result ends in the middle of a line.');
}
