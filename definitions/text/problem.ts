import type { ProblemCode } from '../check/problems.js';

/** A place inside a definition: keys and list indexes from the top. */
export type TextPath = readonly (string | number)[];

/** A stretch of the text, as offsets in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a text, before its line, column and excerpt are worked out. */
export interface TextProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly range: TextRange;
  readonly path: TextPath;
}

/** A path as people write it: `flows.deals.steps[0].where`. */
export function pathText(path: TextPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]+(\.[\w-]+)*$/.test(part) && !part.includes('.')) text += text === '' ? part : `.${part}`;
    else text += `['${part}']`;
  }
  return text;
}
