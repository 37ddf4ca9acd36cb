import { type Language, languages } from '../../i18n.js';

export interface PageText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export type PageTexts = Readonly<Partial<Record<Language, PageText>>>;

export const languageCodes = Object.keys(languages) as readonly Language[];

/** What the server sent, with what is no text left out. */
export function textsOf(sent: Readonly<Record<string, unknown>>): PageTexts {
  return Object.fromEntries(
    languageCodes.flatMap((language) => {
      const text = sent[language];
      return isText(text) ? [[language, { title: text.title, body: text.body }]] : [];
    }),
  );
}

/** The title as visitors of a language see it. */
export function titleOf(sent: Readonly<Record<string, unknown>>, language: string): string {
  const texts = textsOf(sent);
  const own = languageCodes.find((each) => each === language);
  const shown = (own !== undefined && texts[own]) || texts.en || Object.values(texts)[0];
  return shown?.title ?? '';
}

/** Languages that somebody wrote something in. */
export function writtenOf(texts: PageTexts): PageTexts {
  return Object.fromEntries(
    Object.entries(texts).filter(([, { title, body }]) => title.trim() !== '' || body.trim() !== ''),
  );
}

function isText(value: unknown): value is PageText {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    typeof value.title === 'string' &&
    'body' in value &&
    typeof value.body === 'string'
  );
}
