import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { Connector, OpenConnection } from '../contract.js';
import type { WriteMode } from '../streams-contract.js';

/** What any connector must prove, by name; leaving one out needs a reason that stands in its test. */
export const behaviours = [
  'the declaration is complete and consistent',
  'every setting has a title and a description',
  'a check names the account and its rights',
  'a full read gives every record once',
  'a cursor goes on in a new process',
  'an incremental read gives exactly what changed',
  'equal cursor values over a page edge lose nothing',
  'an idle look is cheap and truthful',
  'deletions are seen by reading',
  'records are found by a field',
  'an insert gives one outcome per change, in order',
  'an upsert gives one outcome per change, in order',
  'an update gives one outcome per change, in order',
  'a deletion gives one outcome per change, in order',
  'the same batch twice is harmless',
  'records are found by own id',
  'records are found by natural fields',
  'records are read by key',
  'bad rows are refused one by one',
  'edge values survive or are refused by name',
  'an abort ends a read promptly',
  'an abort ends a write promptly',
  'nothing is sent when the last check fails',
  'secrets are in no failure',
] as const;

export type Behaviour = (typeof behaviours)[number];

/** Records at the source, changed from outside: by SQL, by the sandbox's control, by writing the file. */
export interface SourceSetup {
  readonly stream: string;
  readonly key: readonly string[];
  readonly cursorFields: readonly string[] | null;
  /** A field that `find` works on, and its value in the record with this id. */
  readonly findField: string;
  /** More than this many records make several pages. */
  readonly pageSize: number;
  /** Starts over with records 1 to `count`; all with one cursor value where `hasEqualTimes`. */
  reset(count: number, hasEqualTimes?: boolean): Promise<void>;
  add(ids: readonly number[]): Promise<void>;
  /** Changes records so that an incremental read must see them. */
  change(ids: readonly number[]): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
  /** The id that a record was made with. */
  idOf(record: JsonObject): number;
  findValue(id: number): string;
}

export type EdgeKind = 'text' | 'decimal' | 'date' | 'datetime';

export interface TargetSetup {
  readonly stream: string;
  readonly matchOn: readonly string[];
  /** Starts over with an empty target. */
  reset(): Promise<void>;
  /** The mapped fields of record `id`, in the order of the definition. */
  fields(id: number, version?: number): JsonObject;
  /** What stands at the target, asked for without the connector: each record with the fields of `fields`. */
  truth(): Promise<readonly JsonObject[]>;
  /** A record that the target refuses, and a part of what it says; null where it takes everything. */
  bad(id: number): { readonly fields: JsonObject; readonly words: string } | null;
  /** The field that takes an edge value of this kind; null where there is none. */
  edgeField(kind: EdgeKind): string | null;
  /** Whether the target holds what was written, in its own form (an instant in another zone is the same instant). */
  isSame?(kind: EdgeKind, written: JsonValue, held: JsonValue): boolean;
}

export interface ConformanceSetup {
  readonly connector: Connector;
  readonly settings: JsonObject;
  /** A new connection as a new process would open it. */
  open(): OpenConnection;
  /** A connection whose secret is right but whose other side fails or refuses; its failure must not tell the secret. */
  openBroken(): OpenConnection;
  /** Texts that must never be seen in a failure. */
  readonly secrets: readonly string[];
  readonly source: SourceSetup | null;
  readonly target: TargetSetup | null;
  readonly modes: readonly WriteMode[];
  dispose(): Promise<void>;
}
