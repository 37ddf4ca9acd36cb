import type { VendorRequest } from '../kit/exchange.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { parsePhpQuery, putPhp, withLists } from './php.js';

/** All parameters of a request: those of the query, and over them those of the body, whatever its form. */
export function paramsOf(request: VendorRequest): JsonObject {
  const query = parsePhpQuery(request.target.slice(request.path.length + 1));
  if (request.body.length === 0) return query;
  return { ...query, ...bodyParams(request) };
}

function bodyParams(request: VendorRequest): JsonObject {
  const type = request.header('content-type') ?? '';
  if (type.includes('multipart/form-data')) return multipart(request.body, type);
  if (type.includes('json')) {
    const body = request.json();
    return isObject(body) ? body : {};
  }
  const text = request.body.toString('utf8');
  // A JSON body without its type arrives as one senseless form field; PHP sees no parameters then.
  return parsePhpQuery(text);
}

function multipart(body: Buffer, type: string): JsonObject {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  const root: JsonObject = {};
  if (boundary === undefined) return root;
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const name = /name="([^"]*)"/.exec(part.slice(0, split))?.[1];
    const file = /filename="([^"]*)"/.exec(part.slice(0, split))?.[1];
    const bytes = Buffer.from(part.slice(split + 4, -2), 'latin1');
    if (name === undefined) continue;
    // A file sent as such stands for its name and content.
    if (file !== undefined)
      putPhp(root, name, [Buffer.from(file, 'latin1').toString('utf8'), bytes.toString('base64')]);
    else putPhp(root, Buffer.from(name, 'latin1').toString('utf8'), bytes.toString('utf8'));
  }
  return withLists(root);
}
