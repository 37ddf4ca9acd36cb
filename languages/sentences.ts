import { Catalogue, type Found } from './catalogue.js';
import type { Language } from './language.js';
import pl from './sentences/pl.json' with { type: 'json' };
import ro from './sentences/ro.json' with { type: 'json' };
import ru from './sentences/ru.json' with { type: 'json' };
import templates from './sentences/templates.json' with { type: 'json' };
import uk from './sentences/uk.json' with { type: 'json' };
import { fillTemplate } from './template.js';

/** By language: what each English template is there. */
export const translations: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, string>>>> = {
  ru,
  uk,
  pl,
  ro,
};

/** A longer text comes from elsewhere and stays as it is. */
const longestText = 16_384;
const mostSentences = 24;
/** A sentence in a gap of a sentence, and a phrase in a gap of that. */
const deepest = 3;

let made: { readonly sentences: Catalogue; readonly phrases: Catalogue } | undefined;

/** Made at the first use: English callers never need it. */
function catalogues(): { readonly sentences: Catalogue; readonly phrases: Catalogue } {
  made ??= { sentences: new Catalogue(templates.sentences), phrases: new Catalogue(templates.phrases) };
  return made;
}

/**
 * An English text of ours in another language, sentence by sentence. The values in it stay as they are, and so does
 * every sentence that is not one of ours, such as a vendor's words. The text may come from the database: it is found by
 * its form alone.
 */
export function translateSentence(text: string, language: Language): string {
  return language === 'en' || text.length > longestText ? text : translate(text, language, deepest);
}

function translate(text: string, language: Exclude<Language, 'en'>, depth: number): string {
  const cuts = cutsOf(text);
  return bestParts(text, cuts)
    .map(({ part, found }) => (found === null ? part : told(found, language, depth)))
    .join('');
}

/** Offsets at which sentences may begin, with the end of the text. */
function cutsOf(text: string): number[] {
  const cuts = [0];
  for (const { index } of text.matchAll(/[.?!] (?=[A-Z`])/g)) {
    if (cuts.length >= mostSentences) break;
    cuts.push(index + 1);
  }
  return [...cuts, text.length];
}

interface Part {
  readonly part: string;
  readonly found: Found | null;
}

/** Cuts the text so that templates account for as much of it as possible. */
function bestParts(text: string, cuts: readonly number[]): Part[] {
  const best: { readonly weight: number; readonly parts: readonly Part[] }[] = [];
  const last = cuts.length - 1;
  best[last] = { weight: 0, parts: [] };
  for (let from = last - 1; from >= 0; from -= 1) {
    for (let to = from + 1; to <= last; to += 1) {
      const rest = best[to];
      const parts = partsOf(text.slice(cuts[from], cuts[to]));
      const weight = (rest?.weight ?? 0) + parts.reduce((sum, { found }) => sum + (found?.template.weight ?? 0), 0);
      const isBetter = weight > (best[from]?.weight ?? -1);
      if (isBetter && rest !== undefined) best[from] = { weight, parts: [...parts, ...rest.parts] };
    }
  }
  return [...(best[0]?.parts ?? [])];
}

/** The space before a sentence stays before its translation. */
function partsOf(text: string): Part[] {
  const isSpaced = text.startsWith(' ');
  const found = catalogues().sentences.find(isSpaced ? text.slice(1) : text);
  return isSpaced && found !== null
    ? [
        { part: ' ', found: null },
        { part: text, found },
      ]
    : [{ part: text, found }];
}

function told({ template, values }: Found, language: Exclude<Language, 'en'>, depth: number): string {
  const translation = translations[language][template.text] ?? template.text;
  const inside = values.map((value, number) =>
    template.isQuoted[number] === true || depth === 0 ? value : phrase(value, language, depth - 1),
  );
  return fillTemplate(translation, inside);
}

/** What stands in a gap: a phrase of ours, several of them, or a sentence of ours; anything else as it is. */
function phrase(value: string, language: Exclude<Language, 'en'>, depth: number): string {
  if (!/[a-z]{2}/.test(value)) return value;
  const found = catalogues().phrases.find(value);
  if (found !== null) return told(found, language, depth);
  if (/[.?!]$/.test(value)) return translate(value, language, depth);
  if (!value.includes('; ')) return value;
  return value
    .split('; ')
    .map((part) => {
      const one = catalogues().phrases.find(part);
      return one === null ? part : told(one, language, depth);
    })
    .join('; ');
}
