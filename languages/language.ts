/** The languages that people are answered in; the first is what everything is written in. */
export const languages = ['en', 'ru', 'uk', 'pl', 'ro'] as const;
export type Language = (typeof languages)[number];

const longestHeader = 1_000;

export function isLanguage(x: unknown): x is Language {
  return languages.some((language) => language === x);
}

/**
 * The language of an answer or a mail. A person's own setting wins; else the header `Accept-Language` decides by its
 * quality values (RFC 9110, 12.5.4), of equal ones the first; else English.
 */
export function chooseLanguage(personal: string | null | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(personal)) return personal;
  const wanted = rangesOf(acceptLanguage ?? '');
  const refused = new Set(wanted.filter(({ quality }) => quality === 0).map(({ name }) => name));
  const best = wanted
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ name }) => (name === '*' ? languages.find((language) => !refused.has(language)) : name))
    .find((name): name is Language => isLanguage(name) && !refused.has(name));
  return best ?? 'en';
}

/** Each language of the header without its region, and how much it is wanted. */
function rangesOf(header: string): { readonly name: string; readonly quality: number }[] {
  return header
    .slice(0, longestHeader)
    .toLowerCase()
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return {
        name: tag.split('-')[0] ?? '',
        quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0,
      };
    });
}
