import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CheckProblem } from '../../client/client.js';
import { readDefinitionInput } from '../definition-input.js';
import { take } from '../failures.js';
import { toldIn } from '../language.js';
import { addConnectionOption } from '../options.js';
import { Output, plural } from '../output.js';
import { problemsText } from '../problems.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';
import { tellProblems } from './pipelines.js';

/** Commands that need no server. */
export function addOfflineCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  program
    .command('check')
    .description('check definitions and run the tests in them; every problem with its place')
    .argument('<files...>', 'YAML files')
    .option('--live', 'ask the connected accounts too: streams, rights, value tables (needs the server)')
    .option('--connection <slot=name>', 'with --live: connection of a slot; may be repeated', addConnectionOption)
    .action(async (files: string[], options: LiveOptions, command: Command) => {
      const code = await check(tools, new Output(tools, command.optsWithGlobals().json === true), files);
      if (!options.live || code === exitCodes.usage) return end(code);
      const liveCode = await checkLive(openSession(tools, command.optsWithGlobals()), files, options.connection ?? {});
      end(liveCode === exitCodes.done ? code : liveCode);
    });
  program
    .command('plan')
    .description('show what the engine would run: the definition with all defaults')
    .argument('<file>', 'a YAML file')
    .action(async (file: string, _options, command: Command) => {
      end(await plan(tools, new Output(tools, command.optsWithGlobals().json === true), file));
    });
  const fresh = program.command('new').description('begin a file');
  fresh
    .command('pipeline')
    .description('a pipeline definition to fill in')
    .argument('<id>', 'id of the pipeline: small letters, digits, hyphens')
    .action((id: string) => writeNew(tools, id, pipelineTemplate(id)));
  fresh
    .command('connector')
    .description('a declarative service for the `http` connector')
    .argument('<id>', 'id of the service')
    .action((id: string) => writeNew(tools, id, serviceTemplate(id)));
}

interface LiveOptions {
  readonly live?: boolean;
  readonly connection?: Record<string, string>;
}

/** The same files against the accounts they are bound to. */
async function checkLive(
  session: Session,
  files: readonly string[],
  connections: Readonly<Record<string, string>>,
): Promise<number> {
  let areAllValid = true;
  for (const file of files) {
    const input = await readDefinitionInput(file);
    if (!('definition' in input))
      throw new CliFailure(exitCodes.usage, `There is no file \`${file}\`.`, 'Name a YAML file.');
    const done = await take(session.client.POST('/check', { body: { definition: input.definition, connections } }));
    tellProblems(session, done.problems, done.notes, file);
    areAllValid &&= done.isValid;
    session.output.result(done, () => `${file}: ${done.isValid ? 'fits' : 'does not fit'} the connected accounts.`);
  }
  return areAllValid ? exitCodes.done : exitCodes.usage;
}

async function checkFile(tools: CliTools, file: string) {
  const [{ loadDefinition }, { checkDefinition }] = await Promise.all([
    import('../../definitions/load/load.js'),
    import('../../definitions/check/index.js'),
  ]);
  const { text } = await loadDefinition(file);
  return checkDefinition(text, { file, connectors: await tools.connectors() });
}

async function check(tools: CliTools, output: Output, files: readonly string[]): Promise<number> {
  let errors = 0;
  let failedTests = 0;
  for (const file of files) {
    const { plan: checked, tests, problems } = await checkFile(tools, file);
    const wrong = problems.filter((problem) => problem.severity === 'error').length;
    const reports =
      checked === null || tests.length === 0
        ? []
        : (await import('../../definitions/tests/index.js')).runDefinitionTests(checked, tests);
    const failed = reports.filter((report) => !report.isPassed);
    errors += wrong;
    failedTests += failed.length;
    if (output.isJson) {
      output.line({ file, isValid: wrong === 0, problems, tests: reports });
      continue;
    }
    if (problems.length > 0)
      tools.stdout.write(`${problemsText(await toldIn(tools.language, problems as CheckProblem[]))}\n\n`);
    for (const report of failed) {
      const lines = report.differences.map((difference) => `  ${difference.flow}: ${difference.message}`);
      tools.stdout.write(`${file}: test "${report.name}" failed\n${lines.join('\n')}\n\n`);
    }
    const tail = reports.length === 0 ? '' : `, ${plural(reports.length - failed.length, 'test')} passed`;
    tools.stdout.write(wrong > 0 ? `${file}: ${plural(wrong, 'error')}.\n` : `${file}: no errors${tail}.\n`);
  }
  if (errors > 0) return exitCodes.usage;
  return failedTests > 0 ? exitCodes.failed : exitCodes.done;
}

async function plan(tools: CliTools, output: Output, file: string): Promise<number> {
  const checked = await checkFile(tools, file);
  if (checked.plan === null) {
    if (output.isJson) output.line({ file, isValid: false, problems: checked.problems });
    else tools.stdout.write(`${problemsText(await toldIn(tools.language, checked.problems as CheckProblem[]))}\n`);
    return exitCodes.usage;
  }
  tools.stdout.write(`${JSON.stringify(checked.plan, null, output.isJson ? 0 : 2)}\n`);
  return exitCodes.done;
}

function writeNew(tools: CliTools, id: string, text: string): void {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(id)) {
    throw new CliFailure(exitCodes.usage, `\`${id}\` is no id.`, 'Use small letters, digits and hyphens.');
  }
  const path = `${id}.yaml`;
  if (existsSync(path)) {
    throw new CliFailure(exitCodes.usage, `The file \`${path}\` exists already.`, 'Choose another id, or remove it.');
  }
  writeFileSync(path, text);
  tools.stdout.write(`Wrote ${path}.\n`);
}

function pipelineTemplate(id: string): string {
  return `pipeline: ${id}
title: Copy the contacts
connections:
  from: { connector: http }
  to: { connector: http }
trigger: manual # or { every: 5m }, { cron: "0 3 * * *" }, { webhook: { reconcile: 1h } }
flows:
  contacts:
    from: { stream: from.contacts, read: incremental }
    steps:
      - where: "record.email != ''"
    map:
      name: name
      email: email
      phone: { from: phone, default: null }
    to: { stream: to.contacts, write: upsert }
errors: { rejected: dead_letter }
tests:
  - given: { contacts: [{ id: "1", name: Ann, email: ann@example.com }] }
    expect: { contacts: [{ name: Ann }] }
`;
}

function serviceTemplate(id: string): string {
  return `service: ${id}
title: ${id}
auth: { kind: bearer }
check: { path: /me, account: name }
limits: [{ requests: 5, per: 1s }]
streams:
  contacts:
    title: Contacts
    key: [id]
    fields:
      id: { type: text, read_only: true }
      name: { type: text, required: true }
      email: email
      updated_at: { type: datetime, read_only: true }
    read:
      path: /contacts
      records: items
      page: { kind: cursor, param: cursor, next: next, size_param: limit, size: 100 }
      since: { param: updated_since, field: updated_at, sorted: true }
    write:
      repeat: find_then_create
      create: { path: /contacts }
      update: { path: "/contacts/{key}" }
`;
}
