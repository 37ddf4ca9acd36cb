import { matchTemplate, parseTemplate, type Template } from './template.js';

/** A template that fits a text, with the values of its gaps. */
export interface Found {
  readonly template: Template;
  readonly values: readonly string[];
}

/** English templates, found again in texts by the word that they begin with. */
export class Catalogue {
  readonly #byFirstWord = new Map<string, Template[]>();
  /** Those whose first word is (partly) a gap. */
  readonly #others: Template[] = [];

  constructor(templates: readonly string[]) {
    for (const template of templates.map(parseTemplate)) this.#shelf(template).push(template);
  }

  /** The template that accounts for most of the text. */
  find(text: string): Found | null {
    let best: Found | null = null;
    for (const template of [...(this.#byFirstWord.get(firstWord(text)) ?? []), ...this.#others]) {
      if (best !== null && template.weight <= best.template.weight) continue;
      const values = matchTemplate(template, text);
      if (values !== null) best = { template, values };
    }
    return best;
  }

  #shelf(template: Template): Template[] {
    const start = template.literals[0] ?? '';
    const word = firstWord(start);
    if (template.literals.length > 1 && word.length === start.length) return this.#others;
    const shelf = this.#byFirstWord.get(word) ?? [];
    this.#byFirstWord.set(word, shelf);
    return shelf;
  }
}

function firstWord(text: string): string {
  const end = text.indexOf(' ');
  return end < 0 ? text : text.slice(0, end);
}
