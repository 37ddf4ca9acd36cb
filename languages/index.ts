export { chooseLanguage, isLanguage, type Language, languages } from './language.js';
export { type Mail, type MailKind, type MailText, mailText } from './mails/index.js';
export { translateSentence } from './sentences.js';
