import type { ColumnType, Generated } from 'kysely';
import type { JsonObject } from '../core/json.js';

type Json<T> = ColumnType<T, string, string>;
type Stamp = ColumnType<Date, Date | string | undefined, Date | string>;

/** Rows around accounts and people (migration 0003). Tables of schema `auth` carry the sign-in library's own names. */
export interface AccountTables {
  'auth.user': {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    createdAt: Stamp;
    updatedAt: Stamp;
    twoFactorEnabled: boolean | null;
    language: string | null;
    /** Of somebody who has not confirmed the address yet: the account that they wish to have. */
    accountName: string | null;
  };
  'auth.session': {
    id: string;
    token: string;
    userId: string;
    expiresAt: Date;
    createdAt: Stamp;
    updatedAt: Date;
    ipAddress: string | null;
    userAgent: string | null;
    activeOrganizationId: string | null;
  };
  'auth.organization': { id: string; name: string; slug: string; createdAt: Date };
  'auth.member': { id: string; organizationId: string; userId: string; role: string; createdAt: Date };
  'auth.invitation': {
    id: string;
    organizationId: string;
    email: string;
    role: string | null;
    status: string;
    expiresAt: Date;
    createdAt: Stamp;
    inviterId: string;
  };
  installation_key: { id: string; wrapped: Buffer; master_key_id: string; created_at: Stamp };
  staff: { user_id: string; role: 'operator' | 'support'; added_at: Stamp };
  partner_link: {
    id: string;
    account_id: string;
    partner_account_id: string;
    state: Generated<'requested' | 'accepted' | 'refused' | 'ended'>;
    requested_by: string;
    decided_by: string | null;
    created_at: Stamp;
    decided_at: Date | null;
  };
  oauth_state: {
    state_hash: Buffer;
    account_id: string;
    user_id: string | null;
    connect_link_id: string | null;
    cookie_hash: Buffer;
    connector: string;
    connection_id: string | null;
    /** Sealed: verifier, settings, name of the connection to be made. */
    request: Buffer;
    return_to: string;
    created_at: Stamp;
    expires_at: Date;
    used_at: Date | null;
  };
  connect_link: {
    id: string;
    account_id: string;
    token_hash: Buffer;
    connector: string;
    name: string;
    connection_id: string | null;
    settings: Json<JsonObject>;
    /** Sealed: the parts of the secret that whoever made the link gave already. */
    secret: Buffer | null;
    created_by: string;
    created_at: Stamp;
    expires_at: Date;
    used_at: Date | null;
    withdrawn_at: Date | null;
  };
  support_link: {
    id: string;
    account_id: string;
    token_hash: Buffer;
    created_by: string;
    created_at: Stamp;
    expires_at: Date;
    opened_by: string | null;
    opened_session: string | null;
    opened_at: Date | null;
    ends_at: Date | null;
    withdrawn_at: Date | null;
    ended_at: Date | null;
  };
  audit_head: { account_id: string; seq: number; hash: Buffer };
  audit: {
    account_id: string;
    seq: number;
    at: Date;
    actor: string;
    on_behalf_of: string | null;
    action: string;
    object: string | null;
    details: Json<JsonObject>;
    request_id: string | null;
    key_id: string;
    hash: Buffer;
  };
  request: {
    id: string;
    number: Generated<number>;
    account_id: string | null;
    user_id: string | null;
    email: string;
    name: string;
    language: string;
    kind: 'setup' | 'feature' | 'problem' | 'other';
    subject: string;
    partner_account_id: string | null;
    state: Generated<'open' | 'answered' | 'closed'>;
    token_hash: Buffer;
    mark: string;
    created_at: Stamp;
    updated_at: Stamp;
  };
  request_message: {
    id: string;
    request_id: string;
    account_id: string | null;
    author: 'visitor' | 'customer' | 'operator';
    author_name: string;
    user_id: string | null;
    body: string;
    way: 'web' | 'mail';
    mail_message_id: string | null;
    at: Stamp;
  };
  page: {
    id: string;
    kind: 'promotion' | 'information';
    slug: string;
    state: Generated<'draft' | 'published'>;
    starts_at: Date | null;
    ends_at: Date | null;
    position: Generated<number>;
    revision: Generated<number>;
    created_at: Stamp;
    updated_at: Stamp;
  };
  page_text: { page_id: string; language: string; title: string; body: string };
  webhook_endpoint: {
    id: string;
    account_id: string;
    url: string;
    secret: Buffer;
    kinds: string[];
    description: Generated<string>;
    state: Generated<'active' | 'disabled'>;
    disabled_reason: string | null;
    failing_since: Date | null;
    created_at: Stamp;
    updated_at: Stamp;
  };
  event: {
    id: string;
    account_id: string;
    kind: string;
    subject: string;
    payload: Json<JsonObject>;
    at: Stamp;
    needs_notice: Generated<boolean>;
    noticed_at: Date | null;
    mailed_at: Date | null;
  };
  webhook_delivery: {
    id: string;
    account_id: string;
    endpoint_id: string;
    event_id: string;
    state: Generated<'pending' | 'delivered' | 'failed'>;
    attempts: Generated<number>;
    next_try_at: Date | null;
    trying_since: Stamp;
    last_status: number | null;
    last_error: string | null;
    created_at: Stamp;
    delivered_at: Date | null;
  };
  mail: {
    id: string;
    account_id: string | null;
    recipient: string;
    kind: string;
    language: string;
    subject: string;
    body: Buffer;
    reply_to: string | null;
    state: Generated<'queued' | 'sent' | 'kept' | 'failed'>;
    attempts: Generated<number>;
    next_try_at: Stamp;
    last_error: string | null;
    created_at: Stamp;
    sent_at: Date | null;
  };
  usage_month: { account_id: string; month: string; records: number };
  rate_limit: { key: string; points: number; expire: number | null };
}
