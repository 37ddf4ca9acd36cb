/** An English sentence or phrase with numbered gaps, ready to be found in texts. */
export interface Template {
  readonly text: string;
  /** What stands before, between and behind the gaps; one more than there are gaps. */
  readonly literals: readonly string[];
  /** Whether each gap stands in backticks: names and values, which are never words. */
  readonly isQuoted: readonly boolean[];
  /** How much of a text it accounts for; the greatest fits best. */
  readonly weight: number;
}

const gapPattern = /\{(\d{1,2})\}/;

/** Gaps are numbered from 0 in the order of the English text. */
export function parseTemplate(text: string): Template {
  const literals = text.split(/\{\d{1,2}\}/);
  let ticks = 0;
  const isQuoted = literals.slice(0, -1).map((literal) => {
    ticks += literal.split('`').length - 1;
    return ticks % 2 === 1;
  });
  return { text, literals, isQuoted, weight: literals.join('').length };
}

/** The values of the gaps where the whole text fits, else null. Time grows with the text only: nothing is tried twice. */
export function matchTemplate({ literals }: Template, text: string): string[] | null {
  const first = literals[0] ?? '';
  const last = literals.at(-1) ?? '';
  if (literals.length === 1) return text === first ? [] : null;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return null;
  const values: string[] = [];
  let at = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at);
    if (found < 0 || found + literal.length > end) return null;
    values.push(text.slice(at, found));
    at = found + literal.length;
  }
  values.push(text.slice(at, end));
  return values;
}

/** Puts the values into the gaps of a text, in whatever order it has them. */
export function fillTemplate(text: string, values: readonly string[]): string {
  return text
    .split(/(\{\d{1,2}\})/)
    .map((part) => {
      const number = gapPattern.exec(part)?.[1];
      return number === undefined ? part : (values[Number(number)] ?? '');
    })
    .join('');
}
