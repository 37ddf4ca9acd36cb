import { Failure } from '../../core/failures.js';

const maxDepth = 32;
const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses bodies that are nested too deep or that carry names with a meaning of their own in JavaScript. */
export function guardJson(value: unknown, depth = 0): void {
  if (typeof value === 'string' && value.includes('\0')) throw refused('texts may not hold the character U+0000');
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxDepth) throw refused(`it is nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) {
    for (const member of value) guardJson(member, depth + 1);
    return;
  }
  for (const name of Object.keys(value)) {
    if (refusedNames.has(name) || name.includes('\0')) throw refused(`the name \`${name}\` may not be used`);
    guardJson((value as Record<string, unknown>)[name], depth + 1);
  }
}

function refused(what: string): Failure {
  return new Failure('api/bad_request', {
    message: `The request is refused: ${what}.`,
    hint: 'Send plain JSON objects of the documented shape.',
  });
}
