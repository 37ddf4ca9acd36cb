import type { JsonValue } from '../../core/json.js';

/** A number that JSON.parse may round: many digits, or an exponent. Text members may match too, which costs only time. */
const suspicious = /(?:^|[[:,])\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/;

/**
 * JSON whose numbers keep their digits (D9): what a JavaScript number cannot hold exactly arrives as text, all other
 * numbers as numbers. Throws SyntaxError as JSON.parse does.
 */
export function parseExactJson(text: string): JsonValue {
  if (!suspicious.test(text)) return JSON.parse(text);
  // Only text that is JSON is rewritten, so that an error speaks of what really stands there.
  const value: JsonValue = JSON.parse(text);
  const exact = quoteInexactNumbers(text);
  return exact === text ? value : JSON.parse(exact);
}

const numberAt = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function quoteInexactNumbers(text: string): string {
  let out = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = endOfString(text, at);
    } else if (code === 45 || (code >= 48 && code <= 57)) {
      numberAt.lastIndex = at;
      const token = numberAt.exec(text)?.[0] ?? text[at] ?? '';
      if (!isExact(token)) {
        out += `${text.slice(copied, at)}"${token}"`;
        copied = at + token.length;
      }
      at += Math.max(1, token.length);
    } else at += 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Whether a JavaScript number keeps every digit of this one: the shortest text of the number has the same digits. */
function isExact(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return false;
  if (String(number) === token) return true;
  return significant(token) === significant(String(number));
}

/** Digits without sign, point and outer zeros, with the power of ten of the first one. */
function significant(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`;
  const leading = digits.length - digits.replace(/^0+/, '').length;
  const kept = digits.slice(leading).replace(/0+$/, '');
  if (kept === '') return '0';
  return `${kept}@${whole.length - leading + Number(exponent)}`;
}
