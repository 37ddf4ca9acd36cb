import express, { type Request, type Response } from 'express';
import { errorText, Failure, isFailure } from '../../core/failures.js';
import { guardJson } from './json-guard.js';
import type { Route } from './route.js';
import { checkBody } from './validate.js';

const parseJson = express.json({ limit: '1mb', strict: true, type: 'application/json' });

/** The body, checked against the route's schema; undefined for a route that takes none. Throws `api/bad_request`. */
export async function readBody(spec: Route, request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (spec.body === undefined && (!hasBody || spec.method === 'get')) return undefined;
  if (!hasBody && spec.isBodyOptional === true) return {};
  if (hasBody && request.is('application/json') === false) throw wrongType();
  await parse(request, response);
  const body: unknown = request.body;
  guardJson(body);
  if (spec.body === undefined) requireEmpty(body);
  else checkBody(spec.body, body);
  return spec.body === undefined ? undefined : body;
}

/** What is silently left aside may have been meant. */
function requireEmpty(body: unknown): void {
  const name = Array.isArray(body) ? '[]' : Object.keys((body ?? {}) as object)[0];
  if (name === undefined) return;
  throw new Failure('api/bad_request', {
    message: `The body of the request does not fit: \`${name.slice(0, 60)}\` is not known.`,
    hint: 'This request takes no body.',
  });
}

function parse(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(bodyFailure(error))));
  });
}

export function bodyFailure(error: unknown): unknown {
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

function wrongType(): Failure {
  return new Failure('api/unsupported_media_type', {
    message: 'The body of the request is not of the type `application/json`.',
    hint: 'Send JSON in UTF-8 with `Content-Type: application/json`.',
  });
}
