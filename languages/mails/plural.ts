import type { Language } from '../language.js';

/** Words for counts by the plural rules of a language; `other` is for those that have no form of their own. */
export type Forms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

/** `5 минут`: the count and the word in the form that belongs to it. */
export function counter(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other}`;
}
