/**
 * Where in a definition the caret stands, read from the lines around it: a text under somebody's hands is seldom YAML,
 * so indentation and brackets say it. List members are `[]`.
 */
export interface TextPlace {
  /** Keys from the top to where the caret is; with `isKey` the last one is being typed and is left out. */
  readonly path: readonly string[];
  readonly isKey: boolean;
  /** What is typed of the word so far, without its quote. */
  readonly word: string;
  /** Column of the word's first sign, from 0. */
  readonly start: number;
  /** Whether the word begins behind a quote. */
  readonly isQuoted: boolean;
}

export function placeAt(lines: readonly string[], row: number, column: number): TextPlace {
  const line = (lines[row] ?? '').slice(0, column);
  const inLine = readLine(line);
  const parents = parentsOf(lines, row, inLine.indent);
  return { ...inLine.place, path: [...parents, ...inLine.place.path] };
}

interface Frame {
  readonly isList: boolean;
  key: string | null;
}

function readLine(line: string): { place: TextPlace; indent: number } {
  const dashes = /^(\s*)((?:- +)*)(-$)?/.exec(line);
  const lead = (dashes?.[1] ?? '').length;
  const steps = (dashes?.[2] ?? '').match(/-/g)?.length ?? 0;
  const path: string[] = Array.from({ length: steps }, () => '[]');
  const frames: Frame[] = [{ isList: false, key: null }];
  let at = (dashes?.[0] ?? '').length;
  let start = at;
  let quote = '';
  let isQuoted = false;
  const top = (): Frame => frames[frames.length - 1] ?? { isList: false, key: null };
  const begin = (from: number): void => {
    start = from;
    isQuoted = false;
  };
  for (; at < line.length; at++) {
    const sign = line[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      continue;
    }
    if ((sign === '"' || sign === "'") && line.slice(start, at).trim() === '') {
      quote = sign;
      start = at + 1;
      isQuoted = true;
    } else if (sign === '{' || sign === '[') {
      if (line.slice(start, at).trim() !== '') continue;
      frames.push({ isList: sign === '[', key: null });
      begin(at + 1);
    } else if ((sign === '}' || sign === ']') && frames.length > 1) {
      frames.pop();
      begin(at + 1);
    } else if (sign === ',' && frames.length > 1) {
      top().key = null;
      begin(at + 1);
    } else if (sign === ':' && /[\s]/.test(line[at + 1] ?? ' ') && top().key === null && !top().isList) {
      top().key = line.slice(start, at).trim().replace(/["']$/, '');
      begin(at + 1);
    }
  }
  for (const frame of frames) {
    if (frame !== frames[0] && frame.isList) path.push('[]');
    if (frame.key !== null) path.push(frame.key);
  }
  const blanks = isQuoted ? 0 : (/^\s*/.exec(line.slice(start))?.[0].length ?? 0);
  const last = top();
  const word = line.slice(start + blanks);
  return {
    place: { path, isKey: last.key === null && !last.isList, word, start: start + blanks, isQuoted },
    indent: lead + (steps > 0 ? 0.5 : 0),
  };
}

/** Keys of the lines above that are indented less and less. */
function parentsOf(lines: readonly string[], row: number, indent: number): string[] {
  const path: string[] = [];
  let least = indent;
  for (let at = row - 1; at >= 0 && least > 0; at--) {
    const line = lines[at] ?? '';
    const shown = line.trimStart();
    if (shown === '' || shown.startsWith('#')) continue;
    const found = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s#:'"{[-][^:]*?))\s*:(?:\s|$)/.exec(line);
    const lead = line.length - shown.length;
    const dashes = (found?.[2] ?? /^(?:- +|-$)+/.exec(shown)?.[0] ?? '').match(/-/g)?.length ?? 0;
    const keyColumn = lead + (found?.[2] ?? '').length;
    const name = found?.[3] ?? found?.[4] ?? found?.[5];
    if (name !== undefined && keyColumn < least && isOpen(line)) {
      path.unshift(name);
      least = keyColumn;
    }
    if (dashes > 0 && lead < least) {
      for (let each = 0; each < dashes; each++) path.unshift('[]');
      // A list may begin at the column of its key.
      least = lead + 0.5;
    }
  }
  return path;
}

/** Whether a line leaves its key to be filled by the lines below. */
function isOpen(line: string): boolean {
  return /:\s*(?:#.*)?(?:[|>][-+]?\s*)?$/.test(line) || /[{[,]\s*(?:#.*)?$/.test(line);
}
