/** How a value is to be read: decimals, money, ids and codes are text in JSON, never numbers (D9). */
export type FieldType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'money'
  | 'phone'
  | 'email'
  | 'list'
  | 'object'
  | 'any';

export interface FieldDeclaration {
  readonly name: string;
  readonly type: FieldType;
  readonly title?: string;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  /** Element type of a list. */
  readonly of?: FieldType;
  /** Members of an object, or of a list's objects. */
  readonly fields?: readonly FieldDeclaration[];
  readonly values?: readonly { readonly value: string; readonly title: string }[];
}

export type ReadMode = 'full' | 'incremental';
export type WriteMode = 'insert' | 'update' | 'upsert' | 'delete';

export interface StreamDeclaration {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly FieldDeclaration[];
  /** True where records may hold fields that are not listed: unknown names are then no error. */
  readonly isOpen: boolean;
  /** Fields that identify a record; null where the pipeline must name them. */
  readonly key: readonly string[] | null;
  readonly read: ReadDeclaration | null;
  readonly write: WriteDeclaration | null;
}

export interface ReadDeclaration {
  readonly modes: readonly ReadMode[];
  /** Fields an incremental read goes by; null where the pipeline names them. */
  readonly cursor: readonly string[] | null;
  readonly pageSize: number;
  /** Names that `from.where` may use. */
  readonly filters: readonly string[];
  /** Whether deletions are seen by reading. */
  readonly showsDeletions: boolean;
  /** Whether `find` works on any field, on listed ones, or not at all. */
  readonly findBy: 'any' | readonly string[];
  /** Keys that one request of `find` can ask for; 1 when absent. */
  readonly findBatch?: number;
}

/**
 * How a repeated write is made harmless:
 * `upsert`: the target finds the record itself by the own-id field or natural key; a repeat is harmless.
 * `keyed`: the request carries an id of ours that the target accepts once.
 * `find_then_create`: the own-id field can be searched; the engine looks up before any second create.
 * `positional`: a file; cut back to the confirmed position before going on.
 * `unsafe`: a repeat cannot be recognised; an unknown outcome stops and asks a person.
 */
export type Idempotency = 'upsert' | 'keyed' | 'find_then_create' | 'positional' | 'unsafe';

export interface WriteDeclaration {
  readonly modes: readonly WriteMode[];
  readonly idempotency: Idempotency;
  /** Field that holds our record key at the target; null where there is none. */
  readonly ownIdField: string | null;
  /** True when the account has no such field yet: it is made by `createFields`, with the owner's consent. */
  readonly isOwnIdMissing?: boolean;
  /** Fields whose values are the target key (a table's primary key): the key is then known before the call. */
  readonly naturalKey: readonly string[] | null;
  /** Names that `match_on` may use. */
  readonly matchFields: 'any' | readonly string[];
  readonly batchSize: number;
  /**
   * True where a record is made by several requests (its links or lines follow): one found after a crash or a lost
   * answer may be unfinished, and is written once more as an update.
   */
  readonly createsInSteps?: boolean;
  /** Batches that may be under way at once; 1 where order matters. */
  readonly parallelBatches: number;
  readonly canCreateFields: boolean;
}

export interface LookupDeclaration {
  readonly name: string;
  readonly title: string;
  /** What the key is, e.g. `NIP, 10 digits`. */
  readonly key: string;
  readonly fields: readonly FieldDeclaration[];
  readonly batchSize: number;
}
