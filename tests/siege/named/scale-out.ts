import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProjectFolder } from '../../../runtime/project-folder.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

/** Jest's own closing line, such as `Tests:       2 failed, 120 passed, 122 total`. */
const closing = /^Tests:\s+(?:(\d+) failed, )?(?:\d+ skipped, )?(?:(\d+) passed, )?\d+ total$/m;

export default {
  number: 'scale-out',
  title: 'Three workers and two servers are one product',
  required: 'every test of the API passes against them',
  limitMs: 40 * 60_000,
  run: async (context) => {
    const child = spawn(
      process.execPath,
      ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand', 'tests/api'],
      {
        cwd: findProjectFolder(),
        env: { ...process.env, PIPEWRIGHT_TEST_SCALE_OUT: '1', NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    context.onEnd(() => void child.kill('SIGTERM'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        for (const line of text.split('\n')) if (/^(PASS|FAIL) /.test(line)) context.log(line);
      });
    }
    await once(child, 'close');
    const [, failed, passed] = closing.exec(output) ?? [];
    const failures = [...new Set(output.match(/^ {2}● .*$/gm) ?? [])].map((line) => line.slice(4));
    return [
      nothing('tests that failed', failures.slice(0, 20)),
      exactly('failed by Jest’s own count', Number(failed ?? 0), 0),
      atLeast('tests that passed', Number(passed ?? 0), 50),
    ];
  },
} satisfies SiegePromise;
