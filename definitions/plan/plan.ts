import type { JsonObject, JsonValue } from '../../core/json.js';

/**
 * A checked pipeline as pure data with all defaults visible: the only thing the engine runs. Plain JSON; stored
 * with each published version and parsed back as it is.
 */
export interface Plan {
  readonly version: 1;
  readonly pipeline: string;
  readonly title: string;
  readonly slots: Readonly<Record<string, SlotPlan>>;
  readonly trigger: TriggerPlan;
  /** In an order that respects `after`. */
  readonly flows: readonly FlowPlan[];
  readonly values: Readonly<Record<string, ValueTablePlan>>;
  readonly errors: ErrorPolicy;
}

export interface SlotPlan {
  readonly connector: string;
}

export type TriggerPlan =
  | { readonly kind: 'manual' }
  | { readonly kind: 'every'; readonly everyMs: number }
  | {
      readonly kind: 'cron';
      readonly cron: string;
      readonly zone: string;
      readonly overlap: 'skip' | 'after';
      readonly catchUpMs: number;
    }
  | { readonly kind: 'webhook'; readonly reconcileMs: number };

export interface FlowPlan {
  readonly id: string;
  readonly renamedFrom: string | null;
  /** Flows of this pipeline that must have run before: those it refers to, late references excepted. */
  readonly after: readonly string[];
  readonly from: SourcePlan;
  readonly steps: readonly StepPlan[];
  /** One or more; the single one of a plain `to:` has the name ''. */
  readonly targets: readonly TargetPlan[];
}

export interface SourcePlan {
  readonly slot: string;
  readonly stream: string;
  readonly read: 'full' | 'incremental';
  /** Null: the stream has no key (a file read by position). */
  readonly key: readonly string[] | null;
  readonly cursor: readonly string[] | null;
  readonly start: JsonValue;
  readonly lagMs: number;
  readonly where: JsonObject;
  /** What the flow takes from its records, as it was declared when this was checked. */
  readonly fieldTypes: FieldTypes;
}

/** Types of fields by name (`integer`, `text`, ...); fields that were not declared are left out. */
export type FieldTypes = Readonly<Record<string, string>>;

/** A path into a record: names and list indexes, e.g. `PHONE[0].VALUE` is `['PHONE', 0, 'VALUE']`. */
export type Path = readonly (string | number)[];

export type StepPlan =
  | { readonly kind: 'where'; readonly expr: string }
  | {
      readonly kind: 'lookup';
      readonly as: string;
      readonly slot: string;
      readonly stream: string;
      readonly key: Path;
      readonly by: string;
      readonly many: boolean;
      readonly onMissing: 'keep' | 'reject';
    }
  | {
      readonly kind: 'enrich';
      readonly as: string;
      readonly slot: string;
      readonly lookup: string;
      readonly key: Path;
      readonly onMissing: 'keep' | 'reject' | 'skip';
      readonly freshMs: number | null;
    }
  | { readonly kind: 'split'; readonly path: Path; readonly as: string; readonly key: Path | null }
  | { readonly kind: 'set'; readonly names: readonly { readonly name: string; readonly expr: string }[] }
  | { readonly kind: 'require'; readonly rules: readonly { readonly that: string; readonly message: string }[] };

export interface TargetPlan {
  readonly name: string;
  readonly slot: string;
  readonly stream: string;
  readonly write: 'insert' | 'update' | 'upsert' | 'delete';
  readonly matchOn: readonly string[];
  readonly onConflict: 'source_wins' | 'target_wins' | 'dead_letter';
  readonly onDelete:
    | { readonly kind: 'ignore' }
    | { readonly kind: 'delete' }
    | { readonly kind: 'mark'; readonly fields: JsonObject };
  readonly merge: boolean;
  readonly createFields: readonly string[];
  /** Records in one write; null = the stream's declared size. */
  readonly batch: number | null;
  readonly map: readonly FieldPlan[];
  /** The mapped fields as they were declared when this was checked. */
  readonly fieldTypes: FieldTypes;
}

export interface FieldPlan {
  readonly field: string;
  readonly source: FieldSource;
  /** Name of a value table, applied after the source. */
  readonly values: string | null;
  readonly as: FieldCast | null;
  /** Used when the source is absent or null; null when there is no default. */
  readonly fallback: { readonly value: JsonValue } | null;
}

export type FieldSource =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'expr'; readonly expr: string }
  | { readonly kind: 'value'; readonly value: JsonValue }
  | RefSource;

export interface RefSource {
  readonly kind: 'ref';
  /** Null: this pipeline. */
  readonly pipeline: string | null;
  readonly flow: string;
  /** Name of the target within that flow; '' for its only one. */
  readonly target: string;
  readonly by: Path;
  readonly missing: 'wait' | 'dead_letter' | 'null';
  readonly late: boolean;
}

export type FieldCast =
  | { readonly kind: 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'list' }
  | { readonly kind: 'phone'; readonly region: string | null }
  | { readonly kind: 'money'; readonly currency: { readonly code: string } | { readonly path: Path } };

export type ValueTablePlan =
  | { readonly kind: 'fixed'; readonly entries: Readonly<Record<string, JsonValue>> }
  | {
      readonly kind: 'captions';
      readonly slot: string;
      readonly stream: string;
      readonly field: string;
      /** From captions to values. */
      readonly isReversed: boolean;
      readonly also: Readonly<Record<string, JsonValue>>;
    }
  | {
      readonly kind: 'matched';
      readonly from: TableSide;
      readonly to: TableSide;
      /** Values of the matched field at the source and at the target that belong together. */
      readonly pairs: Readonly<Record<string, JsonValue>>;
      readonly also: Readonly<Record<string, JsonValue>>;
    };

export interface TableSide {
  readonly slot: string;
  readonly stream: string;
  /** Field whose equal values make a pair. */
  readonly match: string;
  /** Field that holds the key; null = the stream's own key. */
  readonly by: string | null;
}

export interface ErrorPolicy {
  readonly rejected: 'dead_letter' | 'stop';
  readonly drift: 'pause' | 'dead_letter';
  readonly stopWhen: { readonly share: number; readonly ofLast: number } | null;
}
