import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { errorText, Failure } from '../core/failures.js';
import { openCacheFolder } from './cache-folder.js';
import type { RuntimeLog } from './log.js';
import { findProjectFolder } from './project-folder.js';
import { runProgram } from './run-program.js';

/** The newest tag of the temporal CLI that `go install` accepts: later ones hold a `replace` directive. */
export const temporalCliVersion = '1.5.1';
/** Of the server inside; the CLI's own number says nothing (built by Go it calls itself 0.0.0-DEV). */
const oldestServer = [1, 27] as const;
const installCommand = `go install github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`;
const downloadLimitMs = 20_000;
const buildLimitMs = 20 * 60_000;

export interface BinaryOptions {
  readonly log: RuntimeLog;
  readonly env?: NodeJS.ProcessEnv;
}

interface Step {
  readonly name: string;
  /** The program's path, or an error whose text is the reason of the miss. */
  readonly find: (search: Search) => Promise<string>;
}

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly log: RuntimeLog;
  readonly cacheFolder: string;
  /** Where a fetched program belongs. */
  readonly target: string;
}

const steps: readonly Step[] = [
  { name: 'on the PATH', find: findOnPath },
  { name: 'in the cache', find: findInCache },
  { name: 'by download', find: download },
  { name: 'by building it with Go', find: buildWithGo },
];

/** Finds the Temporal server's program, fetching it when need be. One line per miss; all of them in the failure. */
export async function findTemporalBinary(options: BinaryOptions): Promise<string> {
  const env = options.env ?? process.env;
  const cacheFolder = await openCacheFolder(env);
  const target = join(cacheFolder, 'temporal', temporalCliVersion, programName());
  const misses: string[] = [];
  for (const step of steps) {
    try {
      const path = await step.find({ env, log: options.log, cacheFolder, target });
      await checkVersion(path);
      return path;
    } catch (error) {
      const miss = `${step.name}: ${oneLine(errorText(error))}`;
      misses.push(miss);
      options.log.info(`No Temporal server ${miss}`);
    }
  }
  throw new Failure('settings/missing_part', {
    message: `No Temporal server was found; TEMPORAL_ADDRESS is not set; ${misses.join('; ')}.`,
    hint: `Run \`${installCommand}\` where the network allows it and put the program on the PATH, or set \`TEMPORAL_ADDRESS\`.`,
  });
}

async function findOnPath({ env }: Search): Promise<string> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, programName());
    if (folder !== '' && (await isFile(path))) return path;
  }
  throw new Error('no program `temporal` there');
}

async function findInCache({ target }: Search): Promise<string> {
  if (await isFile(target)) return target;
  throw new Error(`\`${target}\` is not there`);
}

/** The SDK can fetch the program, but only by starting it, and may hang behind a firewall: so in a process of its own. */
const downloadScript = `
import { Runtime } from '@temporalio/worker';
const [downloadDir, version] = process.argv.slice(1);
const runtime = Runtime.instance();
const exe = { type: 'cached-download', downloadDir, version, ttl: 86400000, sdkName: 'sdk-typescript', sdkVersion: '1.24.0' };
const server = await runtime.createEphemeralServer({
  type: 'dev-server', exe, ip: '127.0.0.1', port: null, ui: false, uiPort: null,
  namespace: 'default', dbFilename: null, log: { format: 'pretty', level: 'error' }, extraArgs: [],
});
await runtime.shutdownEphemeralServer(server);
process.exit(0);
`;

async function download(search: Search): Promise<string> {
  return await inFreshFolder(search, async (folder) => {
    search.log.info(`Downloading the Temporal server ${temporalCliVersion} (up to ${downloadLimitMs / 1000} s).`);
    const script = ['--input-type=module', '-e', downloadScript, folder, `v${temporalCliVersion}`];
    const options = { cwd: findProjectFolder(), env: search.env, limitMs: downloadLimitMs };
    const { code, output } = await runProgram(process.execPath, script, options);
    if (code === null) throw new Error(`no answer within ${downloadLimitMs / 1000} s`);
    if (code !== 0) throw new Error((/Error: (.*)/.exec(output)?.[1] ?? `ended with ${code}`).slice(0, 200));
    const [name] = (await readdir(folder)).filter((text) => text.startsWith('temporal'));
    if (name === undefined) throw new Error('nothing arrived');
    return join(folder, name);
  });
}

async function buildWithGo(search: Search): Promise<string> {
  return await inFreshFolder(search, async (folder) => {
    search.log.info(`Building the Temporal server with Go, about 3 minutes: ${installCommand}`);
    const [program = 'go', ...args] = installCommand.split(' ');
    const options = {
      cwd: folder,
      env: await goEnvironment(search, folder),
      limitMs: buildLimitMs,
      onLine: (line: string) => search.log.info(`  go: ${line}`),
    };
    const { code, output } = await runProgram(program, args, options);
    if (code !== 0) throw new Error(code === null ? 'not done within 20 minutes' : lastLine(output));
    await rm(goFolder(search), { recursive: true, force: true });
    return join(folder, programName());
  });
}

/** Go wants a home for its caches; where HOME is missing or closed it gets folders of ours. */
async function goEnvironment(search: Search, bin: string): Promise<NodeJS.ProcessEnv> {
  const { env } = search;
  const hasHome = env.HOME !== undefined && (await isWritableFolder(env.HOME));
  const own = goFolder(search);
  return {
    ...env,
    ...(!hasHome && { HOME: own, GOPATH: env.GOPATH ?? join(own, 'path'), GOCACHE: env.GOCACHE ?? join(own, 'build') }),
    GOBIN: bin,
    // No C compiler is needed, and modules stay removable.
    CGO_ENABLED: '0',
    GOFLAGS: `${env.GOFLAGS ?? ''} -modcacherw`.trim(),
  };
}

/** Used only without a home, and needed only for the build: about a gigabyte. */
function goFolder({ cacheFolder }: Search): string {
  return join(cacheFolder, 'go');
}

/** Runs `fetch` with an empty folder and moves the program it made to its place in one step. */
async function inFreshFolder(search: Search, fetch: (folder: string) => Promise<string>): Promise<string> {
  const parent = join(search.target, '..');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'fetch-'));
  try {
    const made = await fetch(folder);
    await chmod(made, 0o755);
    await checkVersion(made);
    await moveInto(made, search.target);
    return search.target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function moveInto(path: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}.part`;
  await copyFile(path, unfinished);
  await rename(unfinished, target);
}

async function checkVersion(path: string): Promise<void> {
  const { output } = await runProgram(path, ['--version'], { env: { PATH: process.env.PATH, HOME: '/' } });
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(output) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`\`${path} --version\` does not tell a server version`);
  const isOld =
    Number(major) < oldestServer[0] || (Number(major) === oldestServer[0] && Number(minor) < oldestServer[1]);
  if (isOld)
    throw new Error(`\`${path}\` holds server ${major}.${minor}, at least ${oldestServer.join('.')} is needed`);
}

function programName(): string {
  return process.platform === 'win32' ? 'temporal.exe' : 'temporal';
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function isWritableFolder(path: string): Promise<boolean> {
  const probe = await mkdtemp(join(path, '.pipewright-')).catch(() => undefined);
  if (probe === undefined) return false;
  await rm(probe, { recursive: true, force: true });
  return true;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
