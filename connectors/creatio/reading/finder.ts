import type { JsonObject } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { FoundRecord } from '../../kit/index.js';
import { readAll } from '../batch.js';
import type { CreatioClient } from '../client.js';
import type { KnownStream } from '../object.js';
import { filtersByRow, filtersByValue, queryOf } from '../odata.js';
import { expansionOf } from './expansion.js';
import { recordOf, recordsOf } from './records.js';

/** Finds records by their fields, any number of values in as few requests as possible. Every hit is compared here. */
export class Finder {
  constructor(
    readonly client: CreatioClient,
    readonly known: KnownStream,
  ) {}

  /** Records whose field is exactly one of the values, with their lists of details. */
  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    return recordsOf(this.client, this.known, await this.rows(field, values, signal), signal);
  }

  /** The same as the instance shows them. */
  async rows(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly JsonObject[]> {
    const name = this.#columnOf(field);
    const wanted = new Set(values.map(folded));
    const rows = await this.#ask(filtersByValue(name, values, this.known.columns), signal);
    return rows.filter((row) => {
      const text = keyText(recordOf(this.known, row)[name]);
      return text !== null && wanted.has(folded(text));
    });
  }

  /** Records by several fields at once. Letter case tells records apart only where one of them fits exactly. */
  async findRows(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    const names = fields.map((field) => this.#columnOf(field));
    const rows = await this.#ask(filtersByRow(names, values, this.known.columns), signal);
    const byText = new Map<string, { readonly text: string; readonly record: SourceRecord }[]>();
    for (const row of rows) {
      const record = recordOf(this.known, row);
      const text = JSON.stringify(names.map((name) => keyText(record[name]) ?? ''));
      const group = byText.get(text.toLowerCase());
      if (group === undefined) byText.set(text.toLowerCase(), [{ text, record }]);
      else if (!group.some((hit) => hit.record.Id === record.Id)) group.push({ text, record });
    }
    return values.flatMap((row) => {
      const askedFor = JSON.stringify(row);
      const hits = byText.get(askedFor.toLowerCase()) ?? [];
      const exact = hits.filter(({ text }) => text === askedFor);
      return (exact.length > 0 ? exact : hits).map(({ record }) => foundOf(record, askedFor));
    });
  }

  #columnOf(field: string): string {
    return this.known.stream.aliases?.[field] ?? field;
  }

  async #ask(filters: readonly string[], signal: AbortSignal): Promise<readonly JsonObject[]> {
    const { stream } = this.known;
    const urls = filters.map(
      (filter) =>
        `${stream.set}?${queryOf({
          $filter: stream.filter === undefined ? filter : `${stream.filter} and (${filter})`,
          $orderby: 'Id asc',
          $expand: expansionOf(this.known.stream),
        })}`,
    );
    const rows = await readAll(this.client, urls, { signal, what: `Stream \`${stream.name}\`` });
    return rows.flat();
  }
}

export function foundOf(record: SourceRecord, askedFor: string): FoundRecord {
  return { targetKey: keyText(record.Id) ?? '', askedFor, fields: record as JsonObject };
}

/** GUIDs are one id in either letter case; of other texts the database may think so too, and we do not. */
function folded(text: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : text;
}
