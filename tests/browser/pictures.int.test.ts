import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { type Bed, type Language, openBed } from './bed.js';
import { makeScene, type Scene } from './scene.js';
import { smallPng } from './small-png.js';

const project = findProjectFolder();
const wordsFolder = join(project, 'cabinet', 'src', 'languages');
const picturesFolder = join(project, 'docs', 'pictures');
/** PIPEWRIGHT_PICTURES=1 takes the pictures of docs/pictures anew; else the pages are only read. */
const takesPictures = process.env.PIPEWRIGHT_PICTURES === '1';
const languages = ['en', 'ru', 'uk', 'pl', 'ro'] as const;

type Words = { readonly [name: string]: string | Words };

function flat(words: Words, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [[prefix + name, value] as [string, string]] : flat(value, `${prefix}${name}.`),
  );
}

function wordsOf(language: Language): ReadonlyMap<string, string> {
  const areas = readdirSync(wordsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    areas.flatMap(({ name }) =>
      flat(JSON.parse(readFileSync(join(wordsFolder, name, `${language}.json`), 'utf8')) as Words),
    ),
  );
}

/** Sentences that English alone has: seen on a page of another language, somebody forgot to translate it. */
function onlyEnglish(language: Language): readonly string[] {
  const own = wordsOf(language);
  const spoken = new Set(own.values());
  return [...wordsOf('en')]
    .filter(([name, text]) => text.includes(' ') && !text.includes('{{') && own.get(name) !== text && !spoken.has(text))
    .map(([, text]) => text);
}

/** Six pages of each language. */
const pagesOf = ({ ids }: Scene): Readonly<Record<string, string>> => ({
  home: '/',
  pipeline: '/pipelines/customers',
  mapping: '/pipelines/customers/flows/contacts/mapping',
  run: `/runs/${ids.runs}`,
  'dead-letters': '/dead-letters',
  connection: `/connections/${ids.connections}`,
});

describe('six pages in five languages', () => {
  let bed: Bed;
  let scene: Scene;

  beforeAll(async () => {
    bed = await openBed({ practice: { records: 60, dirty: 0.1 } });
    scene = await makeScene(bed, 'pictures');
  }, 120_000);

  afterAll(async () => {
    await bed?.close();
  });

  test.each(languages)(
    '%s: every word is in the language, no name of a word is left',
    async (language) => {
      // The server's own sentences follow the person's setting.
      expect((await scene.owner.call('PATCH', '/me', { language })).status).toBe(200);
      const { page } = await bed.signIn({ person: scene.owner, language });
      const names = new Set(wordsOf(language).keys());
      const foreign = language === 'en' ? [] : onlyEnglish(language);
      const problems: string[] = [];
      for (const [name, address] of Object.entries(pagesOf(scene))) {
        await page.goto(address);
        await settled(page);
        const text = await spokenText(page);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        for (const part of text.split(/\s+/))
          if (names.has(part) && part.includes('.')) problems.push(`${name}: ${part}`);
        if (/\{\{\w+\}\}/.test(text)) problems.push(`${name}: a gap was not filled`);
        for (const sentence of foreign) if (text.includes(sentence)) problems.push(`${name}: ${sentence}`);
        await take(page, language, name);
      }
      expect(problems).toEqual([]);
    },
    90_000,
  );
});

/** What is read and what is spoken: texts, names, descriptions. */
async function spokenText(page: Page): Promise<string> {
  // The accessibility tree holds both, without what is hidden.
  return `${await page.title()}\n${await page.locator('body').ariaSnapshot()}`;
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const busy = page.locator('.mantine-Loader-root, .mantine-Skeleton-root, [aria-busy="true"]');
  await busy.first().waitFor({ state: 'detached' });
}

async function take(page: Page, language: Language, name: string): Promise<void> {
  if (!takesPictures) return;
  // The editor and the canvas paint a moment after they are there: two pictures are the same when nothing moves.
  const shoot = () => page.screenshot({ animations: 'disabled', caret: 'hide' });
  let [before, now] = [await shoot(), await shoot()];
  for (let more = 0; more < 10 && !before.equals(now); more += 1) [before, now] = [now, await shoot()];
  mkdirSync(join(picturesFolder, language), { recursive: true });
  writeFileSync(join(picturesFolder, language, `${name}.png`), smallPng(now));
}
