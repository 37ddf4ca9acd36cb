import type { JsonObject } from '../../kit/json.js';
import type { Shape } from '../query/options.js';
import type { Paths } from '../query/terms.js';
import { odataJson } from '../values.js';
import { type ODataCall, wantsExactDecimals } from './call.js';

/** Writes records as OData JSON. */
export class Renderer {
  readonly #paths: Paths;
  readonly #isExact: boolean;
  readonly #sentinels: boolean;
  readonly #call: ODataCall;

  constructor(call: ODataCall, paths: Paths) {
    this.#call = call;
    this.#paths = paths;
    this.#isExact = wantsExactDecimals(call.accept);
    this.#sentinels = call.world.settings.empty_values === 'sentinels';
  }

  /** The record between braces, `head` (with its comma) first. */
  record(shape: Shape, record: JsonObject, head = ''): string {
    let json = `{${head}`;
    let separator = '';
    for (const column of shape.columns) {
      json += `${separator}"${column.property}":${odataJson(column, record[column.property], this.#isExact, this.#sentinels)}`;
      separator = ',';
    }
    for (const [name, value] of this.#mediaLinks(shape, record)) {
      json += `${separator}"${name}":${JSON.stringify(value)}`;
      separator = ',';
    }
    for (const { lookup, shape: inner } of shape.expanded) {
      const target = this.#paths.target(lookup, record);
      json += `${separator}"${lookup.name}":${target === null ? 'null' : this.record(inner, target)}`;
      separator = ',';
    }
    return `${json}}`;
  }

  /** Where the bytes of a record can be read and written. */
  *#mediaLinks({ entity, columns }: Shape, record: JsonObject): Iterable<readonly [string, string]> {
    if (columns.length < entity.properties.size - 3) return;
    for (const column of entity.properties.values()) {
      if (column.kind !== 'stream') continue;
      const address = `${entity.name}(${String(record.Id)})/${column.name}`;
      yield [`${column.name}@odata.mediaEditLink`, address];
      yield [`${column.name}@odata.mediaReadLink`, address];
      yield [`${column.name}@odata.mediaContentType`, 'application/octet-stream'];
    }
  }

  /** `"@odata.context":"…#Contact/$entity",` */
  contextOf(entity: string, isSingle: boolean, selected: string | null): string {
    const columns = selected === null || selected === '' ? '' : `(${selected})`;
    return `"@odata.context":${JSON.stringify(`${this.#call.root}/$metadata#${entity}${columns}${isSingle ? '/$entity' : ''}`)}`;
  }
}
