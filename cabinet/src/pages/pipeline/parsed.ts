import { type ParsedText, parseText } from '../../../../definitions/text/tree.js';

/** A page works with the present text, and for a moment with the one before. */
const most = 2;
const kept: { readonly text: string; readonly parsed: ParsedText }[] = [];

/** What a text says: each text is parsed once, however many ask for it. */
export function parsedText(text: string): ParsedText {
  const found = kept.find((each) => each.text === text);
  if (found !== undefined) return found.parsed;
  const parsed = parseText(text);
  kept.unshift({ text, parsed });
  kept.length = Math.min(kept.length, most);
  return parsed;
}
