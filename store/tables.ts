import type { ColumnType, Generated } from 'kysely';
import type { JsonObject, JsonValue } from '../core/json.js';
import type { AccountTables } from './account-tables.js';

type Json<T> = ColumnType<T, string, string>;
type Stamp = ColumnType<Date, Date | string | undefined, Date | string>;

/** Row types of every table, as `pg` returns them: int8 is parsed to number, timestamptz to Date, bytea to Buffer. */
export interface Tables extends AccountTables {
  installation: { name: string; value: Json<JsonValue> };
  account: {
    id: string;
    name: string;
    created_at: Stamp;
    tariff: Generated<string>;
    next_tariff: string | null;
    taken_over_at: Date | null;
    /** Nobody reaches it any more; its rows go as soon as its runs have ended. */
    deleted_at: Date | null;
  };
  data_key: { account_id: string; id: number; wrapped: Buffer; master_key_id: string; created_at: Stamp };
  api_key: {
    id: string;
    account_id: string;
    public_id: string;
    secret_hash: Buffer;
    name: string;
    scopes: string[];
    allowed_addresses: Generated<string[]>;
    created_at: Stamp;
    last_used_at: Date | null;
    expires_at: Date | null;
    revoked_at: Date | null;
  };
  connection: {
    id: string;
    account_id: string;
    name: string;
    connector: string;
    settings: Json<JsonObject>;
    secret: Buffer | null;
    secret_revision: Generated<number>;
    hosts: string[];
    state: Generated<'active' | 'broken'>;
    failure: Json<JsonObject | null> | null;
    renew_holder: string | null;
    renew_until: Date | null;
    created_at: Stamp;
    updated_at: Stamp;
  };
  hook: {
    id: string;
    account_id: string;
    connection_id: string;
    path_hash: Buffer;
    secret: Buffer;
    registration: Json<JsonObject | null> | null;
    created_at: Stamp;
  };
  pipeline: {
    uid: string;
    account_id: string;
    id: string;
    title: string;
    state: Generated<'active' | 'paused' | 'deleted'>;
    pause_reason: Json<JsonObject | null> | null;
    published_version: number | null;
    draft: string | null;
    draft_updated_at: Date | null;
    layout: Json<Record<string, { x: number; y: number }>> | null;
    trigger: Json<JsonObject | null> | null;
    every_ms: number | null;
    next_due_at: Date | null;
    run_count: Generated<number>;
    has_pending_run: Generated<boolean>;
    created_at: Stamp;
    deleted_at: Date | null;
  };
  pipeline_version: {
    pipeline_uid: string;
    version: number;
    account_id: string;
    definition: string;
    plan: Json<JsonObject>;
    bindings: Json<Record<string, string>>;
    published_by: string;
    published_at: Stamp;
    is_trial: Generated<boolean>;
  };
  flow: {
    id: Generated<number>;
    account_id: string;
    pipeline_uid: string;
    name: string;
    checkpoint: Json<JsonObject>;
    positions: Json<Record<string, JsonValue>>;
    lease_token: Generated<number>;
    lease_holder: string | null;
    lease_until: Date | null;
    is_paused: Generated<boolean>;
    may_have_unlinked: Generated<boolean>;
    keys_compared_at: Date | null;
  };
  target: { id: Generated<number>; account_id: string; connection_id: string; stream: string };
  link: {
    flow_id: number;
    source_key: string;
    part: string;
    account_id: string;
    target_id: number;
    target_key: string | null;
    content_hash: Buffer | null;
    version: number;
    state: number;
    updated_at: Stamp;
  };
  batch: {
    id: string;
    flow_id: number;
    account_id: string;
    token: number;
    opened_at: Stamp;
    recovered_at: Date | null;
    members: Json<JsonValue>;
  };
  run_keys: { run_id: string; flow_id: number; account_id: string; seq: Generated<number>; source_keys: string[] };
  waiting_record: {
    flow_id: number;
    source_key: string;
    part: string;
    account_id: string;
    run_id: string;
    needs_flow: number;
    needs_part: string;
    needs_key: string;
    record: Buffer;
    since: Stamp;
  };
  late_ref: {
    flow_id: number;
    source_key: string;
    part: string;
    field: string;
    account_id: string;
    ref_flow: number;
    ref_part: string;
    ref_keys: string[];
    is_list: boolean;
  };
  touched: {
    flow_id: number;
    source_key: string;
    account_id: string;
    seq: Generated<number>;
    touched_at: Stamp;
    is_deletion: Generated<boolean>;
    record: Buffer | null;
  };
  webhook_event: { connection_id: string; event_id: string; account_id: string; received_at: Stamp };
  run: {
    id: string;
    account_id: string;
    pipeline_uid: string;
    version: number;
    number: number;
    kind: RunKind;
    state: RunState;
    options: Json<JsonObject>;
    opened_by: string;
    pause_requested: Generated<boolean>;
    cancel_requested: Generated<boolean>;
    wait_reason: string | null;
    wait_until: Date | null;
    failure: Json<JsonObject | null> | null;
    opened_at: Stamp;
    started_at: Date | null;
    ended_at: Date | null;
  };
  run_flow: {
    run_id: string;
    flow_id: number;
    target: string;
    account_id: string;
    flow: string;
    state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>;
    read: Generated<number>;
    filtered: Generated<number>;
    sources: Generated<number>;
    produced: Generated<number>;
    written: Generated<number>;
    unchanged: Generated<number>;
    deleted: Generated<number>;
    dead_letters: Generated<number>;
    waiting: Generated<number>;
    pages: Generated<number>;
    /** How many of its written and deleted records stand in `usage_month`. */
    metered: Generated<number>;
    /** Cursor of a pass of its own (backfill, preview), which leaves the flow's checkpoint alone. */
    progress: Json<JsonObject | null> | null;
    started_at: Date | null;
    ended_at: Date | null;
  };
  dead_letter: {
    id: string;
    account_id: string;
    pipeline_uid: string;
    flow_id: number;
    run_id: string;
    version: number;
    source_key: string;
    part: string;
    code: string;
    message: string;
    hint: string;
    details: Json<JsonObject | null> | null;
    body: Buffer | null;
    state: Generated<'open' | 'resent' | 'solved' | 'discarded'>;
    at: Stamp;
  };
  preview: {
    id: string;
    account_id: string;
    pipeline_uid: string;
    version: number;
    run_id: string;
    state: 'open' | 'ready' | 'applied' | 'failed';
    before: Json<JsonObject>;
    after: Json<JsonObject>;
    summary: Json<JsonObject>;
    created_at: Stamp;
    expires_at: Date;
  };
  preview_change: {
    preview_id: string;
    seq: number;
    account_id: string;
    flow_id: number;
    source_key: string;
    part: string;
    operation: string;
    target_key: string | null;
    before_hash: Buffer | null;
    body: Buffer;
  };
  budget: { key: string; free_at: Date; refused_until: Date | null; updated_at: Stamp };
  outbox: {
    id: Generated<number>;
    account_id: string;
    kind: string;
    payload: Json<JsonObject>;
    created_at: Stamp;
    attempts: Generated<number>;
    next_try_at: Stamp;
    last_error: string | null;
  };
  idempotency_key: {
    account_id: string;
    key: string;
    route: string;
    body_hash: Buffer;
    status: number | null;
    answer: Json<JsonValue> | null;
    created_at: Stamp;
  };
  sweep_finding: {
    id: string;
    account_id: string;
    kind: string;
    message: string;
    details: Json<JsonObject>;
    found_at: Stamp;
  };
}

export type RunKind =
  | 'manual'
  | 'schedule'
  | 'poll'
  | 'webhook'
  | 'backfill'
  | 'replay'
  | 'resend'
  | 'preview'
  | 'apply';
export type RunState =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'done'
  | 'done_with_dead_letters'
  | 'failed'
  | 'cancelled';
export const openRunStates = ['queued', 'running', 'waiting', 'paused'] as const satisfies readonly RunState[];
