import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { testConnectors } from '../testing/connectors.js';
import { checkDefinition, problemCodes } from './index.js';

const folder = join(import.meta.dirname, '..', 'broken');
/** Those in `with-streams` are wrong only for who knows the account's streams, as publishing does. */
const files = [...(await listed('.')), ...(await listed('with-streams'))];
const texts = new Map<string, string>();
for (const file of files) texts.set(file, await readFile(join(folder, file), 'utf8'));

async function listed(part: string): Promise<string[]> {
  const names = (await readdir(join(folder, part))).filter((name) => name.endsWith('.yaml')).sort();
  return names.map((name) => join(part, name));
}

const check = (file: string) => checkDefinition(texts.get(file) ?? '', { file, connectors: testConnectors });

describe('broken definitions', () => {
  test('at least 45 of them need no account to be found wrong', () => {
    expect(files.filter((file) => !file.startsWith('with-streams')).length).toBeGreaterThanOrEqual(45);
  });

  test.each(files)('%s is reported at its place and nowhere else', (file) => {
    const expected = [...(texts.get(file) ?? '').matchAll(/^# expect: (\d+:\d+ \S+)$/gm)].map((match) => match[1]);
    const { problems, plan } = check(file);
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(expected);
    expect(plan === null).toBe(problems.some((problem) => problem.severity === 'error'));
  });

  test.each(files)('%s gives sentences with a hint and an excerpt', (file) => {
    for (const problem of check(file).problems) {
      expect(problem.message).toMatch(/^(?:[A-Z]|`).*[.]$/s);
      expect(problem.hint).toMatch(/^(?:[A-Z]|`).*[.?`]$/s);
      expect(problem.excerpt).toContain(`${problem.line} | `);
      expect(problem.excerpt.split('\n')[1]).toMatch(/\^/);
      expect(problem.file).toBe(file);
      expect(Object.keys(problemCodes)).toContain(problem.code);
    }
  });

  test('a suspected secret is shown neither in messages nor in excerpts', () => {
    expect(JSON.stringify(check('secret.yaml').problems)).not.toContain('abcdef123456');
  });
});
