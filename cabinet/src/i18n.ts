import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { wordsOf } from './languages/index.js';

export const languages = { en: 'English', ru: 'Русский', uk: 'Українська', pl: 'Polski', ro: 'Română' } as const;
export type Language = keyof typeof languages;

const kept = 'pipewright-language';

function isLanguage(text: string | null | undefined): text is Language {
  return text != null && Object.hasOwn(languages, text);
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find(isLanguage) ?? 'en';
}

/** Resolves when the pages can speak. Every language has every word, so no second one is loaded besides. */
export async function startSpeaking(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await wordsOf[language]() } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
}

let wanted: Language | null = null;

/** Changes the language of the pages as soon as its words are here; unknown ones are left out. */
export async function speak(language: string | null): Promise<void> {
  if (!isLanguage(language)) return;
  localStorage.setItem(kept, language);
  wanted = language;
  if (language === i18next.language) return;
  i18next.addResourceBundle(language, 'translation', await wordsOf[language]());
  // Another one may have been chosen while these words were on their way.
  if (wanted !== language) return;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export default i18next;
