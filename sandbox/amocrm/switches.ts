import type { JsonObject } from '../kit/json.js';
import type { Rate } from '../kit/limits.js';
import { oneOf, onOff, rateOrNull, Switches, type SwitchRule, share, wholeNumber } from '../kit/settings.js';
import type { CommonSettings } from '../kit/vendor-app.js';
import { zoneName } from './zones.js';

/** The switches of the amoCRM sandbox. Where the vendor's behaviour is not known for certain, the default is the best belief. */
export interface AmoSettings extends CommonSettings {
  /** Limit of one account over all its integrations; `rate` is that of one integration and address. */
  account_rate: Rate | null;
  /** Refused requests within a minute after which the address is banned, 0 = never; and for how long. */
  ban_after: number;
  ban_seconds: number;
  /** The body of a 429. */
  limit_body: 'mixed' | 'json' | 'text' | 'html';
  /** Whether a 429 has `Retry-After`. */
  retry_after: boolean;
  /** The account's flag `is_api_filter_enabled`; off: `filter[...]` of the main lists is silently ignored. */
  api_filters: boolean;
  /** `limit` when none is given, its largest value, and that of the events. */
  default_page: number;
  max_page: number;
  max_events_page: number;
  /** The largest `limit` of the list of custom fields. */
  max_fields_page: number;
  /** Share of pages that are shorter than asked although more follow. */
  short_pages: number;
  /** Filtered lists with a larger `limit` end in 504; 0 = never. */
  heavy_limit: number;
  /** Most records of one write. */
  max_batch: number;
  /** The answer for one record that does not exist. */
  missing_status: 204 | 404;
  /** The status of a successful POST of records. */
  created_status: 200 | 201;
  /** How values of numeric fields are read. */
  numeric_as: 'text' | 'number';
  /** Whether links and notes move the record's updated_at. */
  links_bump: boolean;
  notes_bump: boolean;
  /** Duplicate control of `POST /leads/complex`: the contact with the same phone or e-mail is used. */
  duplicate_control: boolean;
  /** The answer of `POST /leads/complex` within `_embedded.leads` instead of a bare list. */
  complex_envelope: boolean;
  /** Whether a lead in a status needs the fields that the field list names as required there. */
  required_statuses: 'shown' | 'enforced';
  /** Whether leads may be put into the status of incoming leads. */
  unsorted_writes: 'refused' | 'accepted';
  /** Whether a new custom field may have a code. */
  field_codes: 'accepted' | 'refused';
  /** Whether `If-Modified-Since` is answered with 304. */
  if_modified_since: boolean;
  /** Most characters of a name. */
  name_limit: number;
  /** 402 for an account that is not paid, 403 for a blocked one. */
  account_state: 'active' | 'unpaid' | 'blocked';
  /** Whether the account's plan includes webhooks. */
  webhook_plan: boolean;
  /** The key under which companies arrive in webhooks. */
  webhook_companies: 'contacts' | 'companies';
  webhook_lose: number;
  webhook_duplicate: number;
  webhook_shuffle: boolean;
  /** What `referer` and `domain` name: the vendor's host (example.amocrm.ru) or the sandbox's own address. */
  host_style: 'vendor' | 'address';
  /** Whether a refresh at the old host of a moved account is answered 401 or 404. */
  moved_status: 401 | 404;
  /** Code or name of the custom field whose value the log shows as external_id. */
  own_id_field: string;
  /** The account's time zone: days are kept as its midnights. */
  zone: string;
}

const defaults: AmoSettings = {
  rate: { requests: 7, perSeconds: 1 },
  latency_ms: 0,
  read_effects: true,
  account_rate: { requests: 50, perSeconds: 1 },
  ban_after: 100,
  ban_seconds: 300,
  limit_body: 'mixed',
  retry_after: false,
  api_filters: true,
  default_page: 50,
  max_page: 250,
  max_events_page: 100,
  max_fields_page: 250,
  short_pages: 0,
  heavy_limit: 0,
  max_batch: 250,
  missing_status: 204,
  created_status: 200,
  numeric_as: 'text',
  links_bump: false,
  notes_bump: false,
  duplicate_control: false,
  complex_envelope: false,
  required_statuses: 'shown',
  unsorted_writes: 'refused',
  field_codes: 'accepted',
  if_modified_since: true,
  name_limit: 255,
  account_state: 'active',
  webhook_plan: true,
  webhook_companies: 'contacts',
  webhook_lose: 0,
  webhook_duplicate: 0,
  webhook_shuffle: false,
  host_style: 'vendor',
  moved_status: 401,
  own_id_field: 'EXTERNAL_ID',
  // Moscow has no summer time, so no day of the seeded account has 23 hours.
  zone: 'Europe/Moscow',
};

const text: SwitchRule = { expected: 'a text', accepts: (value) => typeof value === 'string' };

const rules: { readonly [Name in keyof AmoSettings]: SwitchRule } = {
  rate: rateOrNull,
  latency_ms: wholeNumber,
  read_effects: onOff,
  account_rate: rateOrNull,
  ban_after: wholeNumber,
  ban_seconds: wholeNumber,
  limit_body: oneOf('mixed', 'json', 'text', 'html'),
  retry_after: onOff,
  api_filters: onOff,
  default_page: wholeNumber,
  max_page: wholeNumber,
  max_events_page: wholeNumber,
  max_fields_page: wholeNumber,
  short_pages: share,
  heavy_limit: wholeNumber,
  max_batch: wholeNumber,
  missing_status: oneOf(204, 404),
  created_status: oneOf(200, 201),
  numeric_as: oneOf('text', 'number'),
  links_bump: onOff,
  notes_bump: onOff,
  duplicate_control: onOff,
  complex_envelope: onOff,
  required_statuses: oneOf('shown', 'enforced'),
  unsorted_writes: oneOf('refused', 'accepted'),
  field_codes: oneOf('accepted', 'refused'),
  if_modified_since: onOff,
  name_limit: wholeNumber,
  account_state: oneOf('active', 'unpaid', 'blocked'),
  webhook_plan: onOff,
  webhook_companies: oneOf('contacts', 'companies'),
  webhook_lose: share,
  webhook_duplicate: share,
  webhook_shuffle: onOff,
  host_style: oneOf('vendor', 'address'),
  moved_status: oneOf(401, 404),
  own_id_field: text,
  zone: zoneName,
};

/** The switches with their defaults, changed by what the starter was given. */
export function makeSwitches(given: JsonObject): Switches<AmoSettings> {
  return new Switches(defaults, rules, given);
}
