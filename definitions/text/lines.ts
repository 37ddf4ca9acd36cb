import { LineCounter } from 'yaml';
import type { TextRange } from './problem.js';

/** Offsets to lines and columns, both counted from 1; columns in UTF-16 units as editors do. */
export interface LineIndex {
  place(offset: number): { readonly line: number; readonly column: number };
  /** The line of a range with a marker under it; `shown` stands in for the text (`maskText`). */
  excerpt(range: TextRange, shown?: string): string;
}

export function lineIndex(text: string, starts?: readonly number[]): LineIndex {
  const counter = new LineCounter();
  if (starts) for (const start of starts) counter.addNewLine(start);
  else {
    counter.addNewLine(0);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  }
  const place = (offset: number) => {
    const { line, col } = counter.linePos(Math.min(Math.max(offset, 0), text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return { place, excerpt: (range, shown = text) => excerptOf(shown, range, place(range.start)) };
}

/** Keeps every offset: line breaks stay, all other characters of the ranges become stars. */
export function maskText(text: string, ranges: readonly TextRange[]): string {
  let shown = text;
  for (const { start, end } of ranges) {
    shown = shown.slice(0, start) + shown.slice(start, end).replace(/[^\r\n]/g, '*') + shown.slice(end);
  }
  return shown;
}

const longestLine = 160;

function excerptOf(text: string, range: TextRange, at: { line: number; column: number }): string {
  const lineStart = range.start - (at.column - 1);
  const lineEnd = endOfLine(text, lineStart);
  const cut = at.column - 1 > longestLine - 40 ? at.column - 41 : 0;
  const shown = text.slice(lineStart + cut, Math.min(lineEnd, lineStart + cut + longestLine));
  const width = Math.max(1, Math.min(range.end, lineEnd) - range.start);
  const number = String(at.line);
  const marker = `${' '.repeat(at.column - 1 - cut)}${'^'.repeat(Math.min(width, longestLine))}`;
  return `${number} | ${shown}\n${' '.repeat(number.length)} | ${marker}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  const last = end < 0 ? text.length : end;
  return text[last - 1] === '\r' ? last - 1 : last;
}
