import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { words } from './languages/index.js';

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

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  resources: words,
  // React escapes by itself.
  interpolation: { escapeValue: false },
});

/** Changes the language of the pages at once; unknown ones are left out. */
export function speak(language: string | null): void {
  if (!isLanguage(language)) return;
  localStorage.setItem(kept, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export default i18next;
