import { type Answer, jsonAnswer } from '../../kit/exchange.js';
import { isObject, type Json, own, textAt } from '../../kit/json.js';
import { randomGuid } from '../guid.js';
import { together } from '../writing/transaction.js';
import type { ODataCall } from './call.js';
import { ODATA_HEADERS, odataError } from './errors.js';
import { multipartAnswer, parseMultipart } from './multipart.js';
import { answerCall } from './router.js';

/** One request inside a batch. */
export interface BatchPart {
  readonly id: string | null;
  /** Requests of one group succeed or fail together. */
  readonly group: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What became of one of them. */
export interface PartAnswer {
  readonly id: string | null;
  /** The group's name as the server gives it. */
  readonly group: string | null;
  readonly answer: Answer;
}

/** `POST /$batch` in JSON or multipart. `prefer` and `accept` are those of the outer request. */
export function answerBatch(call: ODataCall, prefer: string, noteParts: (count: number) => void): Answer {
  const isMultipart = /multipart\/mixed/i.test(call.contentType);
  if (!isMultipart && !/application\/json/i.test(call.contentType))
    return jsonAnswer(415, { Message: "The request entity's media type is not supported for this resource." });
  const parts = isMultipart ? parseMultipart(call.body, call.contentType) : parseJson(call.body);
  if (parts === undefined) return badBatch('The batch request cannot be read.');
  const most = call.world.settings.max_batch;
  if (parts.length > most) {
    return badBatch(
      `The current batch message contains too many parts. Only batch messages with a maximum number of '${most}' query operations and change sets are allowed.`,
    );
  }
  noteParts(parts.length);
  const answers = run(call, parts, /continue-on-error/i.test(prefer));
  if (isMultipart && !/application\/json/i.test(call.accept)) return multipartAnswer(answers, call.world.random);
  return { status: 200, headers: { ...ODATA_HEADERS }, body: JSON.stringify({ responses: answers.map(shown) }) };
}

function badBatch(message: string): Answer {
  return odataError(400, 'The request is invalid.', { message, type: '', stacktrace: '' });
}

/** In order, until the first refusal unless the client wants to go on. */
function run(call: ODataCall, parts: readonly BatchPart[], goesOn: boolean): PartAnswer[] {
  const answers: PartAnswer[] = [];
  const places = new Map<string, string>();
  for (const units of grouped(parts)) {
    const name = units[0]?.group == null ? null : randomGuid(call.world.random);
    const done =
      name === null ? units.map((part) => single(call, part, name, places)) : group(call, units, name, places);
    answers.push(...done);
    if (!goesOn && done.some(({ answer }) => answer.status >= 400)) break;
  }
  return answers;
}

/** Parts of one group that stand beside each other. */
function grouped(parts: readonly BatchPart[]): BatchPart[][] {
  const groups: BatchPart[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.group !== null && last?.[0]?.group === part.group) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** The failed request of a group; thrown so that the store takes the others back. */
class GroupFailure extends Error {
  override readonly name = 'GroupFailure';
}

/** A group with a refusal gives one answer: the refusal. */
function group(call: ODataCall, parts: readonly BatchPart[], name: string, places: Map<string, string>): PartAnswer[] {
  const answers: PartAnswer[] = [];
  const runAll = (own: ODataCall) => {
    for (const part of parts) {
      const done = single(own, part, name, places);
      answers.push(done);
      if (done.answer.status >= 400) throw new GroupFailure('A request of the group was refused.');
    }
  };
  try {
    if (call.world.settings.atomic_groups === 'kept') runAll(call);
    else together(call.world.store, call.effect, (effect) => runAll({ ...call, effect }));
    return answers;
  } catch (error) {
    if (!(error instanceof GroupFailure)) throw error;
    return answers.slice(-1);
  }
}

function single(call: ODataCall, part: BatchPart, group: string | null, places: Map<string, string>): PartAnswer {
  const answer = answerCall(partCall(call, part, places));
  const location = answer.headers?.location;
  if (part.id !== null && typeof location === 'string') places.set(part.id, location);
  return { id: part.id, group, answer };
}

function partCall(call: ODataCall, part: BatchPart, places: ReadonlyMap<string, string>): ODataCall {
  const address = part.url.replace(/^\$([^/?]+)/, (whole, id: string) => places.get(id) ?? whole);
  const url = new URL(address, `${call.root}/`);
  const at = url.pathname.indexOf('/odata/');
  return {
    ...call,
    method: part.method.toUpperCase(),
    path: decodeURIComponent(at < 0 ? url.pathname.slice(1) : url.pathname.slice(at + 7)),
    options: url.searchParams,
    body: part.body,
    accept: part.headers.accept ?? call.accept,
    contentType: part.headers['content-type'] ?? 'application/json',
  };
}

/** `{requests: [{id, method, url, atomicityGroup, headers, body}]}`; ids need not differ. */
function parseJson(body: Buffer): BatchPart[] | undefined {
  let whole: unknown;
  try {
    whole = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const requests = isObject(whole) ? own(whole, 'requests') : undefined;
  if (!Array.isArray(requests)) return undefined;
  const parts = requests.map(jsonPart);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function jsonPart(request: Json): BatchPart | undefined {
  if (!isObject(request)) return undefined;
  const method = textAt(request, 'method');
  const url = textAt(request, 'url');
  if (method === undefined || url === undefined) return undefined;
  const headers = own(request, 'headers');
  const body = own(request, 'body');
  return {
    id: textAt(request, 'id') ?? null,
    group: textAt(request, 'atomicityGroup') ?? null,
    method,
    url,
    headers: isObject(headers)
      ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
      : {},
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
}

function shown({ id, group, answer }: PartAnswer): object {
  const body = typeof answer.body === 'string' ? answer.body : '';
  const { 'content-type': type, 'odata-version': version, location } = answer.headers ?? {};
  return {
    id,
    ...(group === null ? {} : { atomicityGroup: group }),
    status: answer.status,
    headers: {
      ...(location === undefined ? {} : { location }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(version === undefined ? {} : { 'odata-version': version }),
    },
    ...(body === '' ? {} : { body: String(type).includes('json') ? (JSON.parse(body) as unknown) : body }),
  };
}
