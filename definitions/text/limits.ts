import { type CST, Lexer, Parser } from 'yaml';
import type { TextProblem } from './problem.js';

export const textLimits = { bytes: 256 * 1024, depth: 32, nodes: 10_000 } as const;

export type Scan =
  | { readonly tokens: readonly CST.Token[]; readonly lineStarts: readonly number[] }
  | { readonly problem: TextProblem };

/**
 * Reads the text lexeme by lexeme and stops at the first thing a definition may not hold, so that the composer,
 * which recurses and resolves, only ever gets flat and small input.
 */
export function scanText(text: string): Scan {
  if (text.length > textLimits.bytes || new TextEncoder().encode(text).length > textLimits.bytes) {
    return { problem: tooLarge() };
  }
  const lineStarts: number[] = [0];
  const parser = new Parser((offset) => {
    if (offset > 0) lineStarts.push(offset);
  });
  const tokens: CST.Token[] = [];
  const state = { nodes: 0, marks: 0, flowDepth: 0, isScalar: false };
  for (const lexeme of new Lexer().lex(text)) {
    const problem = refusedLexeme(lexeme, parser.offset, state, parser.stack.length);
    if (problem) return { problem };
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, lineStarts };
}

function refusedLexeme(
  lexeme: string,
  offset: number,
  state: { nodes: number; marks: number; flowDepth: number; isScalar: boolean },
  stackDepth: number,
): TextProblem | null {
  if (state.isScalar) {
    state.isScalar = false;
    return null;
  }
  switch (lexeme[0]) {
    case '\u001f':
      state.isScalar = true;
      state.nodes++;
      break;
    case '"':
    case "'":
    case '-':
      state.nodes++;
      break;
    case ',':
    case '#':
    case '.':
      // Commas, comments and document marks hold nothing, but the composer keeps each of them.
      state.marks++;
      break;
    case '[':
    case '{':
      state.nodes++;
      state.flowDepth++;
      break;
    case ']':
    case '}':
      state.flowDepth--;
      break;
    case '&':
      return refused('An anchor', lexeme, offset, 'Write the value out where it is needed.');
    case '*':
      return refused('An alias', lexeme, offset, 'Write the value out; quote the text if it begins with a star.');
    case '!':
      return refused(
        'A tag',
        lexeme,
        offset,
        'Leave the tag out; quote the text if it begins with an exclamation mark.',
      );
    case '%':
      return refused('A directive', lexeme, offset, 'Remove the line; definitions are plain YAML 1.2.');
    default:
  }
  // The parser's stack also holds the document and the scalar under way.
  if (state.flowDepth > textLimits.depth || stackDepth > textLimits.depth + 2) return tooDeep(offset);
  if (state.nodes > textLimits.nodes || state.marks > textLimits.nodes) return tooManyNodes(offset);
  return null;
}

function refused(what: string, lexeme: string, offset: number, hint: string): TextProblem {
  return {
    code: 'definition/yaml_refused',
    message: `${what} is not allowed in a definition: \`${lexeme.slice(0, 40)}\`.`,
    hint,
    range: { start: offset, end: offset + lexeme.length },
    path: [],
  };
}

function tooLarge(): TextProblem {
  return {
    code: 'definition/too_large',
    message: `The definition is larger than ${textLimits.bytes / 1024} KB.`,
    hint: 'Split it into several pipelines, or move large value tables to a stream.',
    range: { start: 0, end: 0 },
    path: [],
  };
}

export function tooDeep(offset: number): TextProblem {
  return {
    code: 'definition/too_deep',
    message: `The definition is nested deeper than ${textLimits.depth} levels.`,
    hint: 'Check the indentation and the brackets around this place.',
    range: { start: offset, end: offset + 1 },
    path: [],
  };
}

export function tooManyNodes(offset: number): TextProblem {
  return {
    code: 'definition/too_many_nodes',
    message: `The definition has more than ${textLimits.nodes.toLocaleString('en')} values.`,
    hint: 'Split it into several pipelines, or move large value tables to a stream.',
    range: { start: offset, end: offset + 1 },
    path: [],
  };
}
