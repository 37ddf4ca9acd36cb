import type { Failure } from '../../../core/failures.js';
import type { JsonValue } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Change } from '../../kit/index.js';
import type { Command } from '../client.js';
import type { Source } from '../reading/source.js';

/** A change as commands. `head` makes or changes the record; `tail` belongs to it and follows in the same batch. */
export interface Order {
  readonly change: Change;
  readonly head: Command;
  readonly tail: (headIndex: number) => readonly Command[];
  /** How many commands `tail` gives. */
  readonly tailLength: number;
}

/** How one stream is written. */
export interface Target {
  readonly stream: string;
  /** Where records are looked for: it gives what their own list says and asks for nothing more. */
  readonly source: Source;
  /** Where records are read with everything that belongs to them. */
  readonly wholeSource: Source;
  /** Makes commands of changes; may ask the portal for what stands there now. Throws a `Failure` for a bad record. */
  prepare(changes: readonly Change[], signal: AbortSignal): Promise<(change: Change) => Order>;
  /** The id in the answer to a create. */
  keyOf(result: JsonValue): string | null;
  /** What is wrong with an update that the portal took, by its answer; null where it did what it was asked for. */
  problemOf?(change: Change, result: JsonValue): Failure | null;
  /** Takes back a create whose tail was refused. */
  undo(key: string): Command;
  /** Records that carry our own ids; null where the stream has no place for them. */
  readonly ownIds: OwnIds | null;
}

export interface OwnIds {
  find(recordKeys: readonly string[], signal: AbortSignal): Promise<SourceRecord[]>;
  /** The record key in a record, null where it is not ours. */
  keyOf(record: SourceRecord): string | null;
  /** Where only content tells records: all that may be what these creates have made, with `recordKey`, oldest first. */
  alike?(changes: readonly Change[], signal: AbortSignal): Promise<readonly SourceRecord[]>;
  /** Completes records whose creation was in doubt, once they are found. */
  complete?(found: ReadonlyMap<string, Change>, signal: AbortSignal): Promise<void>;
}

export function operationOf({ operation, targetKey }: Change): 'create' | 'update' | 'delete' {
  if (operation === 'update' || operation === 'delete') return operation;
  return operation === 'upsert' && targetKey !== null ? 'update' : 'create';
}
