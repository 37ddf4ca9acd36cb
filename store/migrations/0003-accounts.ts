import { type Kysely, sql } from 'kysely';

/**
 * Accounts, people, access. The tables of the sign-in library stand in schema `auth` (its names, its columns): only
 * `pipewright_system` reaches them, and an organisation there has the id of our `account`. A test compares them with
 * what the library asks for.
 */
const people = `
create schema auth;
create table auth."user" (
  "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null,
  "image" text, "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp, "twoFactorEnabled" boolean, "language" text,
  "accountName" text
);
create table auth.session (
  "id" text primary key, "expiresAt" timestamptz not null, "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null,
  "ipAddress" text, "userAgent" text, "userId" text not null references auth."user" ("id") on delete cascade,
  "activeOrganizationId" text
);
create index "session_userId_idx" on auth.session ("userId");
create table auth.account (
  "id" text primary key, "accountId" text not null, "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade, "accessToken" text, "refreshToken" text,
  "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text,
  "password" text, "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth.account ("userId");
create table auth.verification (
  "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null default current_timestamp
);
create index "verification_identifier_idx" on auth.verification ("identifier");
create table auth.organization (
  "id" text primary key, "name" text not null, "slug" text not null unique, "logo" text,
  "createdAt" timestamptz not null, "metadata" text
);
create table auth.member (
  "id" text primary key, "organizationId" text not null references auth.organization ("id") on delete cascade,
  "userId" text not null references auth."user" ("id") on delete cascade, "role" text not null,
  "createdAt" timestamptz not null
);
create index "member_organizationId_idx" on auth.member ("organizationId");
create index "member_userId_idx" on auth.member ("userId");
create unique index member_once on auth.member ("organizationId", "userId");
create table auth.invitation (
  "id" text primary key, "organizationId" text not null references auth.organization ("id") on delete cascade,
  "email" text not null, "role" text, "status" text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "inviterId" text not null references auth."user" ("id") on delete cascade
);
create index "invitation_organizationId_idx" on auth.invitation ("organizationId");
create index "invitation_email_idx" on auth.invitation ("email");
create table auth."twoFactor" (
  "id" text primary key, "secret" text not null, "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade, "verified" boolean,
  "failedVerificationCount" integer, "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");
grant usage on schema auth to pipewright_system;
grant select, insert, update, delete on all tables in schema auth to pipewright_system;

insert into auth.organization ("id", "name", "slug", "createdAt")
  select id::text, name, id::text, created_at from account;

create table staff (
  user_id text primary key references auth."user" ("id") on delete cascade,
  role text not null check (role in ('operator', 'support')), added_at timestamptz not null default now()
);
`;

const tables = `
alter table account add column tariff text not null default 'unlimited';
alter table account add column next_tariff text;
alter table account add column taken_over_at timestamptz;
alter table account add column deleted_at timestamptz;
alter table api_key add column allowed_addresses text[] not null default '{}';
-- How many of its written and deleted records stand in usage_month already.
alter table run_flow add column metered bigint not null default 0;

-- Keys that belong to no account, wrapped by the master key; the newest writes, all of them read.
create table installation_key (
  id text primary key, wrapped bytea not null, master_key_id text not null, created_at timestamptz not null default now()
);

create table partner_link (
  id uuid primary key, account_id uuid not null references account on delete cascade,
  partner_account_id uuid not null references account on delete cascade,
  state text not null default 'requested' check (state in ('requested', 'accepted', 'refused', 'ended')),
  requested_by text not null, decided_by text, created_at timestamptz not null default now(), decided_at timestamptz
);
create unique index partner_link_open on partner_link (account_id, partner_account_id)
  where state in ('requested', 'accepted');
create index partner_link_of_partner on partner_link (partner_account_id);

create table oauth_state (
  state_hash bytea primary key, account_id uuid not null references account on delete cascade,
  user_id text, connect_link_id uuid, cookie_hash bytea not null, connector text not null,
  connection_id uuid references connection on delete cascade, request bytea not null, return_to text not null,
  created_at timestamptz not null default now(), expires_at timestamptz not null, used_at timestamptz
);

create table connect_link (
  id uuid primary key, account_id uuid not null references account on delete cascade, token_hash bytea not null unique,
  connector text not null, name text not null, connection_id uuid references connection on delete cascade,
  settings jsonb not null default '{}', secret bytea, created_by text not null,
  created_at timestamptz not null default now(), expires_at timestamptz not null, used_at timestamptz, withdrawn_at timestamptz
);
create index connect_link_of_account on connect_link (account_id);

create table support_link (
  id uuid primary key, account_id uuid not null references account on delete cascade, token_hash bytea not null unique,
  created_by text not null, created_at timestamptz not null default now(), expires_at timestamptz not null,
  opened_by text, opened_session text, opened_at timestamptz, ends_at timestamptz, withdrawn_at timestamptz,
  -- When the end of the visit was written into the customer's log.
  ended_at timestamptz
);
create index support_link_of_account on support_link (account_id);
create index support_link_of_session on support_link (opened_session) where opened_session is not null;
create index support_link_to_end on support_link (ends_at) where opened_at is not null and ended_at is null;

create table audit_head (account_id uuid primary key, seq bigint not null, hash bytea not null);
create table audit (
  account_id uuid not null, seq bigint not null, at timestamptz not null, actor text not null, on_behalf_of text,
  action text not null, object text, details jsonb not null default '{}', request_id text, key_id text not null,
  hash bytea not null, primary key (account_id, seq)
);
create index audit_at on audit (account_id, at);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin raise exception 'the audit log is append-only'; end $$;
create trigger audit_no_change before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function audit_is_append_only();

create table request (
  id uuid primary key, number bigint generated always as identity unique, account_id uuid references account on delete cascade,
  user_id text, email text not null, name text not null, language text not null default 'en',
  kind text not null check (kind in ('setup', 'feature', 'problem', 'other')), subject text not null,
  -- The servicing company that files it for the customer whose account this is.
  partner_account_id uuid references account on delete set null,
  state text not null default 'open' check (state in ('open', 'answered', 'closed')), token_hash bytea not null unique,
  -- Stands in the address that answers by mail go to.
  mark text not null unique,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now()
);
create index request_of_account on request (account_id, updated_at desc);
create index request_by_state on request (state, updated_at desc);
create table request_message (
  id uuid primary key, request_id uuid not null references request on delete cascade, account_id uuid,
  author text not null check (author in ('visitor', 'customer', 'operator')), author_name text not null, user_id text,
  body text not null, way text not null check (way in ('web', 'mail')), mail_message_id text,
  at timestamptz not null default now(), unique (request_id, mail_message_id)
);
create index request_message_of on request_message (request_id, at);

create table page (
  id uuid primary key, kind text not null check (kind in ('promotion', 'information')), slug text not null,
  state text not null default 'draft' check (state in ('draft', 'published')), starts_at timestamptz, ends_at timestamptz,
  position int not null default 0, revision int not null default 1, created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(), unique (kind, slug),
  check (starts_at is null or ends_at is null or starts_at < ends_at)
);
create table page_text (
  page_id uuid not null references page on delete cascade, language text not null, title text not null, body text not null,
  primary key (page_id, language)
);

create table webhook_endpoint (
  id uuid primary key, account_id uuid not null references account on delete cascade, url text not null,
  secret bytea not null, kinds text[] not null, description text not null default '',
  state text not null default 'active' check (state in ('active', 'disabled')), disabled_reason text,
  failing_since timestamptz, created_at timestamptz not null default now(), updated_at timestamptz not null default now()
);
create index webhook_endpoint_of_account on webhook_endpoint (account_id);
create table event (
  id uuid primary key, account_id uuid not null references account on delete cascade, kind text not null,
  -- What it is about (a pipeline, a connection); owners hear of the same thing once an hour.
  subject text not null, payload jsonb not null, at timestamptz not null default now(),
  needs_notice boolean not null default false, noticed_at timestamptz, mailed_at timestamptz
);
create index event_of_account on event (account_id, at);
create index event_to_notice on event (at) where needs_notice and noticed_at is null;
create index event_mailed on event (account_id, kind, subject, mailed_at) where mailed_at is not null;
create table webhook_delivery (
  id uuid primary key, account_id uuid not null, endpoint_id uuid not null references webhook_endpoint on delete cascade,
  event_id uuid not null references event on delete cascade,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  attempts int not null default 0, next_try_at timestamptz, trying_since timestamptz not null default now(),
  last_status int, last_error text,
  created_at timestamptz not null default now(), delivered_at timestamptz, unique (endpoint_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (next_try_at) where state = 'pending';
create index webhook_delivery_of_endpoint on webhook_delivery (endpoint_id, created_at desc);

create table mail (
  id uuid primary key, account_id uuid, recipient text not null, kind text not null, language text not null,
  subject text not null, body bytea not null, reply_to text,
  state text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed')),
  attempts int not null default 0, next_try_at timestamptz not null default now(), last_error text,
  created_at timestamptz not null default now(), sent_at timestamptz
);
create index mail_due on mail (next_try_at) where state = 'queued';
create index mail_at on mail (created_at desc);

create table usage_month (
  account_id uuid not null references account on delete cascade, month date not null, records bigint not null default 0,
  primary key (account_id, month)
);

create table rate_limit (key varchar(255) primary key, points integer not null default 0, expire bigint);
`;

const views = `
create view v_audit with (security_invoker = true) as
  select account_id, seq, at, actor, on_behalf_of, action, object, encode(hash, 'hex') as hash from audit;
grant select on v_audit to pipewright_app;
`;

/** Tables of one account: the application's role sees that account's rows alone. */
const accountTables = [
  'oauth_state',
  'connect_link',
  'support_link',
  'request',
  'request_message',
  'webhook_endpoint',
  'event',
  'webhook_delivery',
  'usage_month',
];

/** What the second role serves over accounts: sign-in, links opened without an account, mails, deliveries, pages. */
const systemTables = [
  ...accountTables,
  'installation_key',
  'partner_link',
  'staff',
  'mail',
  'page',
  'page_text',
  'rate_limit',
];

const currentAccount = `(select nullif(current_setting('app.account', true), '')::uuid)`;

function policies(): string {
  const statements: string[] = [];
  const secure = (table: string, own: string): void => {
    statements.push(
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy own_account on ${table} to pipewright_app using (${own}) with check (${own})`,
    );
  };
  for (const table of accountTables) {
    secure(table, `account_id = ${currentAccount}`);
    statements.push(`grant select, insert, update, delete on ${table} to pipewright_app`);
  }
  secure('partner_link', `${currentAccount} in (account_id, partner_account_id)`);
  statements.push('grant select, insert, update on partner_link to pipewright_app');
  // The log is written and read, never changed: neither role may.
  for (const table of ['audit', 'audit_head']) {
    secure(table, `account_id = ${currentAccount}`);
    statements.push(
      `create policy all_accounts on ${table} to pipewright_system using (true) with check (true)`,
      `grant select, insert on ${table} to pipewright_app, pipewright_system`,
    );
  }
  statements.push('grant update on audit_head to pipewright_app, pipewright_system');
  for (const table of systemTables) {
    if (accountTables.includes(table) || table === 'partner_link') {
      statements.push(`create policy all_accounts on ${table} to pipewright_system using (true) with check (true)`);
    }
    statements.push(`grant select, insert, update, delete on ${table} to pipewright_system`);
  }
  // Mails are queued within the transactions of accounts; only the second role reads them.
  statements.push('grant insert on mail to pipewright_app');
  return `${statements.join(';\n')};`;
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(people).execute(db);
  await sql.raw(tables).execute(db);
  await sql.raw(views).execute(db);
  await sql.raw(policies()).execute(db);
}
