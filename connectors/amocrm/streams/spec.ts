import type { JsonObject } from '../../../core/json.js';
import type { FieldDeclaration, FieldType, Idempotency, WriteMode } from '../../kit/index.js';
import { ownIdField } from '../custom-fields.js';
import type { QueryValue } from '../query.js';

/** How a value travels: ids and amounts are texts on our side and numbers at the vendor, moments are seconds there. */
export type Wire = 'plain' | 'id' | 'amount' | 'moment';

export interface FieldSpec {
  readonly name: string;
  readonly title: string;
  readonly type: FieldType;
  readonly wire: Wire;
  /** Absent: only the vendor writes it. */
  readonly isWritable?: true;
  readonly isRequired?: true;
  readonly of?: FieldType;
  readonly fields?: readonly FieldDeclaration[];
}

/** A relation as fields of the record: `one` other record, `many` with a main one, or `elements` of catalogs. */
export interface LinkSpec {
  readonly kind: 'one' | 'many' | 'elements';
  readonly field: string;
  /** The vendor's name of the other list. */
  readonly to: string;
  /** Names the main one of `many`. */
  readonly mainField?: string;
  /** True where a new record may bring its links along; else they are made afterwards. */
  readonly isEmbeddedAtCreation?: true;
}

/** How a stream's changes are read. */
export interface ChangesSpec {
  /** True where the list can be ordered by `updated_at`. */
  readonly isOrdered: boolean;
  /** True where the account may lack the right to filter, so that the filter is ignored without a word. */
  readonly mayIgnoreFilters: boolean;
  /** Kind of event that tells of deletions. */
  readonly deletions: string | null;
}

export interface WriteSpec {
  readonly modes: readonly WriteMode[];
  readonly idempotency: Idempotency;
  /** `field`: a custom field keeps our record key; `fingerprint`: content tells the record. */
  readonly ownId: 'field' | 'fingerprint';
  readonly matchFields: readonly string[];
}

/** What there is to know about one stream; the code that reads and writes is the same for all. */
export interface StreamSpec {
  readonly name: string;
  readonly title: string;
  /** Below `/api/v4`. */
  readonly path: string;
  /** Name of the list in answers. */
  readonly embedded: string;
  readonly key: readonly string[];
  readonly fields: readonly FieldSpec[];
  readonly hasCustomFields: boolean;
  /** Parts of the record that must be asked for. */
  readonly with?: string;
  readonly links: readonly LinkSpec[];
  /** Null where the list is short and always read as a whole. */
  readonly changes: ChangesSpec | null;
  /** Filters of `from.where` with the vendor's parameter. */
  readonly filters: Readonly<Record<string, string>>;
  /** Fields that `find` can ask for, with the vendor's parameter; custom fields come on top. */
  readonly finds: Readonly<Record<string, string>>;
  /** Parameters that are always sent. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly write: WriteSpec | null;
  /** Adds what does not stand in the record by its name. */
  readonly complete?: (raw: JsonObject, record: JsonObject) => void;
  /** Turns a record's fields into what the vendor takes, where that is not by name. */
  readonly compose?: (body: JsonObject) => void;
}

type More = Partial<Pick<FieldSpec, 'isWritable' | 'isRequired' | 'of' | 'fields'>>;
const writable = { isWritable: true } as const;

export const id = (name: string, title: string, more: More = {}): FieldSpec => ({
  name,
  title,
  type: 'text',
  wire: 'id',
  ...more,
});
export const moment = (name: string, title: string, more: More = {}): FieldSpec => ({
  name,
  title,
  type: 'datetime',
  wire: 'moment',
  ...more,
});
export const plain = (name: string, title: string, type: FieldType = 'text', more: More = {}): FieldSpec => ({
  name,
  title,
  type,
  wire: 'plain',
  ...more,
});

/** Who and when; the vendor lets an import say when and by whom a record was made. */
export const origin: readonly FieldSpec[] = [
  id('responsible_user_id', 'Responsible user', writable),
  id('group_id', 'Group of the responsible user'),
  id('created_by', 'Created by', writable),
  id('updated_by', 'Changed by', writable),
  moment('created_at', 'Created at', writable),
  moment('updated_at', 'Changed at', writable),
];

export const tags = plain('tags', 'Tags', 'list', { ...writable, of: 'text' });

export const elementFields: readonly FieldDeclaration[] = [
  { name: 'id', type: 'text', title: 'Element' },
  { name: 'catalog_id', type: 'text', title: 'Catalog' },
  { name: 'quantity', type: 'decimal', title: 'Quantity' },
  { name: 'price_id', type: 'text', title: 'Price field' },
];

/** Filters that leads, contacts and companies have in common. */
export const mainFilters: Readonly<Record<string, string>> = {
  created_by: 'filter[created_by][]',
  updated_by: 'filter[updated_by][]',
  responsible_user_id: 'filter[responsible_user_id][]',
};

export const mainFinds: Readonly<Record<string, string>> = { id: 'filter[id][]', name: 'filter[name][]' };

export const mainWrite: WriteSpec = {
  modes: ['insert', 'update', 'upsert'],
  idempotency: 'find_then_create',
  ownId: 'field',
  matchFields: ['name', ownIdField],
};

export const byFingerprint: WriteSpec = { ...mainWrite, ownId: 'fingerprint', matchFields: [] };

/** A short list that is only read. */
export function dictionary(
  name: string,
  title: string,
  path: string,
  embedded: string,
  fields: readonly FieldSpec[],
): StreamSpec {
  return {
    name,
    title,
    path,
    embedded,
    key: ['id'],
    fields,
    hasCustomFields: false,
    links: [],
    changes: null,
    filters: {},
    finds: {},
    write: null,
  };
}
