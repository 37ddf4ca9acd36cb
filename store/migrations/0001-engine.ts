import { type Kysely, sql } from 'kysely';

/**
 * The engine's tables. Every table of an account carries `account_id`, has row-level security forced, and is read
 * and written by the role `pipewright_app`, which owns nothing; `pipewright_system` serves the listed tables that
 * must be seen across accounts (outbox, budgets, hooks, sweeps).
 */
const tables = `
create table installation (name text primary key, value jsonb not null);

create table account (
  id uuid primary key, name text not null, created_at timestamptz not null default now()
);

create table data_key (
  account_id uuid not null references account on delete cascade, id int not null,
  wrapped bytea not null, master_key_id text not null, created_at timestamptz not null default now(),
  primary key (account_id, id)
);

create table api_key (
  id uuid primary key, account_id uuid not null references account on delete cascade,
  public_id text not null unique, secret_hash bytea not null, name text not null, scopes text[] not null default '{}',
  created_at timestamptz not null default now(), last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz
);

create table connection (
  id uuid primary key, account_id uuid not null references account on delete cascade,
  name text not null, connector text not null, settings jsonb not null,
  secret bytea, secret_revision int not null default 0, hosts text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'broken')), failure jsonb,
  renew_holder uuid, renew_until timestamptz,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  unique (account_id, name)
);

create table hook (
  id uuid primary key, account_id uuid not null references account on delete cascade,
  connection_id uuid not null references connection on delete cascade, path_hash bytea not null unique,
  secret bytea not null, registration jsonb, created_at timestamptz not null default now()
);
create index hook_of_connection on hook (connection_id);

create table pipeline (
  uid uuid primary key, account_id uuid not null references account on delete cascade, id text not null,
  title text not null, state text not null default 'active' check (state in ('active', 'paused', 'deleted')),
  pause_reason jsonb, published_version int, draft text, draft_updated_at timestamptz,
  trigger jsonb, every_ms bigint, next_due_at timestamptz, run_count int not null default 0,
  has_pending_run boolean not null default false,
  created_at timestamptz not null default now(), deleted_at timestamptz
);
create unique index pipeline_id on pipeline (account_id, id) where state <> 'deleted';
create index pipeline_due on pipeline (next_due_at) where next_due_at is not null;

create table pipeline_version (
  pipeline_uid uuid not null references pipeline on delete cascade, version int not null, account_id uuid not null,
  definition text not null, plan jsonb not null, bindings jsonb not null,
  published_by text not null, published_at timestamptz not null default now(),
  primary key (pipeline_uid, version)
);

create table flow (
  id bigint generated always as identity primary key, account_id uuid not null,
  pipeline_uid uuid not null references pipeline on delete cascade, name text not null,
  checkpoint jsonb not null, positions jsonb not null default '{}',
  lease_token bigint not null default 0, lease_holder uuid, lease_until timestamptz,
  is_paused boolean not null default false, may_have_unlinked boolean not null default false,
  unique (pipeline_uid, name)
) with (fillfactor = 50);

create table target (
  id bigint generated always as identity primary key, account_id uuid not null,
  connection_id uuid not null references connection on delete cascade, stream text not null,
  unique (connection_id, stream)
);

create table link (
  flow_id bigint not null references flow on delete cascade, source_key text not null, part text not null,
  account_id uuid not null, target_id bigint not null, target_key text, content_hash bytea,
  version int not null, state smallint not null, updated_at timestamptz not null default now(),
  primary key (flow_id, source_key, part)
) with (fillfactor = 85);
create index link_by_target on link (target_key, target_id);

create table batch (
  id uuid primary key, flow_id bigint not null references flow on delete cascade, account_id uuid not null,
  token bigint not null, opened_at timestamptz not null default now(), recovered_at timestamptz, members jsonb not null
);
create index batch_of_flow on batch (flow_id);
create index batch_recovered on batch (recovered_at) where recovered_at is not null;

create table waiting_record (
  flow_id bigint not null references flow on delete cascade, source_key text not null, part text not null,
  account_id uuid not null, run_id uuid not null, needs_flow bigint not null, needs_part text not null, needs_key text not null,
  record bytea not null, since timestamptz not null default now(),
  primary key (flow_id, source_key, part)
);
create index waiting_for on waiting_record (needs_flow, needs_key);

create table late_ref (
  flow_id bigint not null references flow on delete cascade, source_key text not null, part text not null,
  field text not null, account_id uuid not null, ref_flow bigint not null, ref_part text not null,
  ref_keys text[] not null, is_list boolean not null,
  primary key (flow_id, source_key, part, field)
);

create table touched (
  flow_id bigint not null references flow on delete cascade, source_key text not null, account_id uuid not null,
  seq bigint generated always as identity, touched_at timestamptz not null default now(),
  is_deletion boolean not null default false, record bytea,
  primary key (flow_id, source_key)
);
create index touched_order on touched (flow_id, seq);

create table webhook_event (
  connection_id uuid not null references connection on delete cascade, event_id text not null,
  account_id uuid not null, received_at timestamptz not null default now(),
  primary key (connection_id, event_id)
);

create table run (
  id uuid primary key, account_id uuid not null, pipeline_uid uuid not null references pipeline on delete cascade,
  version int not null, number int not null,
  kind text not null check (kind in ('manual', 'schedule', 'poll', 'webhook', 'backfill', 'replay', 'resend', 'preview', 'apply')),
  state text not null check (state in ('queued', 'running', 'waiting', 'paused', 'done', 'done_with_dead_letters', 'failed', 'cancelled')),
  options jsonb not null default '{}', opened_by text not null,
  pause_requested boolean not null default false, cancel_requested boolean not null default false,
  wait_reason text, wait_until timestamptz, failure jsonb,
  opened_at timestamptz not null default now(), started_at timestamptz, ended_at timestamptz,
  unique (pipeline_uid, number)
);
create unique index run_one_open on run (pipeline_uid)
  where state in ('queued', 'running', 'waiting', 'paused') and kind <> 'preview';
create index run_of_account on run (account_id, opened_at desc);

create table run_flow (
  run_id uuid not null references run on delete cascade, flow_id bigint not null, target text not null,
  account_id uuid not null, flow text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  read bigint not null default 0, filtered bigint not null default 0, sources bigint not null default 0,
  produced bigint not null default 0, written bigint not null default 0, unchanged bigint not null default 0,
  deleted bigint not null default 0, dead_letters bigint not null default 0, waiting bigint not null default 0,
  started_at timestamptz, ended_at timestamptz, pages bigint not null default 0, progress jsonb,
  primary key (run_id, flow_id, target)
) with (fillfactor = 50);

create table run_keys (
  run_id uuid not null references run on delete cascade, flow_id bigint not null, account_id uuid not null,
  seq bigint generated always as identity, source_keys text[] not null, primary key (run_id, flow_id, seq)
);
alter table run_keys alter column source_keys set storage external;

create table dead_letter (
  id uuid primary key, account_id uuid not null, pipeline_uid uuid not null references pipeline on delete cascade,
  flow_id bigint not null, run_id uuid not null, version int not null, source_key text not null, part text not null,
  code text not null, message text not null, hint text not null, details jsonb, body bytea,
  state text not null default 'open' check (state in ('open', 'resent', 'solved', 'discarded')),
  at timestamptz not null default now()
);
create index dead_letter_of_flow on dead_letter (flow_id, state, at);
create index dead_letter_of_run on dead_letter (run_id);

create table preview (
  id uuid primary key, account_id uuid not null, pipeline_uid uuid not null references pipeline on delete cascade,
  version int not null, run_id uuid not null, state text not null check (state in ('open', 'ready', 'applied', 'failed')),
  before jsonb not null default '{}', after jsonb not null default '{}', summary jsonb not null default '{}',
  created_at timestamptz not null default now(), expires_at timestamptz not null
);

create table preview_change (
  preview_id uuid not null references preview on delete cascade, seq bigint not null, account_id uuid not null,
  flow_id bigint not null, source_key text not null, part text not null, operation text not null,
  target_key text, before_hash bytea, body bytea not null,
  primary key (preview_id, seq)
);

create table budget (key text primary key, free_at timestamptz not null, refused_until timestamptz, updated_at timestamptz not null default now());

create table outbox (
  id bigint generated always as identity primary key, account_id uuid not null, kind text not null, payload jsonb not null,
  created_at timestamptz not null default now(), attempts int not null default 0, next_try_at timestamptz not null default now(),
  last_error text
);
create index outbox_due on outbox (next_try_at);

create table idempotency_key (
  account_id uuid not null, key text not null, route text not null, body_hash bytea not null,
  status int, answer jsonb, created_at timestamptz not null default now(),
  primary key (account_id, key)
);

create table sweep_finding (
  id uuid primary key, account_id uuid not null, kind text not null, message text not null, details jsonb not null,
  found_at timestamptz not null default now()
);
`;

const accountTables = [
  'account',
  'data_key',
  'api_key',
  'connection',
  'hook',
  'pipeline',
  'pipeline_version',
  'flow',
  'target',
  'link',
  'batch',
  'waiting_record',
  'late_ref',
  'touched',
  'webhook_event',
  'run',
  'run_flow',
  'dead_letter',
  'preview',
  'preview_change',
  'outbox',
  'idempotency_key',
  'sweep_finding',
  'run_keys',
];

/** What the second role may see across accounts, and why: it serves sweeps, the outbox, polls, hooks and budgets. */
const systemTables = [
  'installation',
  'account',
  'api_key',
  'hook',
  'outbox',
  'budget',
  'run',
  'run_flow',
  'pipeline',
  'flow',
  'batch',
  'touched',
  'preview',
  'preview_change',
  'dead_letter',
  'idempotency_key',
  'webhook_event',
  'sweep_finding',
  'waiting_record',
  'run_keys',
];

const views = `
create view v_record_map with (security_invoker = true) as
  select l.account_id, p.id as pipeline, p.uid as pipeline_uid, f.name as flow, l.source_key, l.part,
         t.stream as target_stream, l.target_key, encode(l.content_hash, 'hex') as content_hash, l.version,
         case l.state when 0 then 'unknown' when 2 then 'deleted' else 'confirmed' end as state, l.updated_at
    from link l join flow f on f.id = l.flow_id join pipeline p on p.uid = f.pipeline_uid join target t on t.id = l.target_id;

create view v_runs with (security_invoker = true) as
  select r.account_id, r.id as run_id, p.id as pipeline, p.uid as pipeline_uid, rf.flow, r.version, r.state,
         coalesce(max(rf.read), 0) as read, coalesce(max(rf.filtered), 0) as filtered, coalesce(sum(rf.written), 0)::bigint as written,
         coalesce(sum(rf.unchanged), 0)::bigint as unchanged, coalesce(sum(rf.deleted), 0)::bigint as deleted,
         coalesce(sum(rf.dead_letters), 0)::bigint as dead_letters, coalesce(sum(rf.waiting), 0)::bigint as waiting,
         coalesce(min(rf.started_at), r.started_at) as started_at, coalesce(max(rf.ended_at), r.ended_at) as ended_at
    from run r join pipeline p on p.uid = r.pipeline_uid left join run_flow rf on rf.run_id = r.id
   group by r.id, p.id, p.uid, rf.flow;

create view v_reconciliation with (security_invoker = true) as
  select account_id, run_id, flow, target, read, filtered, sources, produced, written, unchanged, deleted, dead_letters, waiting
    from run_flow;

create view v_dead_letters with (security_invoker = true) as
  select d.account_id, d.id, d.run_id, p.id as pipeline, p.uid as pipeline_uid, f.name as flow, d.source_key, d.part,
         d.code, d.message, d.state, d.at
    from dead_letter d join pipeline p on p.uid = d.pipeline_uid join flow f on f.id = d.flow_id;
`;

const currentAccount = `nullif(current_setting('app.account', true), '')::uuid`;

function policies(): string {
  const statements: string[] = [];
  for (const table of accountTables) {
    const column = table === 'account' ? 'id' : 'account_id';
    const own = `${column} = (select ${currentAccount})`;
    statements.push(
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy own_account on ${table} to pipewright_app using (${own}) with check (${own})`,
      `grant select, insert, update, delete on ${table} to pipewright_app`,
    );
    if (systemTables.includes(table)) {
      statements.push(`create policy all_accounts on ${table} to pipewright_system using (true) with check (true)`);
    }
  }
  for (const table of systemTables)
    statements.push(`grant select, insert, update, delete on ${table} to pipewright_system`);
  for (const view of ['v_record_map', 'v_runs', 'v_reconciliation', 'v_dead_letters']) {
    statements.push(`grant select on ${view} to pipewright_app`);
  }
  return `${statements.join(';\n')};`;
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(views).execute(db);
  await sql.raw(policies()).execute(db);
}
