import { chooseLanguage, type Language } from '../languages/language.js';

/** The language of the terminal: `LC_ALL`, `LC_MESSAGES` or `LANG`, such as `pl_PL.UTF-8`; English where it is none of ours. */
export function languageOfLocale(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = [environment.LC_ALL, environment.LC_MESSAGES, environment.LANG].find((value) => Boolean(value));
  return chooseLanguage(null, locale?.split(/[.@]/)[0]?.replace('_', '-'));
}

/** Tells our sentences in a language. What the server has told already stays as it is. */
export async function translator(language: Language = 'en'): Promise<(text: string) => string> {
  if (language === 'en') return (text) => text;
  // The sentences are large, and English commands never need them.
  const { translateSentence } = await import('../languages/index.js');
  return (text) => translateSentence(text, language);
}

/** Problems or failures with their sentences in a language. */
export async function toldIn<Told extends { readonly message: string; readonly hint: string }>(
  language: Language | undefined,
  list: readonly Told[],
): Promise<Told[]> {
  const say = await translator(language);
  return list.map((each) => ({ ...each, message: say(each.message), hint: say(each.hint) }));
}
