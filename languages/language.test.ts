import { describe, expect, test } from '@jest/globals';
import { chooseLanguage, isLanguage } from './index.js';

describe('the language of an answer', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ru', 'ru'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['de,pl;q=0.5,en;q=0.3', 'pl'],
    ['en;q=0.3, uk;q=0.7', 'uk'],
    ['RO', 'ro'],
    ['pl;q=0, ro;q=0.1', 'ro'],
    ['*', 'en'],
    ['en;q=0, *', 'ru'],
    ['pl;q=2', 'en'],
    ['pl;q=nonsense, uk;q=0.001', 'uk'],
    ['fr, de', 'en'],
    [`${'x,'.repeat(100_000)}pl`, 'en'],
  ])('follows the header %j', (header, language) => {
    expect(chooseLanguage(null, header?.slice(0, 200_000))).toBe(language);
  });

  test("is a person's own before any header, where it is one of ours", () => {
    expect(chooseLanguage('pl', 'ru')).toBe('pl');
    expect(chooseLanguage('de', 'ru')).toBe('ru');
  });

  test('is told from any other value', () => {
    expect(['en', 'ru', 'uk', 'pl', 'ro', 'de', 7, null].filter(isLanguage)).toEqual(['en', 'ru', 'uk', 'pl', 'ro']);
  });
});
