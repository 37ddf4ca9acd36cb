import { isJsonObject, type JsonValue } from '../../core/json.js';

const plainForm = /^[A-Za-z_][\w./-]*( [\w./-]+)*$/;
const notPlain = /^(true|false|null|yes|no|on|off|y|n|\.nan|\.inf)$/i;

/** A scalar as YAML: plain where it stays the same text in every YAML reader, else in double quotes. */
export function renderScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : JSON.stringify(value);
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
 * What stands behind `key:` in a block map whose keys are indented by `indent`: on the same line for small values, on
 * lines of their own for larger ones. Begins with its space or line break.
 */
export function renderAfterKey(value: JsonValue, indent: number, eol: string): string {
  const line = renderFlow(value);
  const isNested = (isJsonObject(value) && Object.keys(value).length > 0) || (Array.isArray(value) && value.length > 0);
  if (!isNested || (line.length + indent < 100 && depth(value) < 2)) return ` ${line}`;
  return `${eol}${renderBlock(value, indent + 2, eol)}`;
}

/** A map or list on lines of its own, without a line break at its end. */
export function renderBlock(value: JsonValue, indent: number, eol: string): string {
  const margin = ' '.repeat(indent);
  if (Array.isArray(value)) return value.map((each) => `${margin}- ${renderItem(each, indent, eol)}`).join(eol);
  if (!isJsonObject(value)) return `${margin}${renderScalar(value)}`;
  return Object.entries(value)
    .map(([name, member]) => `${margin}${renderKey(name)}:${renderAfterKey(member, indent, eol)}`)
    .join(eol);
}

function renderItem(value: JsonValue, indent: number, eol: string): string {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return renderFlow(value);
  return renderBlock(value, indent + 2, eol).trimStart();
}

function depth(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
