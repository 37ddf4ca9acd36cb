import { chooseLanguage, type Language } from '../../languages/language.js';
import type { Caller } from '../access/caller.js';

/** The language that an answer is given in: the person's own setting, else what the request asks for. */
export function languageOf(request: {
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string | undefined>>;
}): Language {
  return chooseLanguage(request.caller.language, request.headers['accept-language']);
}

/** Caches and readers learn which language it is. */
export function languageHeaders(language: string): Readonly<Record<string, string>> {
  return { 'Content-Language': language, Vary: 'Accept-Language, Cookie' };
}
