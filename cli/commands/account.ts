import type { Command } from 'commander';
import { take } from '../failures.js';
import { addConnectionOption } from '../options.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';

export function addAccountCommands(program: Command, tools: CliTools): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  program
    .command('view')
    .description('read one of the stable views as JSON lines (docs/contract.md)')
    .argument('<name>', 'such as v_runs')
    .option('--where <column=value>', 'only rows with this value; may be repeated', addConnectionOption)
    .action(async (name: string, options: { where?: Record<string, string> }, command: Command) => {
      await view(open(command), name, options.where ?? {});
    });
  addHookCommands(program, open);
}

function addHookCommands(program: Command, open: (command: Command) => Session): void {
  const hooks = program.command('hooks').description('webhook intakes');
  hooks
    .command('list', { isDefault: true })
    .description('list them')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/hooks'));
      session.output.list(
        items,
        [
          { title: 'ID', of: (row) => row.id },
          { title: 'CONNECTION', of: (row) => row.connection },
          { title: 'REGISTERED', of: (row) => (row.isRegistered ? 'yes' : 'by hand') },
          { title: 'MADE', of: (row) => row.createdAt },
        ],
        'There are no webhook intakes.',
      );
    });
  hooks
    .command('create')
    .description('make an intake for a connection; its address is shown once')
    .argument('<connection>')
    .option('--no-register', 'do not tell the vendor')
    .action(async (connection: string, options: { register: boolean }, command: Command) => {
      const session = open(command);
      const hook = await take(
        session.client.POST('/hooks', { body: { connection, ...(!options.register && { register: false }) } }),
      );
      session.output.result(hook, () =>
        [hook.message, hook.url ?? '', hook.signingSecret === null ? '' : `Signing secret: ${hook.signingSecret}`]
          .filter((line) => line !== '')
          .join('\n'),
      );
    });
  hooks
    .command('delete')
    .description('remove an intake, here and at the vendor')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/hooks/{id}', { params: { path: { id } } }));
      session.output.result({ deleted: id }, () => `Webhook intake ${id} is removed.`);
    });
}

/** Rows pass through as they come: a view may be larger than the memory. */
async function view(session: Session, name: string, where: Record<string, string>): Promise<void> {
  const query = new URLSearchParams(where).toString();
  const response = await fetch(
    `${session.address}/api/v1/views/${encodeURIComponent(name)}${query === '' ? '' : `?${query}`}`,
    { headers: { authorization: `Bearer ${session.key}`, accept: 'application/x-ndjson' } },
  );
  if (!response.ok || response.body === null) {
    const problem = (await response.json().catch(() => ({}))) as { message?: string; hint?: string };
    const code = response.status === 400 ? exitCodes.usage : exitCodes.failed;
    throw new CliFailure(code, problem.message ?? `The server answered ${response.status}.`, problem.hint ?? '');
  }
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    session.tools.stdout.write(decoder.decode(chunk as Uint8Array, { stream: true }));
  }
}
