import { describe, expect, test } from '@jest/globals';
import { languageOfLocale, toldIn } from './language.js';

describe('the language of the terminal', () => {
  test.each([
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'POSIX' }, 'en'],
    [{ LANG: 'pl_PL.UTF-8' }, 'pl'],
    [{ LANG: 'pl_PL.UTF-8', LC_ALL: 'uk_UA' }, 'uk'],
    [{ LANG: 'ro_RO@euro', LC_ALL: '' }, 'ro'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
  ])('of %j is %s', (environment, language) => {
    expect(languageOfLocale(environment)).toBe(language);
  });

  test('is that of what a command tells, and codes stay', async () => {
    const problem = { code: 'x/y', message: 'Try again.', hint: 'Report this.' };
    expect(await toldIn('ru', [problem])).toEqual([
      { code: 'x/y', message: 'Попробуйте снова.', hint: 'Сообщите об этом.' },
    ]);
    expect(await toldIn(undefined, [problem])).toEqual([problem]);
  });
});
