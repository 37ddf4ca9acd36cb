import type { Request, Response } from 'express';
import { Failure, isFailure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { addressOf } from '../access/addresses.js';
import { audited, lineOf, objectOf, SupportLooks } from '../access/audit.js';
import { type Authenticated, authenticate } from '../access/authenticate.js';
import { accessOf, authorise } from '../access/authorise.js';
import { withRoom } from '../access/caps.js';
import type { RequestLimits } from '../access/request-limits.js';
import type { ApiContext } from '../context.js';
import { readBody } from './body.js';
import { answerOnce } from './idempotency.js';
import { guardJson } from './json-guard.js';
import { chooseAnswerLanguage, tellIn } from './language.js';
import { localsOf } from './locals.js';
import type { Answer, ApiRequest, Route } from './route.js';
import { OpenStreams } from './streams.js';
import { checkTexts } from './validate.js';

/** The header that tells a page to show the banner of a support visit, on every answer during one. */
const visitHeader = 'Pipewright-Support-Visit';

type Checked = ApiRequest<Record<string, unknown>, Record<string, unknown>, never>;

/** The one way from a request to a route's work: limits, who asks, rights, shape, the audit log, then the work. */
export function answerer(context: ApiContext, limits: RequestLimits) {
  const looks = new SupportLooks();
  const streams = new OpenStreams(context);

  return async (spec: Route, request: Request, response: Response): Promise<void> => {
    const locals = localsOf(response);
    locals.route = `${spec.method} ${spec.path}`;
    response.setHeader('Cache-Control', 'no-store');
    const address = addressOf(request, context.trustedProxies);
    const { caller, cookies } = await admit(context, limits, request, response, address);
    if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
    locals.language = caller.language;
    if (caller.visitEndsAt !== null) response.setHeader(visitHeader, `until=${caller.visitEndsAt.toISOString()}`);
    const access = accessOf(spec.name);
    authorise(caller, access);
    const checked: Checked = {
      ...(await readRequest(spec, request, response)),
      caller,
      context,
      headers: request.headers as Record<string, string | undefined>,
      raw: request,
      address,
      requestId: locals.requestId,
    };
    if (caller.kind === 'support') await look(spec, checked);
    const result = await once(spec, request, checked, () => work(spec, checked));
    if (result.stream !== undefined) streams.guard(spec, request, response, caller, address);
    await send(request, response, result);
  };

  /** The customer's log shows what support looked at. */
  async function look(spec: Route, checked: Checked): Promise<void> {
    const access = accessOf(spec.name);
    const line = lineOf(checked.caller, access, 'support.looked', checked.requestId);
    const details = { ...line.details, route: spec.name };
    await looks.note(context, { ...line, object: objectOf(access, checked), details }, Date.now());
  }

  async function work(spec: Route, checked: Checked): Promise<Answer> {
    const access = accessOf(spec.name);
    const { caller, requestId } = checked;
    const object = objectOf(access, checked);
    const handle = (): Promise<Answer> => spec.handle(checked);
    const { cap } = access;
    const make =
      cap === undefined || caller.accountId === ''
        ? handle
        : () => withRoom(context.store, caller.accountId, cap, object ?? '', handle);
    if (access.audit === undefined) return make();
    return audited(context, { ...lineOf(caller, access, access.audit, requestId), object }, codeOf, make);
  }
}

/** Who asks, as far as limits let them. */
async function admit(
  context: ApiContext,
  limits: RequestLimits,
  request: Request,
  response: Response,
  address: string,
): Promise<Authenticated> {
  const credentials = request.headers.authorization ?? request.headers.cookie;
  const tell = (name: string, value: string): void => void response.setHeader(name, value);
  await limits.before(credentials, address, tell);
  const authenticated = await authenticate(context, request, address).catch(async (error: unknown) => {
    if (isFailure(error) && error.code === 'api/unauthenticated') await limits.countRefused(address, tell);
    throw error;
  });
  await limits.count(authenticated.caller, credentials, address, tell);
  return authenticated;
}

async function readRequest(spec: Route, request: Request, response: Response) {
  const params: Record<string, unknown> = { ...request.params };
  const query: Record<string, unknown> = { ...request.query };
  guardJson(params);
  guardJson(query);
  if (spec.params !== undefined) checkTexts(spec.params, params, 'path');
  if (spec.query !== undefined) checkTexts(spec.query, query, 'query');
  else if (Object.keys(query).length > 0) throw unknownQuery(Object.keys(query)[0] ?? '');
  return { params, query, body: (await readBody(spec, request, response)) as never };
}

function once(spec: Route, request: Request, checked: Checked, handle: () => Promise<Answer>): Promise<Answer> {
  const key = request.get('idempotency-key');
  const { caller, context, body } = checked;
  if (spec.method !== 'post' || key === undefined || spec.isNeverKept === true || caller.accountId === '') {
    return handle();
  }
  const told = { route: `${request.method} ${request.originalUrl}`, body: (body ?? null) as JsonValue };
  return answerOnce(context, caller, key, told, handle);
}

async function send(request: Request, response: Response, answered: Answer): Promise<void> {
  response.status(answered.status);
  for (const [name, value] of Object.entries(answered.headers ?? {})) response.setHeader(name, value);
  if (answered.cookies !== undefined) response.append('Set-Cookie', [...answered.cookies]);
  const language = chooseAnswerLanguage(request, response);
  if (answered.stream !== undefined && request.method !== 'HEAD') return answered.stream(response);
  if (answered.body === undefined) response.end();
  else response.json(tellIn(language, answered.body));
}

function codeOf(error: unknown): string {
  return isFailure(error) ? error.code : 'api/internal';
}

function unknownQuery(name: string): Failure {
  return new Failure('api/bad_request', {
    message: `The query of the request does not fit: \`${name.slice(0, 60)}\` is not known.`,
    hint: 'See `/api/v1/openapi.json` for the shape of this request.',
  });
}
