import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { failureOf, type Meaning, meaningOf, type Said } from './answers.js';
import type { CreatioClient } from './client.js';

/** https://academy.creatio.com/docs/8.x/dev/development-on-creatio-platform/integrations-and-api/data-services/odata/examples/batch-request-examples */
export const mostRequestsInBatch = 100;

/** What lies over it travels in the body of a batch: servers take addresses of 2 kB. */
const longestAddress = 1_600;

/** One request of a batch. */
export interface Part {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the OData root, e.g. `Contact(…)` or `Contact?$filter=…` (encoded). */
  readonly url: string;
  readonly body?: JsonObject;
}

/** What a part was answered; null where the instance stopped before it: it certainly did not happen. */
export type PartAnswer = { readonly said: Said; readonly meaning: Meaning } | null;

export interface BatchOptions {
  readonly signal: AbortSignal;
  readonly beforeSend?: () => void;
  readonly what: string;
}

/**
 * Sends up to 100 requests as one, answers in their order. Throws where the whole batch got no usable answer. Ids are
 * ours and unique, since the vendor checks nothing of the kind.
 */
export async function sendBatch(
  client: CreatioClient,
  parts: readonly Part[],
  options: BatchOptions,
): Promise<readonly PartAnswer[]> {
  const body: JsonObject = { requests: parts.map((part, index) => requestOf(part, index)) };
  const { said, meaning } = await client.send({
    method: 'POST',
    path: '/odata/$batch',
    body,
    // Without it the first refused record would stop all that come after it.
    headers: { Prefer: 'continue-on-error' },
    ...options,
  });
  if (meaning === 'missing' || (meaning === 'rejected' && said.status === 405)) throw noBatches(said);
  if (meaning !== 'done') throw failureOf(said, meaning, options.what);
  const responses = isJsonObject(said.body) ? said.body.responses : undefined;
  if (!Array.isArray(responses)) throw noResponses(said, options.what);
  const answers = new Map<string, PartAnswer>();
  for (const response of responses) {
    if (isJsonObject(response)) answers.set(String(response.id), answerOf(response));
  }
  return parts.map((_, index) => answers.get(idOf(index)) ?? null);
}

/** Reads in as few requests as possible: one alone is a plain GET, more go in batches. Rows in the order of `urls`. */
export async function readAll(
  client: CreatioClient,
  urls: readonly string[],
  options: BatchOptions,
): Promise<readonly (readonly JsonObject[])[]> {
  const [only] = urls;
  if (only === undefined) return [];
  if (urls.length === 1 && only.length <= longestAddress) {
    const [path = '', query] = split(only);
    const body = await client.json({ method: 'GET', path: `/odata/${path}`, ...(query && { query }), ...options });
    return [rowsOf(body, options.what)];
  }
  const rows: (readonly JsonObject[])[] = [];
  for (let start = 0; start < urls.length; start += mostRequestsInBatch) {
    const some = urls.slice(start, start + mostRequestsInBatch);
    const answers = await sendBatch(
      client,
      some.map((url) => ({ method: 'GET', url }) as const),
      options,
    );
    for (const answer of answers) {
      if (answer === null) throw stopped(options.what);
      if (answer.meaning !== 'done') throw failureOf(answer.said, answer.meaning, options.what);
      rows.push(rowsOf(answer.said.body, options.what));
    }
  }
  return rows;
}

/** The records of a list answer. */
export function rowsOf(body: JsonValue | undefined, what: string): readonly JsonObject[] {
  const rows = isJsonObject(body) ? body.value : undefined;
  if (Array.isArray(rows) && rows.every(isJsonObject)) return rows;
  throw new Failure('read/bad_answer', {
    message: `${what} was answered without a list of records.`,
    hint: 'The request is repeated; if this stays, the instance is down or its address is wrong.',
    details: { wasSent: true },
  });
}

function requestOf({ method, url, body }: Part, index: number): JsonObject {
  const headers: JsonObject = { Accept: 'application/json' };
  if (body === undefined) return { id: idOf(index), method, url, headers };
  headers['Content-Type'] = 'application/json; IEEE754Compatible=true';
  return { id: idOf(index), method, url, headers, body };
}

function idOf(index: number): string {
  return `r${index + 1}`;
}

function answerOf(response: JsonObject): PartAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(isJsonObject(response.headers) ? response.headers : {}))
    headers[name.toLowerCase()] = String(value);
  const { body } = response;
  const said: Said = {
    status: Number(response.status),
    headers,
    text: typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body),
    body: typeof body === 'string' || body === null ? undefined : body,
  };
  return Number.isInteger(said.status) ? { said, meaning: meaningOf(said) } : null;
}

function split(url: string): string[] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

function noBatches(said: Said): Failure {
  return new Failure('connection/invalid_settings', {
    message: `The instance has no batches at \`/odata/$batch\` (status ${said.status}).`,
    hint: 'Check `base_url` and `runtime` of the connection; batches need version 7.16.1 or newer.',
    details: { status: said.status, wasSent: false },
  });
}

function noResponses(said: Said, what: string): Failure {
  return new Failure('read/bad_answer', {
    message: `${what} was answered with ${said.text === '' ? 'an empty body' : 'no list of responses'} (status ${said.status}).`,
    hint: 'The request is repeated; if this stays, the instance is down.',
    details: { status: said.status, wasSent: true },
  });
}

function stopped(what: string): Failure {
  return new Failure('read/bad_answer', {
    message: `${what} was answered in part only.`,
    hint: 'The request is repeated; if this stays, ask for fewer records at once.',
    details: { wasSent: true },
  });
}
