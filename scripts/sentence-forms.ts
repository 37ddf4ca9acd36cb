/** A text with gaps: `null` is a gap. */
export type Pattern = readonly (string | null)[];

export const gap: Pattern = [null];
/** A sentence with more forms than this keeps a gap where the forms differ. */
export const mostForms = 16;

export function isGap(pattern: Pattern): boolean {
  return pattern.every((part) => part === null || part === '');
}

/** The forms with words; everything without any is one and the same gap. */
export function worded(forms: readonly Pattern[]): Pattern[] {
  const hasWords = (form: Pattern): boolean =>
    isEmpty(form) || form.some((part) => part !== null && /[a-z]{2}/.test(part.replaceAll(/`[^`]*`/g, '')));
  const words = forms.filter(hasWords);
  if (words.length === 0 || words.every(isEmpty)) return [gap];
  return words.length === forms.length ? [...words] : [...words, gap];
}

function isEmpty(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === '';
}

/** Each head with each value and then the tail. */
export function product(heads: readonly Pattern[], values: readonly Pattern[], tail: Pattern): Pattern[] {
  const few = heads.length * values.length > mostForms ? [gap] : values;
  return heads.flatMap((head) => few.map((value) => joined([...head, ...value, ...tail])));
}

/** Neighbouring texts as one, and neighbouring gaps as one. */
function joined(parts: Pattern): Pattern {
  const all: (string | null)[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else if (part !== null || last !== null) all.push(part);
  }
  return all.length === 0 ? [''] : all;
}

export function withFullStop(pattern: Pattern): Pattern {
  const last = pattern.at(-1);
  return typeof last === 'string' && last.endsWith('.') ? pattern : joined([...pattern, '.']);
}

export function distinct(forms: readonly Pattern[]): Pattern[] {
  return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
}

export function templateOf(pattern: Pattern): string {
  let number = 0;
  return pattern.map((part) => part ?? `{${number++}}`).join('');
}
