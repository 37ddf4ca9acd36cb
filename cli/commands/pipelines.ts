import type { Command } from 'commander';
import type { CheckProblem } from '../../client/client.js';
import { readDefinitionInput } from '../definition-input.js';
import { take } from '../failures.js';
import { addConnectionOption, wholeNumber } from '../options.js';
import { problemsText } from '../problems.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';

interface PublishOptions {
  readonly connection?: Record<string, string>;
  readonly createFields?: boolean;
  readonly again?: boolean;
}

export function addPipelineCommands(program: Command, tools: CliTools): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  program
    .command('publish')
    .description('check a definition against the account and make it the published version')
    .argument('<file>', 'a YAML file')
    .option('--connection <slot=name>', 'connection of a slot; may be repeated', addConnectionOption)
    .option('--create-fields', 'allow fields under `create_fields` to be created at the vendor')
    .option('--again', 'read everything again with the new version (default: from now on)')
    .action(async (file: string, options: PublishOptions, command: Command) => {
      const session = open(command);
      const input = await readDefinitionInput(file);
      if (!('definition' in input)) throw noFile(file);
      const { connection, createFields, again } = options;
      const done = await take(
        session.client.POST('/pipelines', {
          body: {
            definition: input.definition,
            ...(connection && { connections: connection }),
            ...(createFields && { createFields }),
            ...(again && { again }),
          },
        }),
      );
      tellProblems(session, done.problems, done.notes, file);
      session.output.result(done, () =>
        done.isNew
          ? `Version ${done.version} of ${done.pipeline} is published.`
          : `${done.pipeline} has this content already (version ${done.version}).`,
      );
    });
  program
    .command('versions')
    .description('list the versions of a pipeline')
    .argument('<pipeline>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const { items } = await take(
        session.client.GET('/pipelines/{id}/versions', { params: { path: { id }, query: { limit: 200 } } }),
      );
      session.output.list(
        items,
        [
          { title: 'VERSION', of: (row) => row.version },
          { title: 'PUBLISHED', of: (row) => row.publishedAt },
          { title: 'BY', of: (row) => row.publishedBy },
        ],
        'There is no published version yet.',
      );
    });
  program
    .command('diff')
    .description('compare two versions of a pipeline, or a version with the draft')
    .argument('<pipeline>')
    .argument('<from>', 'a version', wholeNumber)
    .argument('<to>', 'a version, or `draft`')
    .action(async (id: string, from: number, to: string, _options, command: Command) => {
      const session = open(command);
      const found = await take(
        session.client.GET('/pipelines/{id}/diff', { params: { path: { id }, query: { from, to } } }),
      );
      session.output.result(found, () => {
        const flows = found.flows.map((flow) => `${flow.flow}: ${flow.change} ${flow.parts.join(', ')}`.trim());
        return [...flows, found.text].join('\n');
      });
    });
  for (const [name, words] of [
    ['pause', 'stop the triggers and running runs of a pipeline at the next batch'],
    ['resume', 'let a pipeline (or one run) go on'],
  ] as const) {
    program
      .command(name)
      .description(words)
      .argument('<pipeline>', 'id of a pipeline, or of a run')
      .action(async (id: string, _options, command: Command) => {
        const session = open(command);
        const params = { params: { path: { id } } };
        if (isRunId(id) && (await isRun(session, id))) {
          const run = await take(
            name === 'pause'
              ? session.client.POST('/runs/{id}/pause', params)
              : session.client.POST('/runs/{id}/resume', params),
          );
          session.output.result(run, () => `Run ${run.number} of ${run.pipeline} is asked to ${name}.`);
          return;
        }
        const done = await take(
          name === 'pause'
            ? session.client.POST('/pipelines/{id}/pause', params)
            : session.client.POST('/pipelines/{id}/resume', params),
        );
        session.output.result(done, () => `Pipeline ${done.id} is ${done.state}.`);
      });
  }
  program
    .command('reset')
    .description('forget how far a flow has come; with --links also which records it wrote')
    .argument('<pipeline>')
    .argument('[flow]', 'one flow; all when absent')
    .option('--links', 'forget the links too: every record then looks new')
    .option('--yes', 'do not ask')
    .action(async (id: string, flow: string | undefined, options: ResetOptions, command: Command) => {
      const session = open(command);
      const isSure = options.links !== true || options.yes === true || (await asks(tools, id));
      const done = await take(
        session.client.POST('/pipelines/{id}/reset', {
          params: { path: { id } },
          body: {
            ...(flow !== undefined && { flow }),
            ...(options.links && { links: true }),
            ...(isSure && { confirm: id }),
          },
        }),
      );
      session.output.result(
        done,
        () => `Reset: ${done.flows.join(', ')}${options.links ? `; ${done.linksForgotten} links forgotten` : ''}.`,
      );
    });
  program
    .command('delete')
    .description('stop a pipeline and delete it; links and history are kept for 30 days')
    .argument('<pipeline>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/pipelines/{id}', { params: { path: { id } } }));
      session.output.result({ deleted: id }, () => `Pipeline ${id} is deleted.`);
    });
}

interface ResetOptions {
  readonly links?: boolean;
  readonly yes?: boolean;
}

/** At a terminal the id is asked for; elsewhere only `--yes` confirms. */
async function asks(tools: CliTools, id: string): Promise<boolean> {
  if (tools.stdin.isTTY !== true) return false;
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: tools.stdin, output: process.stderr });
  try {
    return (await lines.question(`Type the id of the pipeline to forget its links: `)).trim() === id;
  } finally {
    lines.close();
  }
}

export function tellProblems(
  session: Session,
  problems: readonly CheckProblem[],
  notes: readonly string[],
  file: string,
): void {
  const named = problems.map((problem) => ({ ...problem, file }));
  if (named.length > 0) session.output.note(problemsText(named));
  for (const note of notes) session.output.note(note);
}

export function isRunId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
}

async function isRun(session: Session, id: string): Promise<boolean> {
  const { response } = await session.client.GET('/runs/{id}', { params: { path: { id } } });
  return response.ok;
}

function noFile(given: string): CliFailure {
  return new CliFailure(exitCodes.usage, `There is no file \`${given}\`.`, 'Give the path of a YAML file.');
}
