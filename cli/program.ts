import { Command, CommanderError } from 'commander';
import { addAccountCommands } from './commands/account.js';
import { addAuditCommands } from './commands/audit.js';
import { addBackupCommands } from './commands/backup.js';
import { addConnectionCommands } from './commands/connections.js';
import { addDeadLetterCommands } from './commands/dead-letters.js';
import { addExportCommands } from './commands/export.js';
import { addKeyCommands } from './commands/keys.js';
import { addMigrationCommands } from './commands/migrations.js';
import { addOfflineCommands } from './commands/offline.js';
import { addPeopleCommands } from './commands/people.js';
import { addPipelineCommands } from './commands/pipelines.js';
import { addRunCommands } from './commands/runs.js';
import { addTariffCommands } from './commands/tariffs.js';
import { addWebhookCommands } from './commands/webhooks.js';
import { toCliFailure } from './failures.js';
import { toldIn, translator } from './language.js';
import { problemsText } from './problems.js';
import { type CliFailure, type CliTools, exitCodes } from './tools.js';

/** Runs one command and resolves with its exit code. Never throws and never ends the process. */
export async function runCli(args: readonly string[], tools: CliTools): Promise<number> {
  let code: number = exitCodes.done;
  const program = createProgram(tools, (ended) => {
    code = ended;
  });
  try {
    // A sandbox has flags of its own, which it reads itself.
    if (args[0] === 'sandbox') return await tools.serveSandbox(args.slice(1));
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const failure = toCliFailure(error);
    await tell(tools, failure, args.includes('--json'));
    if (args.includes('--debug')) tools.stderr.write(`${String((error as { stack?: unknown } | null)?.stack)}\n`);
    return failure.exitCode;
  }
}

function createProgram(tools: CliTools, end: (code: number) => void): Command {
  const program = new Command('pipewright')
    .description('Moves records between services: nothing lost, nothing twice, nothing hidden.')
    .version(tools.version, '-V, --version')
    .option('--json', 'answer in JSON, one document or one line for each item')
    .option('--debug', 'show where an error comes from')
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void tools.stdout.write(text),
      writeErr: (text) => void tools.stderr.write(text),
    })
    .exitOverride();
  program
    .command('up')
    .description('start everything on this machine (the same as `npm start`)')
    .action(async () => end(await tools.startUp()));
  addOfflineCommands(program, tools, end);
  program
    .command('sandbox')
    .description('serve a vendor’s sandbox until it is stopped')
    .argument('<vendor>')
    .allowUnknownOption();
  addConnectionCommands(program, tools, end);
  addPipelineCommands(program, tools);
  addRunCommands(program, tools, end);
  addMigrationCommands(program, tools, end);
  addDeadLetterCommands(program, tools, end);
  addAccountCommands(program, tools);
  addKeyCommands(program, tools);
  addAuditCommands(program, tools, end);
  addTariffCommands(program, tools);
  addWebhookCommands(program, tools);
  addBackupCommands(program, tools);
  addPeopleCommands(program, tools);
  addExportCommands(program, tools, end);
  return program;
}

async function tell(tools: CliTools, failure: CliFailure, isJson: boolean): Promise<void> {
  const { code, details } = failure;
  const say = await translator(tools.language);
  const [message, hint] = [say(failure.message), say(failure.hint)];
  if (isJson) {
    tools.stderr.write(
      `${JSON.stringify({ error: { code: code ?? null, message, hint, details: details ?? null } })}\n`,
    );
    return;
  }
  const problems = (details as { problems?: unknown } | undefined)?.problems;
  const isPlaced = Array.isArray(problems) && problems.length > 0 && typeof problems[0] === 'object';
  if (isPlaced) tools.stderr.write(`${problemsText(await toldIn(tools.language, problems))}\n\n`);
  tools.stderr.write(`${message}\n${hint}\n`);
}
