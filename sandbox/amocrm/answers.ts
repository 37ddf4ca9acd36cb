import { type Answer, htmlAnswer } from '../kit/exchange.js';
import type { Json } from '../kit/json.js';

const HAL = { 'content-type': 'application/hal+json' };
const PROBLEM = { 'content-type': 'application/problem+json' };
const OAUTH_PROBLEM = 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson';

/** What is wrong with one value of a request; `path` is dotted, list places are numbers. */
export interface FieldError {
  readonly code: 'NotSupportedChoice' | 'FieldNotExpected' | 'FieldMissing' | 'InvalidType' | 'TooLong' | 'TooMany';
  readonly path: string;
  readonly detail: string;
}

/** All that is wrong with one record of a request. */
export interface ItemErrors {
  readonly request_id: string;
  readonly errors: readonly FieldError[];
}

/** An answer that ends the request wherever it is found out. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Refused with ${answer.status}.`);
    this.answer = answer;
  }
}

export function hal(body: Json | object, status = 200): Answer {
  return { status, headers: HAL, body: JSON.stringify(body) };
}

/** What the vendor answers instead of an empty list: no body at all. */
export const noContent: Answer = { status: 204, headers: HAL };

export function problem(status: number, title: string, detail: string, more: object = {}): Answer {
  const body = { ...more, title, type: `https://httpstatus.es/${status}`, status, detail };
  return { status, headers: PROBLEM, body: JSON.stringify(body) };
}

export function unauthorized(detail = 'Неверный логин или пароль'): Answer {
  return problem(401, 'Unauthorized', detail);
}

export function notFound(): Answer {
  return problem(404, 'Not Found', 'Page not found');
}

export function badRequest(detail: string): Answer {
  return problem(400, 'Bad Request', detail);
}

export function invalid(errors: readonly ItemErrors[]): Answer {
  return problem(400, 'Bad Request', 'Request validation failed', { 'validation-errors': errors });
}

/** The token server's errors. */
export function oauthProblem(status: number, title: string, detail: string, hint?: string): Answer {
  const body = { ...(hint === undefined ? {} : { hint }), title, type: OAUTH_PROBLEM, status, detail };
  return { status, headers: PROBLEM, body: JSON.stringify(body) };
}

const REASONS: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Time-out',
};

/** What the proxy before the vendor's servers answers by itself. */
export function nginxPage(status: number): Answer {
  const title = `${status} ${REASONS[status] ?? ''}`;
  return htmlAnswer(
    status,
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    { 'content-type': 'text/html' },
  );
}

export const errors = {
  choice: (path: string): FieldError => ({
    code: 'NotSupportedChoice',
    path,
    detail: 'The value you selected is not a valid choice.',
  }),
  notExpected: (path: string): FieldError => ({
    code: 'FieldNotExpected',
    path,
    detail: 'This field was not expected.',
  }),
  missing: (path: string): FieldError => ({ code: 'FieldMissing', path, detail: 'This field is missing.' }),
  type: (path: string, type: string): FieldError => ({
    code: 'InvalidType',
    path,
    detail: `This value should be of type ${type}.`,
  }),
  tooLong: (path: string, limit: number): FieldError => ({
    code: 'TooLong',
    path,
    detail: `This value is too long. It should have ${limit} characters or less.`,
  }),
  tooMany: (path: string, limit: number): FieldError => ({
    code: 'TooMany',
    path,
    detail: `This collection should contain ${limit} elements or less.`,
  }),
} as const;
