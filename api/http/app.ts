import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import { Failure, isFailure } from '../../core/failures.js';
import { accessOf } from '../access/authorise.js';
import { RequestLimits } from '../access/request-limits.js';
import type { ApiContext } from '../context.js';
import { routes } from '../routes/index.js';
import { callbackPath } from '../services/consents.js';
import { answerer } from './answering.js';
import { bodyFailure } from './body.js';
import { addCabinet } from './cabinet.js';
import { connectAnswer, connectForm, parseForm } from './connect-page.js';
import { connectedPage, consentCallback } from './consent-pages.js';
import { addHealth } from './health.js';
import { hookHandler } from './hook-intake.js';
import { chooseAnswerLanguage, tellIn } from './language.js';
import { localsOf } from './locals.js';
import { openApiDocument } from './openapi.js';
import { guardKeyPlace, guardOrigin, hostGuard } from './origins.js';
import { problemOf, statusOf } from './problems.js';
import type { Route } from './route.js';

const prefix = '/api/v1';
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
  // Browsers come to these from other sites: back from a vendor's page, by a link out of a mail.
  app.get(callbackPath, consentCallback(context));
  app.get('/oauth/connected', connectedPage);
  app.get('/connect/:token', connectForm(context));
  if (context.cabinetFolder !== null) addCabinet(app, context.cabinetFolder);
  app.use(guardOrigin(context));
  app.use(guardKeyPlace());
  app.get('/metrics', async (_request, response) => {
    response.type(context.telemetry.registry.contentType).send(await context.telemetry.registry.metrics());
  });
  app.post('/connect/:token', parseForm, connectAnswer(context));
  app.post('/hooks/:secret', parseRaw, hookHandler(context));
  // Made once: it is large, and anybody may ask for it.
  let document: string | undefined;
  app.get(`${prefix}/openapi.json`, (_request, response) => {
    document ??= JSON.stringify(openApiDocument(context.publicUrl.origin, context.version));
    response.type('application/json').send(document);
  });
  const answer = answerer(context, new RequestLimits(context.requestRules));
  for (const [path, specs] of routesByPath()) {
    const here = app.route(prefix + path.replace(/\{(\w+)\}/g, ':$1'));
    for (const spec of specs) {
      accessOf(spec.name);
      here[spec.method]((request, response, next) => {
        void answer(spec, request, response).catch(next);
      });
    }
    here.all(refuseMethod(specs.map(({ method }) => method.toUpperCase())));
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

/** Paths with fewer parameters first: `/pages/{id}/publish` is itself before it is a `/pages/{kind}/{slug}`. */
function routesByPath(): readonly (readonly [string, readonly Route[]])[] {
  const byPath = new Map<string, Route[]>();
  for (const spec of routes) byPath.set(spec.path, [...(byPath.get(spec.path) ?? []), spec]);
  const parameters = (path: string): number => path.split('{').length;
  return [...byPath].sort(([a], [b]) => parameters(a) - parameters(b));
}

function refuseMethod(known: readonly string[]): RequestHandler {
  const allowed = known.includes('GET') ? [...known, 'HEAD'] : known;
  return (request, response) => {
    response.setHeader('Allow', allowed.join(', '));
    throw new Failure('api/method_not_allowed', {
      message: `The method \`${request.method}\` is not known at \`${request.path.slice(0, 200)}\`.`,
      hint: `Known methods here: ${allowed.join(', ')}.`,
    });
  };
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
    response.status(problem.status).type('application/problem+json');
    response.send(JSON.stringify(tellIn(chooseAnswerLanguage(request, response), problem)));
  };
}

/** Errors of the HTTP library (a broken path, a broken raw body) are the caller's, not ours. */
function bodyError(error: unknown): unknown {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 && !isFailure(error) ? bodyFailure(error) : error;
}
