import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest } from '../../kit/index.js';
import type { ServiceClient } from '../client.js';
import type { ServiceRead, ServiceStream } from '../service.js';
import { Changes } from './changes.js';
import { Finder } from './finder.js';
import { Pages } from './pages.js';
import { parsePlace, startPlace } from './place.js';

/** Reads a stream of a declarative service. */
export class ServiceReader implements Reader {
  readonly #read: ServiceRead;
  readonly #pages: Pages;
  readonly finder: Finder;
  readonly #changes: Changes | null;
  readonly hasChanges?: (bookmark: Cursor | null, signal: AbortSignal) => Promise<boolean>;

  constructor(
    readonly client: ServiceClient,
    readonly name: string,
    readonly stream: ServiceStream,
    readonly request: ReadRequest,
  ) {
    if (stream.read === undefined) {
      throw new Failure('read/unknown_stream', {
        message: `Stream \`${name}\` cannot be read.`,
        hint: 'Choose a stream that the service lets read.',
      });
    }
    const { read } = stream;
    this.#read = read;
    this.#pages = new Pages(client, name, read);
    this.finder = new Finder(this.#pages, name, read);
    const changes =
      request.mode === 'incremental' && read.since !== undefined
        ? new Changes(this.#pages, name, read, read.since, request)
        : null;
    this.#changes = changes;
    if (changes !== null) this.hasChanges = (bookmark, signal) => changes.any(bookmark, signal);
  }

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    if (this.#changes !== null) return this.#changes.page(cursor, bookmark, signal);
    const place = parsePlace(cursor) ?? startPlace();
    const where = Object.fromEntries(Object.entries(this.request.where).map(([name, value]) => [name, String(value)]));
    const { records, following } = await this.#pages.ask(this.#read.path, where, place.at, signal);
    const next = following === null ? null : ({ phase: 'records', at: following } satisfies Cursor);
    return { records, deleted: [], next, bookmark: null };
  }

  find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    return this.finder.find(field, values, signal);
  }
}
