import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Reader } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import { textsOf } from '../reading/compare.js';
import type { SmallStream } from './plain.js';

/** Reads reference data: one page, filtered here. */
export function smallReader(client: PortalClient, stream: SmallStream, where: JsonObject): Reader {
  const isWanted = (record: JsonObject): boolean =>
    Object.entries(where).every(([name, value]) =>
      [value].flat().some((one) => keyText(one) === keyText(record[name])),
    );
  return {
    readPage: async (_cursor, _bookmark, signal) => {
      signal.throwIfAborted();
      const records = (await stream.load(client, signal)).filter(isWanted);
      return { records, deleted: [], next: null, bookmark: null };
    },
    find: async (field, values, signal) => {
      const wanted = new Set(values);
      const records = await stream.load(client, signal);
      return records.filter((record) => textsOf(record, field).some((text) => wanted.has(text)));
    },
  };
}
