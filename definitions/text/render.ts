import { isJsonObject, type JsonValue } from '../../core/json.js';
import { isAlwaysBlock } from './house-style.js';
import type { TextPath } from './problem.js';

const plainForm = /^[A-Za-z_][\w./-]*( [\w./-]+)*$/;
/** Durations and shares begin with a digit and are text all the same. */
const unitForm = /^[0-9]+(ms|[smhd%])$/;
const notPlain = /^(true|false|null|yes|no|on|off|y|n|\.nan|\.inf)$/i;
const widest = 120;

/** A scalar as YAML: plain where it stays the same text in every YAML reader, else in double quotes. */
export function renderScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) || unitForm.test(value) ? value : JSON.stringify(value);
}

export function renderKey(name: string): string {
  return isPlain(name) ? name : JSON.stringify(name);
}

function isPlain(text: string): boolean {
  return plainForm.test(text) && !notPlain.test(text) && text.length < 120;
}

/** On one line, as it stands inside brackets. */
export function renderFlow(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`;
  if (!isJsonObject(value)) return renderScalar(value);
  const members = Object.entries(value).map(([name, member]) => `${renderKey(name)}: ${renderFlow(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/**
 * What stands behind `key:` of the path in a block map whose keys are indented by `indent`: on the same line for small
 * values, on lines of their own for larger ones. Begins with its space or line break.
 */
export function renderAfterKey(path: TextPath, value: JsonValue, indent: number, eol: string): string {
  const line = renderFlow(value);
  const width = indent + String(path.at(-1) ?? '').length + 2 + line.length;
  if (!isNested(value) || (width <= widest && !isAlwaysBlock(path, value))) return ` ${line}`;
  return `${eol}${renderBlock(path, value, indent + 2, eol)}`;
}

/** A map or list on lines of its own, without a line break at its end. */
export function renderBlock(path: TextPath, value: JsonValue, indent: number, eol: string): string {
  const margin = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.map((each, at) => `${margin}- ${renderItem([...path, at], each, indent, eol)}`).join(eol);
  }
  if (!isJsonObject(value)) return `${margin}${renderScalar(value)}`;
  return Object.entries(value)
    .map(([name, each]) => `${margin}${renderKey(name)}:${renderAfterKey([...path, name], each, indent, eol)}`)
    .join(eol);
}

/** A member of a list as it stands behind its dash, which is indented by `indent`. */
export function renderItem(path: TextPath, value: JsonValue, indent: number, eol: string): string {
  const line = renderFlow(value);
  if (!isNested(value) || Array.isArray(value)) return line;
  if (indent + 2 + line.length <= widest && !isAlwaysBlock(path, value)) return line;
  return renderBlock(path, value, indent + 2, eol).trimStart();
}

export function isNested(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) && Object.keys(value).length > 0;
}
