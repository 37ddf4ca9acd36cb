import type { JsonValue } from './json.js';

/** A position in a stream, opaque outside the connector that made it. Plain JSON, at most 4 KB. */
export type Cursor = JsonValue;

/**
 * How far a flow has come.
 * `cursor`: where reading goes on inside the current pass (null: at its beginning).
 * `bookmark`: where the next incremental pass begins, once the current one is complete (null: from the start).
 */
export interface Checkpoint {
  readonly version: 1;
  readonly cursor: Cursor | null;
  readonly bookmark: Cursor | null;
}

export const emptyCheckpoint: Checkpoint = { version: 1, cursor: null, bookmark: null };
