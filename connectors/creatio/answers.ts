import { Failure, type FailureCode } from '../../core/failures.js';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { HttpAnswer } from '../kit/index.js';
import { textAt } from '../kit/json-path.js';

/** What an answer of Creatio means for the one who asked. */
export type Meaning =
  | 'done'
  | 'signed_out'
  | 'no_rights'
  | 'publishing'
  | 'missing'
  | 'rejected'
  | 'conflict'
  | 'rate_limited'
  | 'quota'
  | 'transient';

/** An answer, or one part of a batch's answer. `body` is undefined where it is not JSON. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: JsonValue | undefined;
}

interface Rule {
  readonly status?: number | 'any' | 'error';
  readonly text?: RegExp;
  readonly header?: string;
  readonly meaning: Meaning;
}

/** The first rule that fits counts. Words are looked for in what `wordsOf` finds, and in the text of pages. */
const rules: readonly Rule[] = [
  { status: 429, meaning: 'rate_limited' },
  { status: 503, header: 'retry-after', meaning: 'rate_limited' },
  { status: 402, meaning: 'quota' },
  { status: 'error', text: /\b(api|request|call)s?\b.{0,40}\b(quota|limit)\b.{0,40}\bexceeded\b/i, meaning: 'quota' },
  { status: 401, meaning: 'signed_out' },
  // Rights of an object or a record; the other 403 is the session token that fits no more.
  { status: 403, text: /permission|rights?\b|access (is )?denied|not allowed/i, meaning: 'no_rights' },
  { status: 403, text: /^$|csrf/i, meaning: 'signed_out' },
  { status: 403, meaning: 'no_rights' },
  {
    status: 'error',
    text: /do(es)? not have permissions? (for|to)|insufficient (rights|permissions)/i,
    meaning: 'no_rights',
  },
  { status: 404, text: /no type was found|no http resource was found/i, meaning: 'publishing' },
  { status: 404, meaning: 'missing' },
  { status: 410, meaning: 'missing' },
  { status: 408, meaning: 'transient' },
  { status: 425, meaning: 'transient' },
  { status: 409, meaning: 'conflict' },
  { status: 412, meaning: 'conflict' },
];

const codes: Readonly<Record<Exclude<Meaning, 'done'>, FailureCode>> = {
  signed_out: 'vendor/auth',
  no_rights: 'connection/scope_missing',
  publishing: 'vendor/unavailable',
  missing: 'vendor/refused',
  rejected: 'vendor/refused',
  conflict: 'vendor/refused',
  rate_limited: 'vendor/rate_limited',
  quota: 'vendor/quota',
  transient: 'vendor/unavailable',
};

const hints: Readonly<Record<Exclude<Meaning, 'done'>, string>> = {
  signed_out: 'Check the user of the connection at the instance, then connect it again.',
  no_rights: 'Give the user of the connection the rights for this object, then go on.',
  publishing: 'A new object or column is shown one or two minutes after it was saved; the request is repeated.',
  missing: 'Look whether the record was deleted at the instance, then resend or discard it.',
  rejected: 'Correct the record or the mapping, then resend it.',
  conflict: 'Look at the record at the instance, then resend it.',
  rate_limited: 'Nothing to do: the request is sent again when the instance allows.',
  quota: 'Wait for the next day of the plan’s quota of API calls, or buy more.',
  transient: 'The request is repeated; if this stays, the instance is down.',
};

/** An answer of its own as it is judged. */
export function saidBy(answer: HttpAnswer): Said {
  const text = answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(answer, text) };
}

function parsed(answer: HttpAnswer, text: string): JsonValue | undefined {
  if (!/^\s*[[{"\d]/.test(text)) return undefined;
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

export function meaningOf(said: Said): Meaning {
  const { status } = said;
  if (isLoginPage(said) || isSignedOut(said.body)) return 'signed_out';
  const isRefusal = status >= 400 || isException(said.body);
  if (!isRefusal) return status >= 300 || isPage(said) ? 'transient' : 'done';
  // A page of a firewall is neither empty nor about the session's token.
  const words = isPage(said) ? '<page>' : (wordsOf(said.body) ?? said.text);
  for (const rule of rules) {
    if (typeof rule.status === 'number' && rule.status !== status) continue;
    if (rule.header !== undefined && said.headers[rule.header] === undefined) continue;
    if (rule.text !== undefined && !rule.text.test(words)) continue;
    return rule.meaning;
  }
  return status >= 500 || status < 400 ? 'transient' : 'rejected';
}

/** A refusal in the vendor's own words. Only `transient` ones leave a write's outcome unknown. */
export function failureOf(said: Said, meaning: Meaning, what: string): Failure {
  const kind = meaning === 'done' ? 'transient' : meaning;
  const words = isPage(said) ? 'a page instead of data' : wordsOf(said.body);
  return new Failure(codes[kind], {
    message:
      `${what} was answered with status ${said.status}${words === null ? '' : `: ${words.slice(0, 400)}`}`.replace(
        /\.?$/,
        '.',
      ),
    hint: hints[kind],
    details: { status: said.status, wasSent: kind === 'transient' },
    ...(kind === 'rate_limited' && { retryAfterMs: retryAfterOf(said.headers) ?? 1_000 }),
  });
}

/** What the vendor says went wrong: the inner message of OData, the exception's, or that of a service. */
export function wordsOf(body: JsonValue | undefined): string | null {
  const parts = [
    textAt(body, ['error', 'message']),
    textAt(body, ['error', 'innererror', 'message']),
    textAt(body, ['ExceptionMessage']) ?? textAt(body, ['Message']),
    textAt(body, ['MessageDetail']),
    textAt(body, ['errorInfo', 'message']),
    textAt(body, ['responseStatus', 'Message']),
  ];
  const said = [...new Set(parts.flatMap((part) => (part === null || part.trim() === '' ? [] : [part.trim()])))];
  return said.length === 0 ? null : said.join(' ');
}

/** An exception of ASP.NET or OData; some ways out show it with status 200. */
function isException(body: JsonValue | undefined): boolean {
  if (!isJsonObject(body)) return false;
  if (isJsonObject(body.error) && typeof body.error.message === 'string') return true;
  return typeof body.Message === 'string' && ('ExceptionType' in body || 'ExceptionMessage' in body);
}

/** Exactly this text: a message that merely holds it may be about a record, and a write must not be sent twice. */
function isSignedOut(body: JsonValue | undefined): boolean {
  return isJsonObject(body) && body.Message === 'Authentication failed.';
}

/** The shell of the sign-in page, which comes instead of data when a session has ended. Other pages are outages. */
function isLoginPage(said: Said): boolean {
  return isPage(said) && /\/Login\/|bootstrap\.login|NuiLogin/i.test(said.text.slice(0, 20_000));
}

/** A page for people; the metadata document is the one answer that is XML. */
function isPage(said: Said): boolean {
  return said.body === undefined && /^\s*</.test(said.text) && !said.text.slice(0, 500).includes('<edmx:Edmx');
}
