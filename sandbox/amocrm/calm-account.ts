import { type Called, Caller, objects } from '../kit/caller.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { type AmoCrmOptions, type AmoCrmSandbox, startAmoCrm } from './sandbox.js';

/** A sandbox without limits, and short ways to speak to it: for its tests. */
export interface CalmAccount {
  readonly crm: AmoCrmSandbox;
  readonly caller: Caller;
  get(path: string, headers?: Record<string, string>): Promise<Called>;
  post(path: string, body: Json): Promise<Called>;
  patch(path: string, body: Json): Promise<Called>;
  remove(path: string, body?: Json): Promise<Called>;
  /** The records of one page. */
  list(path: string): Promise<JsonObject[]>;
  /** Makes one record and gives its id. */
  make(stream: string, item: JsonObject): Promise<number>;
}

export async function calmAccount(options: AmoCrmOptions = {}): Promise<CalmAccount> {
  const settings = { rate: null, account_rate: null, ...options.settings };
  const crm = await startAmoCrm({ ...options, settings });
  const caller = new Caller(crm);
  const send = (method: string, path: string, body?: Json) =>
    caller.call(method, `/api/v4/${path}`, body === undefined ? undefined : JSON.stringify(body));
  const account: CalmAccount = {
    crm,
    caller,
    get: (path, headers) => caller.get(`/api/v4/${path}`, headers),
    post: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
    remove: (path, body) => send('DELETE', path, body),
    list: async (path) => embeddedIn(await account.get(path)),
    async make(stream, item) {
      const [made] = embeddedIn(await account.post(stream, [item]));
      return Number(made?.id);
    },
  };
  return account;
}

/** The records under `_embedded` of an answer. */
export function embeddedIn({ body }: Called): JsonObject[] {
  const embedded = isObject(body._embedded) ? body._embedded : {};
  return objects(Object.values(embedded)[0]);
}

/** `[request_id, code, path]` of every validation error. */
export function problemsOf({ body }: Called): string[][] {
  return objects(body['validation-errors']).flatMap((item) =>
    objects(item.errors).map((error) => [String(item.request_id), String(error.code), String(error.path)]),
  );
}

/** The texts of one custom field of a shown record. */
export function valuesOf(record: JsonObject | undefined, codeOrName: string): Json[] {
  const field = objects(record?.custom_fields_values).find(
    (known) => known.field_code === codeOrName || known.field_name === codeOrName,
  );
  return objects(field?.values).map((value) => value.value ?? null);
}
