import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyFile } from './assembly/key-path.js';
import { languageOfLocale } from './cli/language.js';
import { runCli } from './cli/program.js';
import type { CliTools } from './cli/tools.js';
import { Failure } from './core/failures.js';
import { readState } from './runtime/data-folder.js';
import { findProjectFolder } from './runtime/project-folder.js';
import { readSettings } from './runtime/settings.js';

/** The `pipewright` command. Everything heavy is loaded by the command that needs it. */
const tools: CliTools = {
  version: readVersion(),
  language: languageOfLocale(process.env),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  server: findServer,
  connectors: async () => {
    const [{ shippedServices }, { connectorsById, createConnectors }] = await Promise.all([
      import('./assembly/services.js'),
      import('./connectors/index.js'),
    ]);
    return connectorsById(createConnectors(await shippedServices()));
  },
  backUp: async (options) => (await import('./assembly/backup.js')).backUp(readSettings(process.env), options),
  restore: async (options) => (await import('./assembly/restore.js')).restore(readSettings(process.env), options),
  people: async () => (await import('./assembly/people.js')).peopleTools(readSettings(process.env)),
  startUp: async () => (await import('./main.js')).up(),
  serveSandbox: async (args) => {
    const { parseSandboxCommand, serveSandbox, usage } = await import('./sandbox/command-line.js');
    const command = parseSandboxCommand(args);
    if (typeof command === 'string') {
      process.stderr.write(`${command}\n${usage}\n`);
      return 2;
    }
    await serveSandbox(command);
    return 0;
  },
};

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await runCli(process.argv.slice(2), tools);

function readVersion(): string {
  const text = readFileSync(join(findProjectFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The server that runs in the data folder, else the one at PUBLIC_URL; with PIPEWRIGHT_API_KEY or the folder's key. */
function findServer(): { address: string; key: string } {
  const read = readSettings(process.env);
  const address = readState(read.dataFolder)?.address ?? read.publicUrl;
  const key = read.apiKey ?? readKeyFile(read.dataFolder);
  if (address === undefined) {
    throw new Failure('settings/missing_part', {
      message: `No Pipewright runs in the data folder \`${read.dataFolder}\`.`,
      hint: 'Start it with `npm start`, or set PUBLIC_URL to the address of a server.',
    });
  }
  if (key === undefined) {
    throw new Failure('settings/missing_part', {
      message: 'There is no API key to show to the server.',
      hint: 'Set PIPEWRIGHT_API_KEY, or run as the user who started the server.',
    });
  }
  return { address, key };
}
