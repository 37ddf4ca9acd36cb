import { createWriteStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import type { Migration } from '../../client/client.js';
import { readDefinitionInput } from '../definition-input.js';
import { take } from '../failures.js';
import { exitCodeOf, followRun } from '../follow.js';
import { addConnectionOption, addName } from '../options.js';
import { endText } from '../progress.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';
import { tellProblems } from './pipelines.js';

interface MigrateOptions {
  readonly connection?: Record<string, string>;
  readonly flow?: string[];
  readonly createFields?: boolean;
  readonly allowDeletes?: boolean;
  readonly detach?: boolean;
  readonly result?: string;
  readonly records?: boolean;
}

export function addMigrationCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  program
    .command('migrate')
    .description('run a file or a pipeline once, from the beginning to its result')
    .argument('<file or pipeline>', 'a YAML file, or the id of a published pipeline')
    .option('--connection <slot=name>', 'connection of a slot; may be repeated', addConnectionOption)
    .option('--flow <name>', 'only this flow; may be repeated', addName)
    .option('--create-fields', 'make the fields that the definition asks for with `create_fields`')
    .option('--allow-deletes', 'carry out unusually many deletions too')
    .option('--result <file>', 'write the reconciliation and the refused records there, as JSON lines')
    .option('--records', 'with the refused records themselves')
    .option('--detach', 'do not wait for the end')
    .action(async (given: string, options: MigrateOptions, command: Command) => {
      end(await migrate(open(command), given, options));
    });
  program
    .command('migration-result')
    .description('write the reconciliation and the refused records of an ended migration to a file')
    .argument('<migration>')
    .requiredOption('--to <file>', 'a file that does not exist yet')
    .option('--records', 'with the refused records themselves')
    .action(async (id: string, options: { to: string; records?: boolean }, command: Command) => {
      const session = open(command);
      refuseExisting(options.to);
      await download(session, id, options.to, options.records);
      session.output.result({ id, result: options.to }, () => `${options.to} holds the result.`);
    });
}

async function migrate(session: Session, given: string, options: MigrateOptions): Promise<number> {
  if (options.result !== undefined) refuseExisting(options.result);
  const input = await readDefinitionInput(given);
  const started = await take(
    session.client.POST('/migrations', {
      body: {
        ...('pipeline' in input ? { pipeline: input.pipeline } : { definition: input.definition }),
        ...(options.connection && { connections: options.connection }),
        ...(options.flow && { flows: options.flow }),
        ...(options.createFields && { createFields: true }),
        ...(options.allowDeletes && { allowDeletes: true }),
      },
    }),
  );
  tellProblems(session, started.problems, started.notes, given);
  if (options.detach === true) {
    session.output.result(started, () => startedText(started));
    return exitCodes.done;
  }
  const run = await followRun(session, started.id);
  if (options.result !== undefined) {
    await download(session, started.id, options.result, options.records);
    session.output.note(`${options.result} holds the reconciliation and the refused records.`);
  }
  if (!session.output.isJson) session.output.result(run, () => endText(run));
  return exitCodeOf(run);
}

function startedText({ id, pipeline: name }: Pick<Migration, 'id' | 'pipeline'>): string {
  return `Migration ${id} of ${name} is under way. Its result: pipewright migration-result ${id} --to FILE`;
}

async function download(session: Session, id: string, file: string, records = false): Promise<void> {
  const body = await take(
    session.client.GET('/migrations/{id}/result', {
      params: { path: { id }, query: records ? { records } : {} },
      parseAs: 'stream',
    }),
  );
  const stream = Readable.fromWeb(body as unknown as ReadableStream);
  await pipeline(stream, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new CliFailure(
    exitCodes.usage,
    `\`${file}\` exists already.`,
    'Choose another name: a result is never written over.',
  );
}
