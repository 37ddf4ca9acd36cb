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

/** The switches of the portal. */
export interface BitrixSettings extends CommonSettings {
  /** The leaky bucket by source address: blocked above `bucket_size`, drained by `bucket_drain` a second; 0 = none. */
  bucket_size: number;
  bucket_drain: number;
  /** Seconds of run time that one method may use in ten minutes; 0 = no limit. */
  operating_limit: number;
  /** Whether answers carry `time.operating` and `time.operating_reset_at`. */
  operating_shown: boolean;
  /** What the run time of every method is multiplied with. */
  operating_scale: number;
  /** Offset of the portal's time zone. */
  zone: string;
  /** Milliseconds by which the portal's clock is ahead; negative = behind. */
  clock_skew_ms: number;
  /** What the old lists do with a filter by a field that does not exist. */
  old_unknown_filter: 'ignored' | 'refused' | 'nothing';
  /** What the old methods do with a stage that does not exist. */
  old_unknown_stage: 'first' | 'stored' | 'refused';
  /** What the old methods do with a day or moment they cannot read. */
  old_bad_date: 'ignored' | 'refused';
  /** Whether new product rows change the amount of a deal that is not set by hand. */
  rows_set_amount: boolean;
  /** HTTP statuses of the authorization server's errors. */
  oauth_statuses: 'usual' | 'all_400' | 'all_200';
  /** Whether a refresh token dies when it is used. */
  refresh_once: boolean;
  /** The authorization server refuses with PAYMENT_REQUIRED. */
  payment_required: boolean;
  /** The return address on the application's card; empty = the code is shown on the page. */
  redirect_uri: string;
  /** The person is signed in at the portal already: no page is shown. */
  signed_in: boolean;
  /** Scopes on the application's card, separated by commas. */
  app_scope: string;
  /** Local, free, demo, trial or paid. */
  app_status: 'L' | 'F' | 'D' | 'T' | 'P';
  /** The portal was renamed: the old address answers 302 to the new one. */
  renamed: boolean;
  /** Refuse plain HTTP. */
  https_required: boolean;
  /** The vendor blocked the portal by hand. */
  overloaded: boolean;
  /** The portal was deleted or its public part closed. */
  portal_deleted: boolean;
  /** REST is open on the portal's plan. */
  rest_on_plan: boolean;
  /** The application is closed for the user. */
  app_closed_to_user: boolean;
  /** `event.offline.*` with reservation and `auth_connector`. */
  offline_extended: boolean;
  /** Share of the requests answered by the proxy's HTML, 502 or 504; half of them are carried out. */
  proxy_errors: number;
  /** Modelled seconds after which a request is cut with a 504. */
  timeout_s: number;
  /** Links to files refuse clients without a real User-Agent. */
  files_check_agent: boolean;
  /** Shares of events never sent and sent twice; random order; sandbox milliseconds before an event leaves. */
  webhook_lose: number;
  webhook_duplicate: number;
  webhook_shuffle: boolean;
  event_delay_ms: number;
  /** Whether smart processes may be written on the plan. */
  smart_processes_writable: boolean;
}

const defaults: BitrixSettings = {
  rate: null,
  latency_ms: 0,
  read_effects: true,
  bucket_size: 50,
  bucket_drain: 2,
  operating_limit: 480,
  operating_shown: true,
  operating_scale: 1,
  zone: '+03:00',
  clock_skew_ms: 0,
  old_unknown_filter: 'ignored',
  old_unknown_stage: 'first',
  old_bad_date: 'ignored',
  rows_set_amount: true,
  oauth_statuses: 'usual',
  refresh_once: true,
  payment_required: false,
  redirect_uri: '',
  signed_in: false,
  app_scope: 'crm,user,task,tasks,catalog,disk,placement,userfieldconfig',
  app_status: 'L',
  renamed: false,
  https_required: false,
  overloaded: false,
  portal_deleted: false,
  rest_on_plan: true,
  app_closed_to_user: false,
  offline_extended: true,
  proxy_errors: 0,
  timeout_s: 60,
  files_check_agent: true,
  webhook_lose: 0,
  webhook_duplicate: 0,
  webhook_shuffle: false,
  event_delay_ms: 0,
  smart_processes_writable: true,
};

const anyText: SwitchRule = { expected: 'a text', accepts: (value) => typeof value === 'string' };
const positive: SwitchRule = {
  expected: 'a number of 0 or more',
  accepts: (value) => typeof value === 'number' && value >= 0,
};
const offset: SwitchRule = {
  expected: 'an offset such as +03:00',
  accepts: (value) => typeof value === 'string' && /^[+-]\d{2}:\d{2}$/.test(value),
};

const rules: { readonly [Name in keyof BitrixSettings]: SwitchRule } = {
  rate: rateOrNull,
  latency_ms: wholeNumber,
  read_effects: onOff,
  bucket_size: wholeNumber,
  bucket_drain: positive,
  operating_limit: positive,
  operating_shown: onOff,
  operating_scale: positive,
  zone: offset,
  clock_skew_ms: anyWholeNumber,
  old_unknown_filter: oneOf('ignored', 'refused', 'nothing'),
  old_unknown_stage: oneOf('first', 'stored', 'refused'),
  old_bad_date: oneOf('ignored', 'refused'),
  rows_set_amount: onOff,
  oauth_statuses: oneOf('usual', 'all_400', 'all_200'),
  refresh_once: onOff,
  payment_required: onOff,
  redirect_uri: anyText,
  signed_in: onOff,
  app_scope: anyText,
  app_status: oneOf('L', 'F', 'D', 'T', 'P'),
  renamed: onOff,
  https_required: onOff,
  overloaded: onOff,
  portal_deleted: onOff,
  rest_on_plan: onOff,
  app_closed_to_user: onOff,
  offline_extended: onOff,
  proxy_errors: share,
  timeout_s: positive,
  files_check_agent: onOff,
  webhook_lose: share,
  webhook_duplicate: share,
  webhook_shuffle: onOff,
  event_delay_ms: wholeNumber,
  smart_processes_writable: onOff,
};

/** The switches with their defaults, changed by what the starter was given. */
export function makeSwitches(given: JsonObject): Switches<BitrixSettings> {
  return new Switches(defaults, rules, given);
}
