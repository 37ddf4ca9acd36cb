import { type Answer, htmlAnswer, jsonAnswer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import type { Performed } from './dispatch.js';
import type { ApiError } from './errors.js';

/** The envelope of a successful call; `total` and `next` are there for lists alone. */
export function envelope({ result, next, total, time }: Performed): JsonObject {
  return { result, ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }), time };
}

/** An error of the second version: a code, which may be empty, and a sentence. */
export function failure(status: number, error: string | number, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description });
}

export const failureOf = ({ status, code, message }: ApiError): Answer => failure(status, code, message);

export const tooManyRequests = (): Answer => failure(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');

/** What the proxy in front of the portal says when the portal does not. */
export function proxyPage(status: 404 | 502 | 504): Answer {
  const title = { 404: '404 Not Found', 502: '502 Bad Gateway', 504: '504 Gateway Time-out' }[status];
  return htmlAnswer(
    status,
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  );
}

/** The same body as a tree of XML, for methods called with the suffix `.xml`. */
export function xmlAnswer(status: number, body: JsonObject): Answer {
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n<response>${tree(body)}</response>`;
  return { status, headers: { 'content-type': 'application/xml; charset=utf-8' }, body: xml };
}

function tree(value: Json): string {
  if (Array.isArray(value)) return value.map((part) => `<item>${tree(part)}</item>`).join('');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([key, part]) => {
        const tag = /^[A-Za-z_]/.test(key) ? key : 'item';
        return `<${tag}>${tree(part)}</${tag}>`;
      })
      .join('');
  }
  if (value === null) return '';
  return String(value).replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
