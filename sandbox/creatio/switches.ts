import type { JsonObject } from '../kit/json.js';
import {
  anyWholeNumber,
  oneOf,
  onOff,
  rateOrNull,
  Switches,
  type SwitchRule,
  share,
  wholeNumber,
} from '../kit/settings.js';
import type { CommonSettings } from '../kit/vendor-app.js';

/** The switches of Creatio. Defaults are the best belief about the cloud product. */
export interface CreatioSettings extends CommonSettings {
  /** The runtime: `framework` has the API under `/0`, `core` at the root. */
  runtime: 'framework' | 'core';
  /** Path of a virtual directory before everything, such as `/crm`; empty = none. */
  virtual_directory: string;
  /** The database behind: words of its errors and the order of GUIDs. */
  database: 'postgres' | 'mssql';
  /** Minutes without a request after which a session ends. */
  session_idle_minutes: number;
  /** What a request without a living session meets; `auto` = 401 JSON for `.svc`, a redirect for the others. */
  expired_session: 'auto' | 'json' | 'redirect' | 'shell';
  /** Whether the BPMCSRF header is asked for. */
  csrf: boolean;
  /** What Login answers to the right password. */
  user_state: 'active' | 'locked' | 'password_expired';
  /** How a wrong password is told: in `Message`, or in `Exception` as well. */
  login_failure: 'message' | 'exception';
  /** Whether Basic authentication is accepted instead of a session. */
  basic_auth: boolean;
  /** Most rows in one answer. */
  max_entity_row_count: number;
  /** On: an answer cut at that number carries `@odata.nextLink`. */
  next_link: boolean;
  /** The order of rows nobody ordered: `heap` = changed rows move to the end, `shuffled` = another one each time. */
  unordered_rows: 'heap' | 'shuffled';
  /** Whether text comparisons look at letter case. */
  case: 'sensitive' | 'insensitive';
  /** How OData shows values that are not there. */
  empty_values: 'sentinels' | 'null';
  /** Milliseconds until OData shows a new column or object. */
  odata_rebuild_ms: number;
  /** Real milliseconds that `$metadata` takes to build, on the sandbox clock. */
  metadata_ms: number;
  /** What an object that OData does not know meets. */
  unknown_set: 'routing' | 'iis' | 'masked';
  /** What happens to fields that do not exist, on create and on update. */
  unknown_post_fields: 'refused' | 'ignored';
  unknown_patch_fields: 'refused' | 'ignored';
  /** What a PATCH or DELETE of an id that does not exist does. */
  patch_missing: 'ignored' | 'created' | 'not_found';
  delete_missing: 'ignored' | 'not_found';
  /** Whether the 404 for a record has a body. */
  not_found_body: boolean;
  /** Whether a failed group of a batch takes back what it wrote before, and how many requests a batch may have. */
  atomic_groups: 'rolled_back' | 'kept';
  max_batch: number;
  /** On: decimals must be texts exactly when the content type says `IEEE754Compatible=true`. */
  ieee754_strict: boolean;
  /** Whether a create without a required column is refused; an empty text never is. */
  required_check: boolean;
  /** Whether a lookup id that does not exist is refused by the database. */
  foreign_keys: boolean;
  /** What deleting a record that others refer to does; rows of its details always go with it. */
  delete_referenced: 'refused' | 'cleared';
  /** Whether flat phones and e-mails follow the rows of communications and the other way round. */
  sync_communications: boolean;
  /** Share of creates answered with an error although the row was written. */
  error_after_write: number;
  /** A created row can be seen by others up to this many ms later than its ModifiedOn says. */
  commit_lag_ms: number;
  /** Requests a user may make in a day (UTC), 0 = any number, and what the next one meets. */
  daily_quota: number;
  quota_status: number;
  /** Status of DataService answers that say `success: false`. */
  data_service_error_status: number;
  /** How DataService shows an error: `errorInfo`, `responseStatus` or nothing but `success`. */
  data_service_errors: 'errorInfo' | 'responseStatus' | 'bare';
  /** Whether unknown columns of a SelectQuery are dropped (and listed) or refused. */
  data_service_unknown_columns: 'dropped' | 'refused';
  /** Minutes by which the user's time zone is ahead of UTC: DataService speaks it without saying so. */
  user_zone_minutes: number;
  /** The key of the columns in the answer of RuntimeEntitySchemaRequest. */
  schema_items: 'items' | 'Items';
  /** Largest file in bytes. */
  max_file_size: number;
  /** Milliseconds until the inbound webhook service has written its record. */
  webhook_delay_ms: number;
  /** Outbound hooks: share never sent, share sent twice, random order, and whether a failed one is repeated. */
  hook_lose: number;
  hook_duplicate: number;
  hook_shuffle: boolean;
  hook_retries: boolean;
  /** Milliseconds by which the platform's clock is ahead (negative: behind). */
  clock_skew_ms: number;
}

const defaults: CreatioSettings = {
  rate: null,
  latency_ms: 0,
  read_effects: true,
  runtime: 'framework',
  virtual_directory: '',
  database: 'postgres',
  session_idle_minutes: 60,
  expired_session: 'auto',
  csrf: true,
  user_state: 'active',
  login_failure: 'exception',
  basic_auth: false,
  max_entity_row_count: 20_000,
  next_link: false,
  unordered_rows: 'heap',
  case: 'insensitive',
  empty_values: 'sentinels',
  odata_rebuild_ms: 90_000,
  metadata_ms: 0,
  unknown_set: 'routing',
  unknown_post_fields: 'refused',
  unknown_patch_fields: 'ignored',
  patch_missing: 'ignored',
  delete_missing: 'not_found',
  not_found_body: false,
  atomic_groups: 'rolled_back',
  max_batch: 100,
  ieee754_strict: false,
  required_check: true,
  foreign_keys: true,
  delete_referenced: 'refused',
  sync_communications: true,
  error_after_write: 0,
  commit_lag_ms: 0,
  daily_quota: 0,
  quota_status: 429,
  data_service_error_status: 200,
  data_service_errors: 'errorInfo',
  data_service_unknown_columns: 'dropped',
  user_zone_minutes: 120,
  schema_items: 'items',
  max_file_size: 10 * 1024 * 1024,
  webhook_delay_ms: 0,
  hook_lose: 0,
  hook_duplicate: 0,
  hook_shuffle: false,
  hook_retries: false,
  clock_skew_ms: 0,
};

const path: SwitchRule = {
  expected: 'empty or a path such as `/crm`',
  accepts: (value) => typeof value === 'string' && /^(\/[A-Za-z0-9_-]+)?$/.test(value),
};

const rules: { readonly [Name in keyof CreatioSettings]: SwitchRule } = {
  rate: rateOrNull,
  latency_ms: wholeNumber,
  read_effects: onOff,
  runtime: oneOf('framework', 'core'),
  virtual_directory: path,
  database: oneOf('postgres', 'mssql'),
  session_idle_minutes: wholeNumber,
  expired_session: oneOf('auto', 'json', 'redirect', 'shell'),
  csrf: onOff,
  user_state: oneOf('active', 'locked', 'password_expired'),
  login_failure: oneOf('message', 'exception'),
  basic_auth: onOff,
  max_entity_row_count: wholeNumber,
  next_link: onOff,
  unordered_rows: oneOf('heap', 'shuffled'),
  case: oneOf('sensitive', 'insensitive'),
  empty_values: oneOf('sentinels', 'null'),
  odata_rebuild_ms: wholeNumber,
  metadata_ms: wholeNumber,
  unknown_set: oneOf('routing', 'iis', 'masked'),
  unknown_post_fields: oneOf('refused', 'ignored'),
  unknown_patch_fields: oneOf('refused', 'ignored'),
  patch_missing: oneOf('ignored', 'created', 'not_found'),
  delete_missing: oneOf('ignored', 'not_found'),
  not_found_body: onOff,
  atomic_groups: oneOf('rolled_back', 'kept'),
  max_batch: wholeNumber,
  ieee754_strict: onOff,
  required_check: onOff,
  foreign_keys: onOff,
  delete_referenced: oneOf('refused', 'cleared'),
  sync_communications: onOff,
  error_after_write: share,
  commit_lag_ms: wholeNumber,
  daily_quota: wholeNumber,
  quota_status: oneOf(403, 429, 503),
  data_service_error_status: oneOf(200, 400, 500),
  data_service_errors: oneOf('errorInfo', 'responseStatus', 'bare'),
  data_service_unknown_columns: oneOf('dropped', 'refused'),
  user_zone_minutes: anyWholeNumber,
  schema_items: oneOf('items', 'Items'),
  max_file_size: wholeNumber,
  webhook_delay_ms: wholeNumber,
  hook_lose: share,
  hook_duplicate: share,
  hook_shuffle: onOff,
  hook_retries: onOff,
  clock_skew_ms: anyWholeNumber,
};

/** The switches with their defaults, changed by what the starter was given. */
export function makeSwitches(given: JsonObject): Switches<CreatioSettings> {
  return new Switches(defaults, rules, given);
}
