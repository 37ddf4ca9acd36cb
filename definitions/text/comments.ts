import { Lexer } from 'yaml';
import type { TextRange } from './problem.js';

/** Where the comments of a text stand, from their `#` to the end of the line, in order. */
export function commentsOf(text: string): readonly TextRange[] {
  if (!text.includes('#')) return [];
  const found: TextRange[] = [];
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && lexeme.length === 1 && marks.has(lexeme)) {
      isScalar = lexeme === scalarMark;
      continue;
    }
    if (!isScalar && lexeme[0] === '#') found.push({ start: offset, end: offset + lexeme.length });
    isScalar = false;
    offset += lexeme.length;
  }
  return found;
}

const scalarMark = '\u001f';
/** Lexemes that say something about the next one and are no part of the text. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', scalarMark]);

/** Whether every comment of a text is still in the other one, word for word and as often. */
export function keepsComments(before: string, after: string): boolean {
  const counts = new Map<string, number>();
  for (const { start, end } of commentsOf(after)) {
    const comment = after.slice(start, end);
    counts.set(comment, (counts.get(comment) ?? 0) + 1);
  }
  return commentsOf(before).every(({ start, end }) => {
    const comment = before.slice(start, end);
    const left = counts.get(comment) ?? 0;
    counts.set(comment, left - 1);
    return left > 0;
  });
}
