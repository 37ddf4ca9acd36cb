import type { JsonObject } from './json.js';

/** What the engine does about a failure; the table stands in docs/errors.md. */
export type FailureKind =
  | 'definition'
  | 'settings'
  | 'auth'
  | 'rate_limited'
  | 'transient'
  | 'rejected'
  | 'conflict'
  | 'drift'
  | 'quota'
  | 'bug';

/** Every code of the product with its kind. A code is never reused; docs/errors.md explains each (a test compares). */
export const failureCodes = {
  // account
  'account/cap_reached': 'settings',
  // api
  'api/bad_request': 'definition',
  'api/forbidden': 'auth',
  'api/host_refused': 'auth',
  'api/idempotency_mismatch': 'conflict',
  'api/idempotency_pending': 'conflict',
  'api/internal': 'bug',
  'api/key_in_address': 'definition',
  'api/method_not_allowed': 'definition',
  'api/not_found': 'definition',
  'api/origin_refused': 'auth',
  'api/precondition_failed': 'conflict',
  'api/too_large': 'definition',
  'api/too_many_requests': 'rate_limited',
  'api/unauthenticated': 'auth',
  'api/unsupported_media_type': 'definition',
  // backup
  'backup/database_in_use': 'settings',
  'backup/file_exists': 'settings',
  'backup/file_invalid': 'settings',
  'backup/newer_release': 'settings',
  'backup/not_empty': 'settings',
  'backup/wrong_key': 'settings',
  // connection
  'connection/access_denied': 'settings',
  'connection/consent_invalid': 'auth',
  'connection/consent_not_offered': 'settings',
  'connection/in_use': 'conflict',
  'connection/invalid_secret': 'settings',
  'connection/invalid_settings': 'settings',
  'connection/link_closed': 'conflict',
  'connection/missing': 'settings',
  'connection/missing_secret': 'auth',
  'connection/name_taken': 'conflict',
  'connection/reconnect_needed': 'auth',
  'connection/refused': 'auth',
  'connection/scope_missing': 'auth',
  'connection/secret_needed': 'settings',
  'connection/token_revoked': 'auth',
  'connection/unknown_connector': 'settings',
  // dead_letter
  'dead_letter/no_record': 'conflict',
  'dead_letter/not_open': 'conflict',
  // definition
  'definition/fields_missing': 'definition',
  'definition/invalid': 'definition',
  'definition/not_found': 'definition',
  'definition/reset_needed': 'definition',
  'definition/unbound_slot': 'definition',
  // egress
  'egress/address_refused': 'settings',
  'egress/answer_too_large': 'transient',
  'egress/redirect_refused': 'transient',
  'egress/timeout': 'transient',
  'egress/unreachable': 'transient',
  // engine
  'engine/bug': 'bug',
  'engine/fence_lost': 'transient',
  'engine/shutting_down': 'transient',
  // map
  'map/expression_failed': 'rejected',
  'map/filter_failed': 'rejected',
  'map/invalid_value': 'rejected',
  'map/lookup_missing': 'rejected',
  'map/missing_key': 'rejected',
  'map/requirement_failed': 'rejected',
  'map/too_large': 'rejected',
  'map/unmapped_value': 'rejected',
  'map/unresolved_ref': 'rejected',
  // member
  'member/already_member': 'conflict',
  'member/last_owner': 'conflict',
  'member/owner_needed': 'auth',
  // page
  'page/slug_taken': 'conflict',
  // person
  'person/code_wrong': 'auth',
  'person/email_unconfirmed': 'auth',
  'person/password_weak': 'definition',
  'person/password_wrong': 'auth',
  'person/sign_in_failed': 'auth',
  'person/token_invalid': 'definition',
  'person/two_factor_off': 'conflict',
  'person/two_factor_on': 'conflict',
  // preview
  'preview/changed_since': 'conflict',
  'preview/expired': 'definition',
  'preview/not_ready': 'conflict',
  'preview/outdated': 'definition',
  'preview/too_large': 'definition',
  // read
  'read/archive_refused': 'settings',
  'read/bad_answer': 'transient',
  'read/cursor_in_future': 'bug',
  'read/drift': 'drift',
  'read/file_invalid': 'definition',
  'read/file_missing': 'settings',
  'read/refused': 'rejected',
  'read/row_malformed': 'rejected',
  'read/unknown_stream': 'definition',
  // run
  'run/already_running': 'conflict',
  'run/confirmation_needed': 'definition',
  'run/not_active': 'conflict',
  'run/not_ended': 'conflict',
  'run/not_reconciled': 'bug',
  'run/pipeline_paused': 'conflict',
  'run/too_many_deletes': 'conflict',
  'run/too_many_rejected': 'rejected',
  // settings
  'settings/data_folder_in_use': 'settings',
  'settings/data_folder_owner': 'settings',
  'settings/invalid_value': 'settings',
  'settings/key_readable': 'settings',
  'settings/missing_part': 'settings',
  // store
  'store/outdated_schema': 'settings',
  'store/unavailable': 'transient',
  // support
  'support/link_spent': 'conflict',
  'support/visit_over': 'conflict',
  // tariff
  'tariff/limit_reached': 'quota',
  'tariff/unknown': 'definition',
  // temporal
  'temporal/unavailable': 'transient',
  // vault
  'vault/foreign_host': 'auth',
  'vault/unreadable': 'bug',
  // vendor
  'vendor/auth': 'auth',
  'vendor/quota': 'quota',
  'vendor/rate_limited': 'rate_limited',
  'vendor/refused': 'rejected',
  'vendor/unavailable': 'transient',
  // webhook
  'webhook/bad_signature': 'auth',
  'webhook/endpoint_disabled': 'conflict',
  'webhook/invalid_body': 'rejected',
  'webhook/no_public_url': 'settings',
  'webhook/no_secret': 'settings',
  'webhook/not_offered': 'settings',
  'webhook/stale': 'auth',
  // write
  'write/ambiguous_match': 'conflict',
  'write/duplicate_target': 'conflict',
  'write/file_changed': 'settings',
  'write/file_exists': 'settings',
  'write/no_match': 'rejected',
  'write/outcome_unknown': 'conflict',
  'write/record_refused': 'rejected',
  'write/target_changed': 'conflict',
} as const satisfies Record<string, FailureKind>;

export type FailureCode = keyof typeof failureCodes;

/** Where a failure stands: in a text, or at a stream, record or field. Never holds secrets or personal values. */
export interface FailureWhere {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
  readonly stream?: string;
  readonly field?: string;
}

export interface FailureFields {
  readonly message: string;
  readonly hint: string;
  readonly where?: FailureWhere;
  readonly details?: JsonObject;
  /** How long to wait before the next try, in milliseconds, when the other side said so. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A failure as plain JSON: what is stored in rows, sent by the API and carried through Temporal. */
export interface FailureReport {
  readonly code: FailureCode;
  readonly kind: FailureKind;
  readonly message: string;
  readonly hint: string;
  readonly where?: FailureWhere;
  readonly details?: JsonObject;
  readonly retryAfterMs?: number;
}

/**
 * The one error class of the product. `message` is one sentence: what happened to which thing, values in backticks;
 * `hint` one sentence: what to do. Neither may hold secrets, tokens or personal field values.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly kind: FailureKind;
  readonly hint: string;
  readonly where: FailureWhere | undefined;
  readonly details: JsonObject | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, fields: FailureFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'Failure';
    this.code = code;
    this.kind = failureCodes[code];
    this.hint = fields.hint;
    this.where = fields.where;
    this.details = fields.details;
    this.retryAfterMs = fields.retryAfterMs;
  }

  toReport(): FailureReport {
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      hint: this.hint,
      ...(this.where && { where: this.where }),
      ...(this.details && { details: this.details }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** Tells a Failure by its shape, since classes differ between realms (tests, bundles). */
export function isFailure(error: unknown): error is Failure {
  return (
    typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'Failure' && 'kind' in error
  );
}

/** A sentence for an error of unknown origin; its text may come from the other side, so it is kept short. */
export function errorText(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  return String(message ?? 'unknown error').slice(0, 300);
}

/** Any thrown thing as a Failure: a Failure stays itself, everything else is a bug of ours. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return new Failure('engine/bug', {
    message: `Something happened that the engine does not expect: ${errorText(error)}.`,
    hint: 'Report this with the run id; nothing after the last confirmed batch was written.',
    cause: error,
  });
}
