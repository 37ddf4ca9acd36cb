import type { Command } from 'commander';
import { take } from '../failures.js';
import { addSetting, wholeNumber } from '../options.js';
import type { Session } from '../session.js';
import { CliFailure, exitCodes } from '../tools.js';

interface LinkOptions {
  readonly connection?: string;
  readonly connector?: string;
  readonly name?: string;
  readonly set?: Record<string, unknown>;
  readonly email?: string;
  readonly days?: number;
}

/** `pipewright connect link ...`: somebody without a login here connects their account. */
export function addConnectLinkCommands(connect: Command, open: (command: Command) => Session): void {
  const links = connect.command('link').description('links by which somebody without a login connects an account');
  links
    .command('list', { isDefault: true })
    .description('list them')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/connect-links'));
      session.output.list(
        items,
        [
          { title: 'ID', of: (row) => row.id },
          { title: 'CONNECTION', of: (row) => row.name },
          { title: 'CONNECTOR', of: (row) => row.connector },
          { title: 'STATE', of: (row) => row.state },
          { title: 'UNTIL', of: (row) => row.expiresAt },
        ],
        'There are no connect links.',
      );
    });
  links
    .command('create')
    .description('make one; its address is shown once')
    .option('--connector <id>', 'for a new connection: its connector, such as amocrm')
    .option('--name <name>', 'for a new connection: its name')
    .option('--connection <name>', 'for new credentials of this connection')
    .option('--set <name=value>', 'a setting that is known already; may be repeated', addSetting)
    .option('--email <address>', 'send it there too')
    .option('--days <n>', 'how long it can be used; 7 days when absent', wholeNumber)
    .action(async (options: LinkOptions, command: Command) => {
      const session = open(command);
      const { connection, connector, name, set, email, days } = options;
      if (connection === undefined && (connector === undefined || name === undefined)) {
        throw new CliFailure(
          exitCodes.usage,
          'A connect link needs a connection that is there, or a connector and a name for a new one.',
          'Give `--connection NAME`, or `--connector ID --name NAME`.',
        );
      }
      const link = await take(
        session.client.POST('/connect-links', {
          body: {
            ...(connection !== undefined && { connection }),
            ...(connector !== undefined && { connector }),
            ...(name !== undefined && { name }),
            ...(set !== undefined && { settings: set }),
            ...(email !== undefined && { email }),
            ...(days !== undefined && { days }),
          },
        }),
      );
      session.output.result(
        link,
        () => `${link.url}\nUse it until ${link.expiresAt}. The address is shown only now; whoever has it can connect.`,
      );
    });
  links
    .command('withdraw')
    .description('end one')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/connect-links/{id}', { params: { path: { id } } }));
      session.output.result({ withdrawn: id }, () => `Connect link ${id} opens nothing any more.`);
    });
}
