import type { RequestHandler } from 'express';
import { Failure } from '../../core/failures.js';
import type { ApiContext } from '../context.js';

/** Answers only under its own names: a page of another site that resolves to this address learns nothing. */
export function hostGuard(context: ApiContext): RequestHandler {
  const hosts = new Set([context.publicUrl.origin, ...context.localOrigins].map((origin) => new URL(origin).host));
  return (request, _response, next) => {
    const host = (request.headers.host ?? '').toLowerCase();
    if (!hosts.has(host)) {
      throw new Failure('api/host_refused', {
        message: `This server does not answer under the name \`${host.slice(0, 100)}\`.`,
        hint: `Use ${context.publicUrl.origin}, or set PUBLIC_URL to the address that people use.`,
      });
    }
    next();
  };
}

/** A browser tells where a request comes from; other sites may not speak to this one. */
export function guardOrigin(context: ApiContext): RequestHandler {
  const origins = new Set([context.publicUrl.origin, ...context.localOrigins]);
  return (request, _response, next) => {
    const origin = request.headers.origin;
    const isForeign = origin !== undefined && !origins.has(origin.toLowerCase());
    if (isForeign || request.headers['sec-fetch-site'] === 'cross-site') {
      throw new Failure('api/origin_refused', {
        message: 'Requests of other sites are refused.',
        hint: `Open ${context.publicUrl.origin} itself, or call the API from a program.`,
      });
    }
    next();
  };
}

const keyForm = /pw_[0-9a-z]{8}_[A-Za-z0-9_-]{43}/;

/** Addresses stand in logs and histories, so a key in one is no longer a secret: it is not even looked at. */
export function guardKeyPlace(): RequestHandler {
  return (request, _response, next) => {
    if (request.originalUrl.includes('pw_') && keyForm.test(request.originalUrl)) {
      throw new Failure('api/key_in_address', {
        message: 'An API key stands in the address of the request, where logs and histories keep it.',
        hint: 'Revoke that key, make a new one, and send it as `Authorization: Bearer pw_...`.',
      });
    }
    next();
  };
}
