import { isObject, type JsonObject } from './json.js';

/** A body whose one long list was cut into the bytes of its parts; `envelope` is the rest, with the list left empty. */
export interface SlicedBody {
  readonly envelope: JsonObject;
  readonly parts: readonly Buffer[];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Cuts the list under the top-level key `name` into its objects without parsing them, so that each can be hashed and
 * stored as it was sent: half the cost of parsing and printing again. Undefined where the body is not such an object
 * or holds anything but objects in the list; then the caller parses the whole and finds out what is wrong.
 */
export function sliceList(body: Buffer, name: string): SlicedBody | undefined {
  const listAt = findList(body, name);
  if (listAt < 0) return undefined;
  const parts: Buffer[] = [];
  let at = skipBlanks(body, listAt + 1);
  while (body[at] === OPEN_OBJECT) {
    const end = endOf(body, at);
    if (end < 0) return undefined;
    parts.push(body.subarray(at, end));
    at = skipBlanks(body, end);
    if (body[at] === CLOSE_LIST) break;
    if (body[at] !== COMMA) return undefined;
    at = skipBlanks(body, at + 1);
    if (body[at] === CLOSE_LIST) return undefined;
  }
  if (body[at] !== CLOSE_LIST) return undefined;
  const envelope = parsed(body.toString('utf8', 0, listAt + 1) + body.toString('utf8', at));
  return isObject(envelope) ? { envelope, parts } : undefined;
}

/** The offset of the `[` that follows the top-level key, or -1. */
function findList(body: Buffer, name: string): number {
  let depth = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
    else if (byte === QUOTE) {
      const end = endOfText(body, at);
      if (depth === 1 && body.toString('latin1', at + 1, end) === name) {
        const colon = skipBlanks(body, end + 1);
        const value = skipBlanks(body, colon + 1);
        if (body[colon] === 0x3a && body[value] === OPEN_LIST) return value;
      }
      at = end;
    }
  }
  return -1;
}

/** The offset behind the object that begins at `at`, or -1. */
function endOf(body: Buffer, at: number): number {
  let depth = 0;
  for (let place = at; place < body.length; place += 1) {
    const byte = body[place];
    if (byte === QUOTE) place = endOfText(body, place);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return place + 1;
    }
  }
  return -1;
}

/** The offset of the quote that ends the text begun at `at`. */
function endOfText(body: Buffer, at: number): number {
  let place = at + 1;
  while (place < body.length && body[place] !== QUOTE) place += body[place] === BACKSLASH ? 2 : 1;
  return place;
}

function skipBlanks(body: Buffer, at: number): number {
  let place = at;
  for (let byte = body[place]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = body[place])
    place += 1;
  return place;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
