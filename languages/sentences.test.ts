import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { languages, translateSentence } from './index.js';
import templates from './sentences/templates.json' with { type: 'json' };
import { translations } from './sentences.js';
import { fillTemplate, matchTemplate, parseTemplate } from './template.js';

const all = [...templates.sentences, ...templates.phrases];
const others = languages.filter((language) => language !== 'en');

describe.each(others)('the sentences in %s', (language) => {
  const kept = translations[language];

  test('are all there (add what is listed to languages/sentences)', () => {
    expect(all.filter((template) => (kept[template] ?? '') === '')).toEqual([]);
  });

  test('are no more than those of the sources (remove what is listed)', () => {
    expect(Object.keys(kept).filter((template) => !all.includes(template))).toEqual([]);
  });

  test('have the same gaps, and leave what stands in backticks as it is', () => {
    const marks = (text: string): string[] => (text.match(/`[^`]*`|\{\d+\}/g) ?? []).sort();
    const gaps = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();
    const wrong = Object.entries(kept).filter(
      ([template, text]) =>
        marks(template).join() !== marks(text).join() || gaps(template).join() !== gaps(text).join(),
    );
    expect(wrong).toEqual([]);
  });

  test('end as the English ones do', () => {
    const wrong = Object.entries(kept).filter(
      ([template, text]) => /[.?]$/.exec(template)?.[0] !== /[.?]$/.exec(text)?.[0],
    );
    expect(wrong).toEqual([]);
  });

  test('are found again with any values in their gaps', () => {
    // No letters of sentences: a value that reads like a part of one could belong to either.
    const value = fc.string({ unit: fc.constantFrom('7', '4', 'Ω', 'ß', '_', '/', '@'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom(...templates.sentences.filter((template) => kept[template] !== undefined)),
        fc.array(value, { minLength: 12, maxLength: 12 }),
        (template, values) => {
          const told = translateSentence(fillTemplate(template, values), language);
          expect(told).toBe(fillTemplate(kept[template] ?? '', values));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('a sentence', () => {
  test('stays English in English', () => {
    expect(translateSentence('Stream `a` cannot be read.', 'en')).toBe('Stream `a` cannot be read.');
  });

  test('keeps its values, in the order of the other language', () => {
    expect(translateSentence('Stream `crm.deal` is not known to connector `bitrix24`.', 'ru')).toBe(
      'Поток `crm.deal` неизвестен коннектору `bitrix24`.',
    );
    expect(translateSentence('The account has no field `x{1}` in `deals`, or several with that caption.', 'pl')).toBe(
      'Konto nie ma w `deals` pola `x{1}` albo ma kilka z tym podpisem.',
    );
  });

  test('is told beside others in one text', () => {
    const text = 'Did you mean `crm.deals`? Known streams: companies, contacts, deals, and 3 more.';
    expect(translateSentence(text, 'uk')).toBe(
      'Можливо, малося на увазі `crm.deals`? Відомі потоки: companies, contacts, deals і ще 3.',
    );
  });

  test('of a vendor stays as it is, also beside one of ours', () => {
    expect(translateSentence('Der Zugriff wurde verweigert.', 'pl')).toBe('Der Zugriff wurde verweigert.');
    expect(translateSentence('Something odd. Choose another name.', 'pl')).toBe('Something odd. Wybierz inną nazwę.');
    expect(translateSentence('`deals` refused this record: Field TITLE is empty.', 'ro')).toBe(
      '`deals` a refuzat această înregistrare: Field TITLE is empty.',
    );
  });

  test('tells the phrases in its gaps in the same language', () => {
    expect(translateSentence('`-` needs a number, not a list.', 'ru')).toBe('Для `-` нужно число, а не список.');
    const bound =
      'The slots of this definition cannot be bound: there is no slot `a`; slot `b` has no connection; something new.';
    expect(translateSentence(bound, 'pl')).toBe(
      'Nie można powiązać slotów tej definicji: nie ma slotu `a`; slot `b` nie ma połączenia; something new.',
    );
  });

  test('inside another sentence is told too', () => {
    const text = 'Field `a` of `deals` was not created: Fields cannot be created in stream `deals`.';
    expect(translateSentence(text, 'ru')).toBe(
      'Поле `a` в `deals` не создано: В потоке `deals` нельзя создавать поля.',
    );
  });

  test('is looked for in bounded time, whatever the text', () => {
    const hostile = [
      'Stream `'.repeat(2_000),
      '. A'.repeat(5_000),
      'The workbook `x` is not read: '.repeat(500),
      '`'.repeat(16_000),
      `Did you mean \`${'a'.repeat(8_000)}`,
      '{0}{1}{2}'.repeat(1_500),
      ' '.repeat(16_000),
      'x'.repeat(5_000_000),
    ];
    const began = performance.now();
    for (const text of hostile) for (const language of others) translateSentence(text, language);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('does not fit a template whose last part would overlap its first', () => {
    expect(matchTemplate(parseTemplate('ab{0}ba'), 'aba')).toBeNull();
    expect(matchTemplate(parseTemplate('ab{0}ba'), 'abba')).toEqual(['']);
  });
});
