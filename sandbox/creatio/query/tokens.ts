import { QueryProblem } from './problems.js';

export type TokenKind = 'guid' | 'moment' | 'number' | 'text' | 'word' | 'mark' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  ['moment', /\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?(?![\w:])/iy],
  ['number', /[+-]?\d+(\.\d+)?([eE][+-]?\d+)?[mMdDfFlL]?(?![\w'])/y],
  ['text', /'(?:[^']|'')*'/y],
  ['word', /[A-Za-z_][\w]*(?:\/[A-Za-z_$][\w]*)*/y],
  ['mark', /[(),:]/y],
];

/** Cuts a `$filter` into tokens; the last one is `end`. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    while (source[at] === ' ' || source[at] === '\t') at += 1;
    if (at >= source.length) return [...found, { kind: 'end', text: '', at }];
    const token = tokenAt(source, at);
    found.push(token);
    at += token.text.length;
  }
}

function tokenAt(source: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) continue;
    // OData 3 wrote guid'...' and datetime'...'; OData 4 knows no such literals.
    if (kind === 'word' && source[at + text.length] === "'")
      throw new QueryProblem(`Unrecognized '${text}'...' literal '${source.slice(at)}' at '${at}' in '${source}'.`);
    return { kind, text, at };
  }
  if (source[at] === "'")
    throw new QueryProblem(`There is an unterminated string literal at position ${source.length} in '${source}'.`);
  throw syntaxError(source, at);
}

export function syntaxError(source: string, at: number): QueryProblem {
  return new QueryProblem(`Syntax error at position ${at} in '${source}'.`);
}
