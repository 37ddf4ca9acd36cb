import { describe, expect, test } from '@jest/globals';
import { runProgram } from './run-program.js';

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('running a program', () => {
  test('gives its exit code and what it said on both streams, line by line', async () => {
    const lines: string[] = [];
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const result = await runProgram(process.execPath, ['-e', script], { onLine: (line) => lines.push(line) });
    expect(result.code).toBe(3);
    expect(lines.sort()).toEqual(['err', 'out']);
  });

  test('ends a program that takes longer than it may', async () => {
    const result = await runProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 50 });
    expect(result.code).toBeNull();
  });

  test('keeps nothing running when the program is not there', async () => {
    const before = timers();
    await expect(runProgram('/no/such/program', [])).rejects.toMatchObject({ code: 'ENOENT' });
    expect(timers()).toBe(before);
  });
});
