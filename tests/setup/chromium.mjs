// The browser of tests/browser: looked for in places that every machine may have, installed where that is possible.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const installLimitMs = 300_000;
const advice =
  'Chromium is needed for tests/browser and was not found: run `npx playwright-core install --with-deps chromium`, ' +
  'or name a program with CHROMIUM_PATH.';

/** The program's path: CHROMIUM_PATH, on PATH, or Playwright's own download; undefined when there is none. */
export async function findChromium() {
  const { chromium } = await import('playwright-core');
  const given = process.env.CHROMIUM_PATH;
  if (given) return (await isProgram(given)) ? given : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...candidates, chromium.executablePath()]) if (await isProgram(path)) return path;
  return undefined;
}

/** Installs it where the system's own packages can be installed; throws one line that names the command. */
export async function ensureChromium(log) {
  const found = await findChromium();
  if (found !== undefined) return found;
  if (!process.env.CHROMIUM_PATH && process.getuid?.() === 0 && (await isProgram('/usr/bin/apt-get'))) {
    log.info('Installing Chromium with `apt-get install -y chromium`.');
    // A fresh machine has no list of packages yet.
    await runApt('update');
    const code = await runApt('install', '-y', '--no-install-recommends', 'chromium');
    const installed = code === 0 ? await findChromium() : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error(advice);
}

async function runApt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn('apt-get', args, { env, stdio: 'ignore', signal: AbortSignal.timeout(installLimitMs) });
  const [code] = await once(child, 'close').catch(() => [-1]);
  return code;
}

async function isProgram(path) {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
