import type { JsonObject } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { ListMethod } from './list.js';

/** How one stream is read from one of the vendor's lists. */
export interface Source {
  readonly list: ListMethod;
  readonly keyField: string;
  /** The date of the last change in rows and in filters; null where there is none. */
  readonly changed: { readonly row: string; readonly filter: string } | null;
  /** A record's field as filters name it. */
  filterName(field: string): string;
  /** Rows as records, with whatever else the portal must be asked for. */
  records(rows: readonly JsonObject[], signal: AbortSignal): Promise<SourceRecord[]>;
  /** A row by itself as a record: where it is given, hits are compared before more pages are asked for. */
  plain?(row: JsonObject): SourceRecord;
  /** A search that the list itself cannot do; null where the list can. */
  find?(field: string, values: readonly string[], signal: AbortSignal): Promise<SourceRecord[]> | null;
}
