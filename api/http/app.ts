import { randomUUID } from 'node:crypto';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { addressOf } from '../access/addresses.js';
import { authenticate } from '../access/authenticate.js';
import { accessOf, authorise } from '../access/authorise.js';
import type { ApiContext } from '../context.js';
import { routes } from '../routes/index.js';
import { addHealth } from './health.js';
import { hookHandler } from './hook-intake.js';
import { answerOnce } from './idempotency.js';
import { guardJson } from './json-guard.js';
import { openApiDocument } from './openapi.js';
import { guardOrigin, hostGuard } from './origins.js';
import { problemOf, statusOf } from './problems.js';
import type { Answer, Route } from './route.js';
import { checkBody, checkTexts } from './validate.js';

const prefix = '/api/v1';
const parseJson = express.json({ limit: '1mb', strict: true, type: 'application/json' });
const parseRaw = express.raw({ limit: '1mb', type: () => true });

/** The whole HTTP side as an Express application; it listens nowhere by itself. */
export function createApp(context: ApiContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(identify(context));
  app.use(securityHeaders(context));
  addHealth(app, context);
  app.use(hostGuard(context));
  app.use(guardOrigin(context));
  app.get('/metrics', async (_request, response) => {
    response.type(context.telemetry.registry.contentType).send(await context.telemetry.registry.metrics());
  });
  app.post('/hooks/:secret', parseRaw, hookHandler(context));
  app.get(`${prefix}/openapi.json`, (_request, response) => {
    response.json(openApiDocument(context.publicUrl.origin, context.version));
  });
  for (const spec of routes) {
    accessOf(spec.name);
    const path = prefix + spec.path.replace(/\{(\w+)\}/g, ':$1');
    app[spec.method](path, (request, response, next) => {
      void answer(context, spec, request, response).catch(next);
    });
  }
  app.use((request: Request) => {
    throw new Failure('api/not_found', {
      message: `There is nothing at \`${request.method} ${request.path.slice(0, 200)}\`.`,
      hint: 'See `/api/v1/openapi.json` for all addresses.',
    });
  });
  app.use(problemHandler(context));
  return app;
}

interface Locals {
  requestId: string;
  route: string;
  /** The caller's own choice, once it is known who asks. */
  language?: string | null;
}

function localsOf(response: Response): Locals {
  return response.locals as Locals;
}

/** Gives the request its id and tells of its end. */
function identify(context: ApiContext): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    const locals = localsOf(response);
    locals.requestId = randomUUID();
    locals.route = 'other';
    response.setHeader('X-Request-Id', locals.requestId);
    response.once('close', () => {
      context.telemetry.emit({
        kind: 'request_answered',
        requestId: locals.requestId,
        method: request.method,
        route: locals.route,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - began),
      });
    });
    next();
  };
}

function securityHeaders(context: ApiContext): RequestHandler {
  const isHttps = context.publicUrl.origin.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], objectSrc: ["'none'"] },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}

async function answer(context: ApiContext, spec: Route, request: Request, response: Response): Promise<void> {
  localsOf(response).route = `${spec.method} ${spec.path}`;
  response.setHeader('Cache-Control', 'no-store');
  const address = addressOf(request, context.trustedProxies);
  const { caller, cookies } = await authenticate(context, request, address);
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  localsOf(response).language = caller.language;
  authorise(caller, accessOf(spec.name));
  const params = { ...request.params };
  const query: Record<string, unknown> = { ...request.query };
  guardJson(params);
  guardJson(query);
  if (spec.params !== undefined) checkTexts(spec.params, params, 'path');
  if (spec.query !== undefined) checkTexts(spec.query, query, 'query');
  else if (Object.keys(query).length > 0) throw unknownQuery(Object.keys(query)[0] ?? '');
  const body = await readBody(spec, request, response);
  const headers = request.headers as Record<string, string | undefined>;
  const handle = (): Promise<Answer> =>
    spec.handle({
      params,
      query,
      body: body as never,
      caller,
      context,
      headers,
      raw: request,
      address,
      requestId: localsOf(response).requestId,
    });
  const key = request.get('idempotency-key');
  const result =
    spec.method === 'post' && key !== undefined && spec.isNeverKept !== true && caller.accountId !== ''
      ? await answerOnce(
          context,
          caller,
          key,
          { route: `${request.method} ${request.originalUrl}`, body: (body ?? null) as JsonValue },
          handle,
        )
      : await handle();
  await send(response, result);
}

async function readBody(spec: Route, request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (spec.body === undefined) {
    if (hasBody && spec.method !== 'get') await parse(request, response);
    return undefined;
  }
  if (!hasBody && spec.isBodyOptional === true) return {};
  if (hasBody && request.is('application/json') === false) throw wrongType();
  await parse(request, response);
  const body: unknown = request.body;
  guardJson(body);
  checkBody(spec.body, body);
  return body;
}

function parse(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(bodyFailure(error))));
  });
}

function bodyFailure(error: unknown): unknown {
  switch ((error as { type?: unknown }).type) {
    case 'entity.too.large':
      return new Failure('api/too_large', {
        message: 'The body of the request is larger than 1 MB.',
        hint: 'Send it in smaller parts.',
      });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return wrongType();
    default:
      return isFailure(error)
        ? error
        : new Failure('api/bad_request', {
            message: `The body of the request is not JSON: ${errorText(error).slice(0, 80)}.`,
            hint: 'Send one JSON object in UTF-8.',
          });
  }
}

async function send(response: Response, answered: Answer): Promise<void> {
  response.status(answered.status);
  for (const [name, value] of Object.entries(answered.headers ?? {})) response.setHeader(name, value);
  if (answered.cookies !== undefined) response.setHeader('Set-Cookie', [...answered.cookies]);
  if (answered.stream !== undefined) return answered.stream(response);
  if (answered.body === undefined) response.end();
  else response.json(answered.body);
}

function problemHandler(context: ApiContext): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const { requestId, route } = localsOf(response);
    const problem = problemOf(bodyError(error), requestId);
    if (problem.status === 500) {
      context.telemetry.emit({ kind: 'request_failed', requestId, method: request.method, route, error });
    }
    if (response.headersSent) return next(error);
    if (isFailure(error) && error.retryAfterMs !== undefined) {
      response.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
    } else if (isFailure(error) && statusOf(error) === 503) response.setHeader('Retry-After', '2');
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

/** Errors of the HTTP library (a broken path, a broken raw body) are the caller's, not ours. */
function bodyError(error: unknown): unknown {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 && !isFailure(error) ? bodyFailure(error) : error;
}

function wrongType(): Failure {
  return new Failure('api/unsupported_media_type', {
    message: 'The body of the request is not of the type `application/json`.',
    hint: 'Send JSON in UTF-8 with `Content-Type: application/json`.',
  });
}

function unknownQuery(name: string): Failure {
  return new Failure('api/bad_request', {
    message: `The query of the request does not fit: \`${name.slice(0, 60)}\` is not known.`,
    hint: 'See `/api/v1/openapi.json` for the shape of this request.',
  });
}
