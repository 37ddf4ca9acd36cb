import type { RecordList } from '../reading/list.js';

const mostKeys = 100_000;

/**
 * What this process knows of creates that were not confirmed, over all connections: the engine asks for a record by its
 * key alone, perhaps in another slice than the one that will write it.
 */
const records = new Map<string, string | null>();

/** Creates of one stream that somebody began: with the id of the record, or null where it must still be looked for. */
export class Unfinished {
  readonly #place: string;

  constructor({ account, stream }: RecordList) {
    const { context, places } = account.client;
    this.#place = `${context.connectionId} ${places.baseUrl} ${stream.name}`;
  }

  /** Undefined where nobody asked for this key. */
  get(recordKey: string): string | null | undefined {
    return records.get(`${this.#place} ${recordKey}`);
  }

  set(recordKey: string, id: string | null): void {
    const oldest = records.keys().next().value;
    if (records.size >= mostKeys && oldest !== undefined) records.delete(oldest);
    records.set(`${this.#place} ${recordKey}`, id);
  }

  delete(recordKey: string): void {
    records.delete(`${this.#place} ${recordKey}`);
  }
}
