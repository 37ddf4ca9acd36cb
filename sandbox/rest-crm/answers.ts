import { type Answer, jsonAnswer } from '../kit/exchange.js';
import type { Refusal } from './checks.js';

/** The CRM's error answer (problem details with a code). */
export function problem(
  status: number,
  code: string,
  detail: string,
  more: object = {},
  headers: Record<string, string> = {},
): Answer {
  const body = { type: `https://rest-crm.example.com/problems/${code}`, title: code, status, code, detail, ...more };
  return jsonAnswer(status, body, { 'content-type': 'application/problem+json; charset=utf-8', ...headers });
}

/** The answer to a single write whose record was refused. */
export function refused(refusal: Refusal): Answer {
  const status = refusal.code === 'duplicate_external_id' ? 409 : refusal.code === 'not_found' ? 404 : 422;
  return problem(status, refusal.code, refusal.message, refusal.field === undefined ? {} : { field: refusal.field });
}

/** A wrong question; thrown by readers, answered as 400. */
export class BadQuestion extends Error {
  override readonly name = 'BadQuestion';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
