import type { Command } from 'commander';
import type { PreviewChange, Run } from '../../client/client.js';
import { readDefinitionInput } from '../definition-input.js';
import { take } from '../failures.js';
import { exitCodeOf, followRun, followToEnd } from '../follow.js';
import { addConnectionOption, addName, wholeNumber } from '../options.js';
import { endText, progressLine } from '../progress.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';
import { isRunId, tellProblems } from './pipelines.js';

interface RunOptions {
  readonly connection?: Record<string, string>;
  readonly flow?: string[];
  readonly useVersion?: number;
  readonly detach?: boolean;
  readonly limit?: number;
  readonly allowDeletes?: boolean;
}

type End = (code: number) => void;

export function addRunCommands(program: Command, tools: CliTools, end: End): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  withRunOptions(program.command('run'))
    .description('run a file or a published pipeline, and follow it to its end')
    .option('--detach', 'do not wait for the end')
    .option('--allow-deletes', 'carry out unusually many deletions too')
    .action(async (given: string, options: RunOptions, command: Command) => {
      const session = open(command);
      const body = { ...(await requestOf(given, options)), ...(options.allowDeletes && { allowDeletes: true }) };
      const run = await take(session.client.POST('/runs', { body }));
      tellProblems(session, run.problems, run.notes, given);
      if (options.detach === true) session.output.result(run, () => `Run ${run.number} of ${run.pipeline}: ${run.id}`);
      else end(await followToEnd(session, run.id));
    });
  withRunOptions(program.command('preview'))
    .description('show what a run would write, without writing it')
    .option('--limit <n>', 'how many changes to show', wholeNumber)
    .action(async (given: string, options: RunOptions, command: Command) => {
      const session = open(command);
      end(await preview(session, given, options));
    });
  program
    .command('apply')
    .description('write exactly what a preview showed')
    .argument('<preview>', 'id of a preview')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const run = await take(session.client.POST('/previews/{id}/apply', { params: { path: { id } } }));
      end(await followToEnd(session, run.id));
    });
  addWatchCommands(program, open, end);
  program
    .command('replay')
    .description('move the source records of a run again')
    .argument('<run>')
    .option('--current', 'by the published version instead of the one of that run')
    .option('--detach', 'do not wait for the end')
    .action(async (id: string, options: { current?: boolean; detach?: boolean }, command: Command) => {
      const session = open(command);
      const version = options.current === true ? 'current' : 'same';
      const run = await take(session.client.POST('/runs/{id}/replay', { params: { path: { id } }, body: { version } }));
      await endOrDetach(session, run, options, end);
    });
  program
    .command('backfill')
    .description('read a period of one flow again, without touching its checkpoint')
    .argument('<pipeline>')
    .argument('<flow>')
    .requiredOption('--from <time>', 'begin, included: 2026-01-01T00:00:00Z')
    .requiredOption('--to <time>', 'end, left out')
    .option('--detach', 'do not wait for the end')
    .action(async (id: string, flow: string, options: BackfillOptions, command: Command) => {
      const session = open(command);
      const body = { flow, from: options.from, to: options.to };
      const run = await take(session.client.POST('/pipelines/{id}/backfill', { params: { path: { id } }, body }));
      await endOrDetach(session, run, options, end);
    });
}

interface BackfillOptions {
  readonly from: string;
  readonly to: string;
  readonly detach?: boolean;
}

function withRunOptions(command: Command): Command {
  return command
    .argument('<file or pipeline>', 'a YAML file, or the id of a published pipeline')
    .option('--connection <slot=name>', 'connection of a slot; may be repeated', addConnectionOption)
    .option('--flow <name>', 'only this flow; may be repeated', addName)
    .option('--use-version <n>', 'another version than the published one', wholeNumber);
}

async function requestOf(given: string, options: RunOptions) {
  const input = await readDefinitionInput(given);
  if ('pipeline' in input && options.connection !== undefined) {
    throw new CliFailure(
      exitCodes.usage,
      'A published pipeline keeps the connections it was published with.',
      'Publish it again with `--connection`, or run the file.',
    );
  }
  return {
    ...('pipeline' in input ? { pipeline: input.pipeline } : { definition: input.definition }),
    ...(options.connection && { connections: options.connection }),
    ...(options.flow && { flows: options.flow }),
    ...(options.useVersion !== undefined && { version: options.useVersion }),
  };
}

async function endOrDetach(session: Session, run: Run, options: { detach?: boolean }, end: End): Promise<void> {
  if (options.detach === true) session.output.result(run, () => `Run ${run.number} of ${run.pipeline}: ${run.id}`);
  else end(await followToEnd(session, run.id));
}

async function preview(session: Session, given: string, options: RunOptions): Promise<number> {
  const started = await take(session.client.POST('/previews', { body: await requestOf(given, options) }));
  tellProblems(session, started.problems, started.notes, given);
  const run = await followRun(session, started.runId);
  const params = { path: { id: started.id } };
  const done = await take(session.client.GET('/previews/{id}', { params }));
  const limit = Math.min(options.limit ?? 10, 200);
  const changes = await take(session.client.GET('/previews/{id}/changes', { params: { ...params, query: { limit } } }));
  const what = done.isDraft ? 'Publish this definition and write exactly this' : 'Write exactly this';
  session.output.result({ ...done, changes: changes.items }, () =>
    [
      endText(run),
      ...changes.items.map(changeText),
      changes.next === null ? '' : '...',
      `Nothing was written. ${what} with: pipewright apply ${started.id}`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
  return exitCodeOf(run);
}

function changeText(change: PreviewChange): string {
  const { flow, operation, sourceKey, targetKey, before, after } = change;
  const fields = Object.entries(after).flatMap(([name, value]) => {
    const old = before === null ? undefined : before[name];
    const [a, b] = [JSON.stringify(old), JSON.stringify(value)];
    return a === b ? [] : [`    ${name}: ${old === undefined ? '' : `${a} -> `}${b}`];
  });
  return [`  ${flow}: ${operation} ${sourceKey}${targetKey === null ? '' : ` -> ${targetKey}`}`, ...fields].join('\n');
}

function addWatchCommands(program: Command, open: (command: Command) => Session, end: End): void {
  program
    .command('status')
    .description('show all pipelines, the runs of one, or one run')
    .argument('[pipeline or run]')
    .option('--follow', 'follow the run to its end')
    .action(async (given: string | undefined, options: { follow?: boolean }, command: Command) => {
      const session = open(command);
      if (given === undefined) await listPipelines(session);
      else if (isRunId(given)) await showRun(session, given, options.follow === true, end);
      else await listRuns(session, given);
    });
  program
    .command('cancel')
    .description('end a run at its next batch; what was confirmed and its checkpoint stay')
    .argument('<run>', 'id of a run, or of a pipeline with an open one')
    .action(async (given: string, _options, command: Command) => {
      const session = open(command);
      const id = isRunId(given) ? given : await openRunOf(session, given);
      const run = await take(session.client.POST('/runs/{id}/cancel', { params: { path: { id } } }));
      session.output.result(run, () => `Run ${run.number} of ${run.pipeline} is asked to stop.`);
    });
}

async function openRunOf(session: Session, pipeline: string): Promise<string> {
  const found = await take(session.client.GET('/pipelines/{id}', { params: { path: { id: pipeline } } }));
  if (found.openRun !== null) return found.openRun.id;
  throw new CliFailure(exitCodes.failed, `Pipeline \`${pipeline}\` has no open run.`, 'There is nothing to cancel.');
}

async function listPipelines(session: Session): Promise<void> {
  const { items } = await take(session.client.GET('/pipelines', { params: { query: { limit: 200 } } }));
  session.output.list(
    items,
    [
      { title: 'PIPELINE', of: (row) => row.id },
      { title: 'VERSION', of: (row) => row.publishedVersion },
      { title: 'STATE', of: (row) => row.state },
      { title: 'RUN', of: (row) => row.openRun?.state },
      { title: 'NEXT', of: (row) => row.nextDueAt },
      { title: 'TITLE', of: (row) => row.title },
    ],
    'There are no pipelines yet. Publish one with `pipewright publish <file>`.',
  );
}

async function listRuns(session: Session, pipeline: string): Promise<void> {
  const { items } = await take(session.client.GET('/runs', { params: { query: { pipeline, limit: 20 } } }));
  session.output.list(
    items,
    [
      { title: 'RUN', of: (row) => row.id },
      { title: 'NO', of: (row) => row.number },
      { title: 'KIND', of: (row) => row.kind },
      { title: 'STATE', of: (row) => row.state },
      { title: 'READ', of: (row) => row.totals.read },
      { title: 'WRITTEN', of: (row) => row.totals.written },
      { title: 'UNCHANGED', of: (row) => row.totals.unchanged },
      { title: 'DEAD', of: (row) => row.totals.deadLetters },
      { title: 'OPENED', of: (row) => row.openedAt },
    ],
    `Pipeline ${pipeline} has not run yet.`,
  );
}

async function showRun(session: Session, id: string, isFollowed: boolean, end: End): Promise<void> {
  if (isFollowed) return end(await followToEnd(session, id));
  const run = await take(session.client.GET('/runs/{id}', { params: { path: { id } } }));
  session.output.result(run, () => (run.endedAt === null ? progressLine(run) : endText(run)));
}
