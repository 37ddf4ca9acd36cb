export { chooseLanguage, isLanguage, type Language, languages } from './language.js';
export { translateSentence } from './sentences.js';
