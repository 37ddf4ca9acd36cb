import type { Command } from 'commander';
import { take } from '../failures.js';
import { addName } from '../options.js';
import { openSession, type Session } from '../session.js';
import type { CliTools } from '../tools.js';

type Kind = 'run.finished' | 'run.failed' | 'dead_letters.added' | 'connection.broken';

export function addWebhookCommands(program: Command, tools: CliTools): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const webhooks = program.command('webhooks').description('addresses that events are sent to');
  webhooks
    .command('list', { isDefault: true })
    .description('list them')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/webhook-endpoints'));
      session.output.list(
        items,
        [
          { title: 'ID', of: (row) => row.id },
          { title: 'URL', of: (row) => row.url },
          { title: 'KINDS', of: (row) => row.kinds.join(', ') },
          { title: 'STATE', of: (row) => (row.failingSince === null ? row.state : `${row.state}, failing`) },
        ],
        'There are no webhook endpoints.',
      );
    });
  webhooks
    .command('add')
    .description('add an address; its secret is shown once')
    .argument('<url>')
    .option(
      '--kind <kind>',
      'run.finished, run.failed, dead_letters.added or connection.broken; may be repeated',
      addName,
    )
    .action(async (url: string, options: { kind?: string[] }, command: Command) => {
      const session = open(command);
      const kinds = (options.kind ?? ['run.failed', 'dead_letters.added', 'connection.broken']) as Kind[];
      const added = await take(session.client.POST('/webhook-endpoints', { body: { url, kinds } }));
      session.output.result(added, () => `${added.id}\n${added.secret}\nThe secret is shown only now.`);
    });
  webhooks
    .command('remove')
    .description('remove an address with its log')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/webhook-endpoints/{id}', { params: { path: { id } } }));
      session.output.result({ removed: id }, () => `Webhook endpoint ${id} is removed.`);
    });
  webhooks
    .command('log')
    .description('what was sent to an address')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const { items } = await take(
        session.client.GET('/webhook-endpoints/{id}/deliveries', { params: { path: { id } } }),
      );
      session.output.list(
        items,
        [
          { title: 'AT', of: (row) => row.createdAt },
          { title: 'KIND', of: (row) => row.kind },
          { title: 'STATE', of: (row) => row.state },
          { title: 'TRIES', of: (row) => String(row.attempts) },
          { title: 'LAST ANSWER', of: (row) => row.lastError ?? (row.lastStatus === null ? '' : `${row.lastStatus}`) },
        ],
        'Nothing was sent yet.',
      );
    });
}
