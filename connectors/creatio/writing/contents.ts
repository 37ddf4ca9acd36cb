import { isFailure, toFailure } from '../../../core/failures.js';
import type { Outcome, SendOptions } from '../../kit/index.js';
import type { CreatioClient } from '../client.js';
import type { KnownStream } from '../object.js';
import { entityPath } from '../odata.js';
import type { Item } from './item.js';

/** Sends the bytes of files, one request each; resolves to the outcomes that are not "written". */
export async function writeContents(
  client: CreatioClient,
  { stream }: KnownStream,
  items: readonly Item[],
  options: SendOptions,
): Promise<ReadonlyMap<Item, Outcome>> {
  const outcomes = new Map<Item, Outcome>();
  for (const item of items) {
    if (item.content === null) continue;
    try {
      await client.call({
        method: 'PUT',
        path: `/odata/${entityPath(stream.set, item.id)}/${stream.content}`,
        bytes: item.content,
        what: `The content of a record of \`${stream.name}\``,
        ...options,
      });
    } catch (error) {
      if (options.signal.aborted || (isFailure(error) && error.code === 'engine/fence_lost')) throw error;
      const failure = toFailure(error);
      const isRefused = failure.kind === 'rejected' || failure.kind === 'conflict';
      // The row stands without its bytes; the whole is sent again, which makes no second row.
      outcomes.set(item, isRefused ? { state: 'refused', failure } : { state: 'unknown', failure });
    }
  }
  return outcomes;
}
