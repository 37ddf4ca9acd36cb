/** The words of one language, loaded when it is spoken. Every folder here is an area; a new one needs no line. */
export const wordsOf = {
  en: async () => (await import('./en.js')).words,
  ru: async () => (await import('./ru.js')).words,
  uk: async () => (await import('./uk.js')).words,
  pl: async () => (await import('./pl.js')).words,
  ro: async () => (await import('./ro.js')).words,
};
