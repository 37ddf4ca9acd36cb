import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { chooseLanguage, type Language, translateSentence } from '../../languages/index.js';
import { localsOf } from './locals.js';

/** Where answers hold failures and problems; anything else is the customer's own and stays as it is. */
const places = new Set(['details', 'failure', 'items', 'problems', 'run']);
/** Texts of ours at those places. */
const sentences = new Set(['detail', 'hint', 'message', 'waitReason']);

const chosen = new WeakMap<ServerResponse, Language>();

/**
 * Says in which language this request is answered (the caller's own, else `Accept-Language`, else English), and tells
 * caches of it. `caller` is the setting of the person who asks.
 */
export function chooseAnswerLanguage(
  request: Request,
  response: Response,
  caller: string | null | undefined = localsOf(response).language,
): Language {
  const language = chooseLanguage(caller, request.get('accept-language'));
  chosen.set(response, language);
  response.vary('Accept-Language');
  response.setHeader('Content-Language', language);
  return language;
}

/** The language chosen for an answer under way, such as a stream of events. */
export function languageOf(response: ServerResponse): Language {
  return chosen.get(response) ?? 'en';
}

/** A body with our sentences in another language. Codes, values and everything that is not ours stay. */
export function tellIn<Body>(language: Language, body: Body): Body {
  return language === 'en' ? body : (told(body, language) as Body);
}

function told(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((each) => told(each, language));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toldAt(key, each, language)]));
}

function toldAt(key: string, value: unknown, language: Language): unknown {
  if (typeof value === 'string') return sentences.has(key) ? translateSentence(value, language) : value;
  return places.has(key) ? told(value, language) : value;
}
