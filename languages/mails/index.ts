import type { Language } from '../language.js';
import { translateSentence } from '../sentences.js';
import { en } from './en.js';
import type { Mail, MailKind, MailText, MailTexts, MailWords } from './mail.js';
import { pl } from './pl.js';
import { ro } from './ro.js';
import { ru } from './ru.js';
import { uk } from './uk.js';

export type { Mail, MailKind, MailText } from './mail.js';

const texts: Readonly<Record<Language, MailTexts>> = { en, ru, uk, pl, ro };
const longestName = 200;
const longestSubject = 150;

/** A mail in the language of whoever gets it: one line of subject, and plain text. */
export function mailText(language: Language, mail: Mail): MailText {
  const { subject, body } = wordsOf(texts[language], tidy(language, mail));
  const paragraphs = [
    ...body.filter((paragraph) => paragraph !== undefined && paragraph !== ''),
    texts[language].signature,
  ];
  return { subject: oneLine(subject, longestSubject), text: paragraphs.join('\n\n') };
}

function wordsOf<Kind extends MailKind>(of: MailTexts, mail: Extract<Mail, { kind: Kind }>): MailWords {
  const words = of[mail.kind] as (mail: Extract<Mail, { kind: Kind }>) => MailWords;
  return words(mail);
}

/** Names and subjects come from people: they stay on one line, so that none can begin a paragraph of its own. */
function tidy(language: Language, mail: Mail): Mail {
  const entries = Object.entries(mail).map(([name, value]) => {
    if (typeof value !== 'string' || name === 'kind' || name === 'link') return [name, value];
    if (name === 'answer') return [name, value.replaceAll('\r\n', '\n').trim()];
    return [name, name === 'reason' ? translateSentence(value, language) : oneLine(value, longestName)];
  });
  return Object.fromEntries(entries) as Mail;
}

function oneLine(text: string, longest: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these would end the line of a header
  const line = text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
