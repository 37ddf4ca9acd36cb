import type { Command } from 'commander';
import { isJsonObject } from '../../core/json.js';
import { take } from '../failures.js';
import { followToEnd } from '../follow.js';
import { readSecret } from '../secret-input.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';

interface Selection {
  readonly pipeline?: string;
  readonly flow?: string;
  readonly run?: string;
  readonly code?: string;
}

export function addDeadLetterCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const letters = program.command('dead-letters').description('records that were refused for good');
  withSelection(letters.command('list', { isDefault: true }))
    .description('list them; open ones when no state is named')
    .option('--state <state>', 'open, resent, solved, discarded or all', 'open')
    .action(async (options: Selection & { state: string }, command: Command) => {
      const session = open(command);
      await list(session, options);
    });
  letters
    .command('show')
    .description('show one with its record')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const letter = await take(session.client.GET('/dead-letters/{id}', { params: { path: { id } } }));
      session.output.result(letter, () =>
        [
          `${letter.pipeline} ${letter.flow} ${letter.sourceKey}: ${letter.code} (${letter.state})`,
          letter.message,
          letter.hint,
          JSON.stringify(letter.record, null, 2),
        ].join('\n'),
      );
    });
  letters
    .command('edit')
    .description('replace the record of one; the new record is read from standard input as JSON')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const record = await readSecret(tools, []);
      if (!isJsonObject(record)) {
        throw new CliFailure(exitCodes.usage, 'There is no record on standard input.', 'Send it as one JSON object.');
      }
      const letter = await take(
        session.client.PUT('/dead-letters/{id}/record', { params: { path: { id } }, body: { record } }),
      );
      session.output.result(letter, () => `The record of ${id} is replaced; resend it to move it.`);
    });
  withSelection(letters.command('resend'))
    .description('move records again: those named, or all open ones that fit')
    .argument('[ids...]')
    .option('--old', 'by the version that refused them, instead of the published one')
    .option('--detach', 'do not wait for the end')
    .action(async (ids: string[], options: Selection & { old?: boolean; detach?: boolean }, command: Command) => {
      const session = open(command);
      const body = { ...selectionOf(ids, options), definition: options.old === true ? 'old' : 'current' } as const;
      const done = await take(session.client.POST('/dead-letters/resend', { body }));
      session.output.result(done, () => `${done.resent} records are moved again.`);
      let code: number = exitCodes.done;
      if (options.detach !== true) {
        for (const run of done.runs) code = Math.max(code, await followToEnd(session, run.runId));
      }
      end(code);
    });
  withSelection(letters.command('discard'))
    .description('give records up: those named, or all open ones that fit')
    .argument('[ids...]')
    .action(async (ids: string[], options: Selection, command: Command) => {
      const session = open(command);
      const done = await take(session.client.POST('/dead-letters/discard', { body: selectionOf(ids, options) }));
      session.output.result(done, () => `${done.discarded} dead letters are discarded.`);
    });
}

function withSelection(command: Command): Command {
  return command
    .option('--pipeline <id>', 'only those of this pipeline')
    .option('--flow <name>', 'only those of this flow')
    .option('--run <id>', 'only those of this run')
    .option('--code <code>', 'only those with this failure code')
    .option('--all', 'all open ones');
}

function selectionOf(ids: readonly string[], options: Selection & { all?: boolean }) {
  const { pipeline, flow, run, code } = options;
  if (ids.length === 0 && options.all !== true && [pipeline, flow, run, code].every((each) => each === undefined)) {
    throw new CliFailure(
      exitCodes.usage,
      'Nothing says which dead letters are meant.',
      'Name ids, select with `--pipeline`, `--flow`, `--run` or `--code`, or say `--all`.',
    );
  }
  return {
    ...(ids.length > 0 && { ids: [...ids] }),
    ...(pipeline !== undefined && { pipeline }),
    ...(flow !== undefined && { flow }),
    ...(run !== undefined && { run }),
    ...(code !== undefined && { code }),
  };
}

async function list(session: Session, options: Selection & { state: string }): Promise<void> {
  const { pipeline, flow, run, code } = options;
  const state = options.state === 'all' ? undefined : (options.state as 'open');
  const query = {
    limit: 200,
    ...(pipeline !== undefined && { pipeline }),
    ...(flow !== undefined && { flow }),
    ...(run !== undefined && { run }),
    ...(code !== undefined && { code }),
    ...(state !== undefined && { state }),
  };
  const page = await take(session.client.GET('/dead-letters', { params: { query } }));
  session.output.list(
    page.items,
    [
      { title: 'ID', of: (row) => row.id },
      { title: 'PIPELINE', of: (row) => row.pipeline },
      { title: 'FLOW', of: (row) => row.flow },
      { title: 'KEY', of: (row) => row.sourceKey },
      { title: 'CODE', of: (row) => row.code },
      { title: 'MESSAGE', of: (row) => row.message.slice(0, 80) },
    ],
    'There are no dead letters.',
  );
  if (page.next !== null) session.output.note('There are more; select with --pipeline, --flow, --run or --code.');
}
