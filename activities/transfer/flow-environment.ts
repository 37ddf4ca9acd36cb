import type { Connector, Reader, StreamDeclaration, Writer } from '../../connectors/kit/contract.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { CompiledFlow } from '../../definitions/plan/compiled.js';
import type { FlowPlan, TargetPlan } from '../../definitions/plan/plan.js';
import type { CommitPlace } from '../../store/commits.js';
import type { Store } from '../../store/database.js';
import type { FlowLease } from '../../store/leases.js';
import type { RunOptions } from '../../store/runs.js';
import type { RunKind } from '../../store/tables.js';
import type { Doubts } from './doubts.js';

/** One target of the flow, opened. */
export interface TargetRuntime {
  readonly index: number;
  readonly plan: TargetPlan;
  readonly stream: StreamDeclaration;
  readonly connector: Connector;
  readonly writer: Writer;
  /** Row of (connection, stream) in the store. */
  readonly targetId: number;
}

/** Where a `ref` points to: a flow of this or another pipeline. */
export interface RefFlow {
  readonly flowId: number;
}

/** Answers look-up and enrichment steps: key text -> answer, null where there is none. */
export type StepAnswers = (
  keys: readonly string[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, JsonValue | null>>;

/** All that one slice needs to move one flow; built by `open-flow.ts`, used by everything in this folder. */
export interface FlowEnvironment {
  readonly store: Store;
  readonly lease: FlowLease;
  readonly place: CommitPlace;
  readonly kind: RunKind;
  readonly options: RunOptions;
  readonly flow: FlowPlan;
  readonly compiled: CompiledFlow;
  /** Fields that identify a source record; null for a stream read by position. */
  readonly sourceKey: readonly string[] | null;
  readonly reader: Reader;
  readonly sourceStream: StreamDeclaration;
  /** Fields of the source by which single records can be read. */
  readonly findBy: 'any' | readonly string[];
  readonly targets: readonly TargetRuntime[];
  /** By the index of the stage in `compiled.stages`. */
  readonly stepAnswers: ReadonlyMap<number, StepAnswers>;
  /** By `pipeline/flow`, or `flow` alone for this pipeline. */
  readonly refFlows: ReadonlyMap<string, RefFlow>;
  /** Encrypts a value for a row of this flow. */
  readonly seal: (place: string, value: JsonValue) => Buffer;
  readonly unseal: (place: string, sealed: Buffer) => Promise<JsonValue>;
  /** Source keys (with part) that have an open dead letter. */
  readonly openDeadLetters: ReadonlySet<string>;
  readonly events: TransferEvents;
  /** What a former holder left open, where only the content tells whether it arrived. */
  readonly doubts: Doubts;
  /** Set while a preview is made: references may point to records that the preview would create. */
  readonly previewId: string | null;
}

/** What the data path tells the outside; emitting writes the log line and the counter together. */
export interface TransferEvents {
  emit(event: TransferEvent): void;
}

export type TransferEvent =
  | { readonly kind: 'fence_refused'; readonly flowId: number; readonly runId: string }
  | { readonly kind: 'batch_recovered'; readonly flowId: number; readonly found: number; readonly missing: number }
  | { readonly kind: 'write_retried'; readonly flowId: number; readonly code: string; readonly attempt: number }
  | { readonly kind: 'outcome_unknown'; readonly flowId: number; readonly count: number }
  | { readonly kind: 'records_moved'; readonly flowId: number; readonly details: JsonObject };
