import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { runProgram } from '../../runtime/run-program.js';

const here = join(findProjectFolder(), 'tests', 'third-party');
const cache = join(findProjectFolder(), 'node_modules', '.cache', 'pipewright-clients');
const installLimitMs = 10 * 60_000;

/** A Python that has the clients of `requirements.txt`: the path of the program. */
export async function pythonWithClients(): Promise<string> {
  const requirements = join(here, 'requirements.txt');
  const folder = await installed('python', [requirements], async (place) => {
    await must(await findPython(), ['-m', 'venv', place]);
    const exact = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check', '--no-input'];
    await must(join(place, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...exact, '-r', requirements]);
  });
  return join(folder, 'bin', 'python');
}

/** A folder with the `node_modules` of `npm/package-lock.json`. */
export async function folderOfNpmClients(): Promise<string> {
  const files = ['package.json', 'package-lock.json', '.npmrc'].map((name) => join(here, 'npm', name));
  return installed('npm', files, async (place) => {
    await mkdir(place);
    for (const file of files) await cp(file, join(place, file.slice(join(here, 'npm').length)));
    // The prefix is told, because npm passes its own to what it runs: without it this would empty the project's modules.
    await must('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--prefix', place], place);
  });
}

/** Makes the folder once for these files. Another run beside this one may do the same: the first to finish wins. */
async function installed(kind: string, files: readonly string[], make: (place: string) => Promise<void>) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  const folder = join(cache, `${kind}-${hash.digest('hex').slice(0, 16)}`);
  if (await exists(folder)) return folder;
  const place = `${folder}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  await rm(place, { recursive: true, force: true });
  try {
    await make(place);
    await rename(place, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return folder;
}

/** The wheels of `requirements.txt` are those of this version. */
async function findPython(): Promise<string> {
  for (const name of ['python3.11', 'python3']) {
    const asked = await runProgram(name, ['--version']).catch(() => undefined);
    if (asked?.code === 0 && asked.output.startsWith('Python 3.11.')) return name;
  }
  throw new Error('The third-party clients need Python 3.11, as `python3.11` or `python3`.');
}

async function must(file: string, args: readonly string[], cwd?: string): Promise<void> {
  const { code, output } = await runProgram(file, args, { cwd, limitMs: installLimitMs });
  if (code === 0) return;
  const said = output.trim().split('\n').slice(-15).join('\n');
  throw new Error(
    `Installing the third-party clients failed (\`${file} ${args.join(' ')}\` ended with ${code}):\n${said}`,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
