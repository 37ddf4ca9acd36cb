import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProjectFolder } from '../../../runtime/project-folder.js';
import { median, type Work } from './work.js';

const run = promisify(execFile);
const times = 7;

/** F: from the start of a built process to its polling; and `check` of a definition, both as a person meets them. */
export const startUp: Work = {
  name: 'F',
  title: 'Start-up',
  run: async (bed) => {
    const cwd = findProjectFolder();
    await run(process.execPath, [join(cwd, 'scripts/build.mjs')], { cwd });
    const polling: number[] = [];
    const checks: number[] = [];
    for (let time = 0; time < times; time++) {
      let began = performance.now();
      const worker = await bed.startWorker();
      polling.push(performance.now() - began);
      await worker.stop();
      began = performance.now();
      await run(process.execPath, ['scripts/pipewright.mjs', 'check', 'definitions/examples/airports.yaml'], { cwd });
      checks.push(performance.now() - began);
    }
    return [
      `F: a built worker polls after ${(median(polling) / 1_000).toFixed(2)} s (goal 1.5), \`check\` of a definition takes ${(median(checks) / 1_000).toFixed(2)} s (goal 0.3); medians of ${times}`,
    ];
  },
};
