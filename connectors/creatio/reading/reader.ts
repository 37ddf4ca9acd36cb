import type { Cursor } from '../../../core/cursor.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest } from '../../kit/index.js';
import type { CreatioClient } from '../client.js';
import { type KnownStream, knownStream } from '../object.js';
import { fitsWhere } from '../odata.js';
import { decodeRow } from '../values.js';
import { Finder } from './finder.js';
import { recordsOf } from './records.js';
import { Walk } from './walk.js';

/** Pages of records at one moment that a look at a quiet stream walks over. */
const mostPagesOfRepeats = 20;

/** Reads one object. What is known of it is asked for at the first page and kept for five minutes. */
export class CreatioReader implements Reader {
  constructor(
    readonly client: CreatioClient,
    readonly request: ReadRequest,
  ) {}

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    signal.throwIfAborted();
    const known = await this.#known(signal);
    const { fresh, next, bookmark: following } = await this.#walk(known).page(cursor, bookmark, signal);
    const wanted = fresh.filter((row) => fitsWhere(this.request.where, decodeRow(row, known.columns), known.columns));
    return { records: await recordsOf(this.client, known, wanted, signal), deleted: [], next, bookmark: following };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    signal.throwIfAborted();
    return new Finder(this.client, await this.#known(signal)).find(field, values, signal);
  }

  /** One request, as a rule: the first page after the bookmark holds what is known, or something new. */
  async hasChanges(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    if (bookmark === null) return true;
    const walk = this.#walk(await this.#known(signal));
    let cursor: Cursor | null = null;
    for (let pages = 0; pages < mostPagesOfRepeats; pages++) {
      const { fresh, next } = await walk.page(cursor, bookmark, signal);
      if (fresh.length > 0) return true;
      if (next === null) return false;
      cursor = next;
    }
    return true;
  }

  #known(signal: AbortSignal): Promise<KnownStream> {
    return knownStream(this.client, this.request.stream, signal);
  }

  #walk(known: KnownStream): Walk {
    const named = this.request.mode === 'incremental' ? this.request.cursorFields?.[0] : undefined;
    const moment = named ?? (known.columns.has('ModifiedOn') ? 'ModifiedOn' : null);
    return new Walk(this.client, known, this.request, moment);
  }
}
