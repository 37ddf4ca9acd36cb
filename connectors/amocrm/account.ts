import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import { AccountCache } from '../kit/account-cache.js';
import { type AmoClient, notUnderstood } from './client.js';
import { type CustomField, customFieldOf } from './custom-fields.js';
import type { Query } from './query.js';

const keptForMs = 5 * 60_000;
const pageSize = 250;
const known = new AccountCache(keptForMs);

export interface AccountCard {
  readonly id: string;
  readonly name: string;
  readonly userId: string | null;
  /** IANA name of the zone that the account's dates are meant in. */
  readonly zone: string;
  /** Where it is off, the vendor ignores `filter[...]` of its main lists without a word. */
  readonly hasFilters: boolean;
  readonly driveUrl: string | null;
  readonly taskTypes: readonly JsonObject[];
}

/** What is known of one account, asked for once in five minutes by all who use the connection. */
export class Account {
  readonly #id: string;

  constructor(readonly client: AmoClient) {
    // A connection that is pointed elsewhere is another account.
    this.#id = `${client.context.connectionId} ${client.places.baseUrl}`;
  }

  card(signal: AbortSignal): Promise<AccountCard> {
    return this.#get('account', async () => {
      const parts = 'is_api_filter_enabled,datetime_settings,drive_url,task_types';
      return cardOf((await this.client.get('/account', { with: parts }, signal)) ?? {});
    });
  }

  /** Custom fields of a list, by its path: `/leads`, `/catalogs/1234`. */
  customFields(path: string, signal: AbortSignal): Promise<readonly CustomField[]> {
    return this.#get(`fields ${path}`, async () => {
      const rows = await this.all(`${path}/custom_fields`, 'custom_fields', {}, signal);
      return rows.map(customFieldOf);
    });
  }

  /** Stages of all pipelines come with the pipelines, in one request. */
  pipelines(signal: AbortSignal): Promise<readonly JsonObject[]> {
    return this.list('/leads/pipelines', 'pipelines', signal);
  }

  catalogs(signal: AbortSignal): Promise<readonly JsonObject[]> {
    return this.list('/catalogs', 'catalogs', signal);
  }

  /** A small list as a whole. */
  list(path: string, embedded: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return this.#get(`list ${path}`, () => this.all(path, embedded, {}, signal));
  }

  /** Whether the vendor was seen to ignore filters lately: then nobody need try again. */
  ignoresFilters(): Promise<boolean> {
    return this.#get('ignores filters', async () => false);
  }

  async noteIgnoredFilters(): Promise<void> {
    known.forget(this.#id);
    await this.#get('ignores filters', async () => true);
  }

  forget(): void {
    known.forget(this.#id);
  }

  /** Every page of a list. */
  async all(path: string, embedded: string, query: Query, signal: AbortSignal): Promise<JsonObject[]> {
    const rows: JsonObject[] = [];
    for (let page = 1; ; page++) {
      const body = await this.client.get(path, { ...query, page, limit: pageSize }, signal);
      const some = askedRowsIn(body, embedded);
      rows.push(...some);
      if (!hasNext(body) || some.length === 0) return rows;
    }
  }

  #get<T>(name: string, load: () => Promise<T>): Promise<T> {
    return known.get(this.#id, name, load);
  }
}

/** The rows of a list's answer; an empty one has no body at all. */
export function rowsIn(body: JsonObject | null, embedded: string): JsonObject[] {
  const rows = isJsonObject(body?._embedded) ? body._embedded[embedded] : null;
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

/** The rows of a question's answer; throws `read/bad_answer` where a body is there and the list is not in it. */
export function askedRowsIn(body: JsonObject | null, embedded: string): JsonObject[] {
  const isList = body === null || (isJsonObject(body._embedded) && Array.isArray(body._embedded[embedded]));
  if (!isList) throw notUnderstood(200);
  return rowsIn(body, embedded);
}

/** Only whether there is a next page counts: its address is never followed, since it could lead anywhere. */
export function hasNext(body: JsonObject | null): boolean {
  const links = body?._links;
  return isJsonObject(links) && isJsonObject(links.next) && typeof links.next.href === 'string';
}

function cardOf(body: JsonObject): AccountCard {
  const times = embeddedOf(body, 'datetime_settings');
  const types = embeddedOf(body, 'task_types');
  return {
    id: keyText(body.id) ?? '',
    name: keyText(body.name) ?? keyText(body.subdomain) ?? '',
    userId: keyText(body.current_user_id),
    zone: isJsonObject(times) ? (keyText(times.timezone) ?? 'UTC') : 'UTC',
    hasFilters: body.is_api_filter_enabled !== false,
    driveUrl: keyText(body.drive_url),
    taskTypes: Array.isArray(types) ? types.filter(isJsonObject) : [],
  };
}

/** Parts that were asked for stand below `_embedded`, some of them beside it. */
function embeddedOf(body: JsonObject, name: string): JsonValue | undefined {
  return isJsonObject(body._embedded) && body._embedded[name] !== undefined ? body._embedded[name] : body[name];
}
