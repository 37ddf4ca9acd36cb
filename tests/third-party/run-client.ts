import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { runProgram } from '../../runtime/run-program.js';
import { isObject, type Json, type JsonObject } from '../../sandbox/kit/json.js';
import type { Sandbox } from '../../sandbox/kit/sandbox.js';
import { folderOfNpmClients, pythonWithClients } from './install.js';

const limitMs = 60_000;
const here = join(findProjectFolder(), 'tests', 'third-party');

/** Runs `python/<script>.py` against the sandbox; gives what the client saw. */
export async function runPython(script: string, sandbox: Sandbox): Promise<JsonObject> {
  const python = await pythonWithClients();
  return inFolder(sandbox, (folder) => run(python, [join(here, 'python', `${script}.py`)], folder, false));
}

/** Runs `npm/<script>.mjs` against the sandbox; gives what the client saw. */
export async function runNode(script: string, sandbox: Sandbox): Promise<JsonObject> {
  const clients = await folderOfNpmClients();
  // A module is found from where the script stands, so the script goes to the modules.
  const copy = join(clients, `${script}.${process.pid}.mjs`);
  await cp(join(here, 'npm', `${script}.mjs`), copy);
  try {
    return await inFolder(sandbox, (folder) => run(process.execPath, [copy], folder, sandbox.ca !== undefined));
  } finally {
    await rm(copy, { force: true });
  }
}

async function inFolder(sandbox: Sandbox, work: (folder: string) => Promise<JsonObject>): Promise<JsonObject> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-client-'));
  try {
    const { vendor, url, credentials, control, ca } = sandbox;
    await writeFile(join(folder, 'given.json'), JSON.stringify({ vendor, url, credentials, control }));
    await writeFile(join(folder, 'ca.pem'), ca ?? '');
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  program: string,
  args: readonly string[],
  folder: string,
  hasAuthority: boolean,
): Promise<JsonObject> {
  const lines: string[] = [];
  // No proxy and no settings of this machine: the sandbox is on loopback.
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    ...(hasAuthority ? { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } : {}),
  };
  const { code, output } = await runProgram(program, args, {
    cwd: folder,
    env,
    limitMs,
    onLine: (line) => void (line.startsWith('{"seen"') && lines.push(line)),
  });
  const told: Json = JSON.parse(lines.at(-1) ?? 'null');
  if (code === 0 && isObject(told) && isObject(told.seen)) return told.seen;
  throw new Error(`\`${args.join(' ')}\` ended with ${code} and this:\n${output.slice(-3_000)}`);
}
