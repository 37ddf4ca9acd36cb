import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findProjectFolder } from '../../runtime/project-folder.js';

const folder = join(findProjectFolder(), 'cabinet/src/languages');
const areas = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const languages = ['en', 'ru', 'uk', 'pl', 'ro'] as const;
const pluralEnds = /_(zero|one|two|few|many|other)$/;

type Words = { readonly [name: string]: string | Words };

/** Every word by its whole name, such as `signIn.title`. */
function flat(words: Words, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    else for (const [inner, text] of flat(value, `${prefix}${name}.`)) found.set(inner, text);
  }
  return found;
}

function read(area: string, language: string): Map<string, string> {
  return flat(JSON.parse(readFileSync(join(folder, area, `${language}.json`), 'utf8')) as Words);
}

const gaps = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? '').sort();
const stem = (name: string): string => name.replace(pluralEnds, '');

describe.each(areas)('the words of the pages: %s', (area) => {
  const english = read(area, 'en');

  test.each(languages)('%s has every word, none empty, with the same gaps', (language) => {
    const words = read(area, language);
    expect(new Set([...words.keys()].map(stem))).toEqual(new Set([...english.keys()].map(stem)));
    for (const [name, text] of words) {
      expect([name, text.trim()]).not.toEqual([name, '']);
      const model = english.get(name) ?? english.get(`${stem(name)}_other`) ?? '';
      // A plural form may leave the number out: "one record".
      const own = gaps(text).filter((gap) => gap !== 'count');
      expect([name, own]).toEqual([name, gaps(model).filter((gap) => gap !== 'count')]);
    }
  });

  test.each(languages)('%s has every plural form that the language needs', (language) => {
    const words = read(area, language);
    const counted = new Set([...words.keys()].filter((name) => pluralEnds.test(name)).map(stem));
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = [...counted].flatMap((name) =>
      needed.map((form) => `${name}_${form}`).filter((each) => !words.has(each)),
    );
    expect(missing).toEqual([]);
  });
});

test('no two areas use the same first name', () => {
  const firsts = areas.flatMap((area) => [...new Set([...read(area, 'en').keys()].map((name) => name.split('.')[0]))]);
  expect(firsts.filter((name, index) => firsts.indexOf(name) !== index)).toEqual([]);
});
