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

/** The switches of rest-crm, with which it plays easy and difficult vendors. */
export interface RestCrmSettings extends CommonSettings {
  /** Honours the header `Idempotency-Key`. */
  idempotency_header: boolean;
  /** Whether `external_id` can be searched: true, false (400) or "ignored" (the filter is silently dropped). */
  own_id_search: boolean | 'ignored';
  /** Off: creating twice with one external_id makes two records. */
  own_id_unique: boolean;
  /** Whether `POST /{stream}/batch` exists. */
  batch: boolean;
  /** Most records in one batch. */
  max_batch: number;
  /** Largest `limit` of a page. */
  max_page: number;
  /** Share of pages that are shorter than asked although more follow. */
  short_pages: number;
  /** Whether records can be deleted. */
  deletes: boolean;
  /** Milliseconds by which the vendor's own clock (created_at, updated_at) is ahead; negative = behind. */
  clock_skew_ms: number;
  /** The zone in which moments are written. */
  zone: 'Z' | '+02:00' | '+03:00' | '-05:00';
  /** Whether filters and match fields look at letter case. */
  case: 'sensitive' | 'insensitive';
  /** "ignored": a filter that is not known is silently dropped, as some vendors do. */
  unknown_filters: 'refused' | 'ignored';
  /** Share of webhook events that are never sent, and of those sent twice. */
  webhook_lose: number;
  webhook_duplicate: number;
  /** Events leave in random order, up to two seconds late. */
  webhook_shuffle: boolean;
}

const defaults: RestCrmSettings = {
  rate: null,
  latency_ms: 0,
  read_effects: true,
  idempotency_header: true,
  own_id_search: true,
  own_id_unique: true,
  batch: true,
  max_batch: 250,
  max_page: 250,
  short_pages: 0,
  deletes: true,
  clock_skew_ms: 0,
  zone: 'Z',
  case: 'insensitive',
  unknown_filters: 'refused',
  webhook_lose: 0,
  webhook_duplicate: 0,
  webhook_shuffle: false,
};

const rules: { readonly [Name in keyof RestCrmSettings]: SwitchRule } = {
  rate: rateOrNull,
  latency_ms: wholeNumber,
  read_effects: onOff,
  idempotency_header: onOff,
  own_id_search: oneOf(true, false, 'ignored'),
  own_id_unique: onOff,
  batch: onOff,
  max_batch: wholeNumber,
  max_page: wholeNumber,
  short_pages: share,
  deletes: onOff,
  clock_skew_ms: anyWholeNumber,
  zone: oneOf('Z', '+02:00', '+03:00', '-05:00'),
  case: oneOf('sensitive', 'insensitive'),
  unknown_filters: oneOf('refused', 'ignored'),
  webhook_lose: share,
  webhook_duplicate: share,
  webhook_shuffle: onOff,
};

/** The switches with their defaults, changed by what the starter was given. */
export function makeSwitches(given: JsonObject): Switches<RestCrmSettings> {
  return new Switches(defaults, rules, given);
}
