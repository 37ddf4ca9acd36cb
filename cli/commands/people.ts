import type { Command } from 'commander';
import { Output } from '../output.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';

const roles = ['operator', 'support'] as const;

/** Commands about people that work on the database itself: whoever may read it runs the installation. */
export function addPeopleCommands(program: Command, tools: CliTools): void {
  program
    .command('owner')
    .description('make somebody owner of the first account with all its data (docs/accounts.md)')
    .argument('<email>')
    .action(async (email: string, _options: object, command: Command) => {
      const report = await (await tools.people()).takeOver(requireEmail(email));
      outputOf(tools, command).result(report, () =>
        [
          `${report.email} is owner of the account ${report.account} (${report.accountId}).`,
          ...(report.link === null
            ? ['Sign in with the password that you have.']
            : [`Set a password here, once, until ${report.expiresAt}:`, report.link]),
        ].join('\n'),
      );
    });
  const staff = program.command('staff').description('people who run the installation (docs/accounts.md)');
  staff
    .command('list', { isDefault: true })
    .description('list them')
    .action(async (_options: object, command: Command) => {
      const items = await (await tools.people()).listStaff();
      outputOf(tools, command).list(
        items,
        [
          { title: 'EMAIL', of: (row) => row.email },
          { title: 'ROLE', of: (row) => row.role },
        ],
        'There is nobody yet: pipewright staff add <email> --role operator',
      );
    });
  staff
    .command('add')
    .description('make somebody an operator or a support user')
    .argument('<email>')
    .requiredOption('--role <role>', roles.join(' or '))
    .action(async (email: string, options: { role: string }, command: Command) => {
      const role = roles.find((name) => name === options.role);
      if (role === undefined) {
        throw new CliFailure(exitCodes.usage, `There is no role \`${options.role}\`.`, `Use ${roles.join(' or ')}.`);
      }
      const report = await (await tools.people()).addStaff(requireEmail(email), role);
      outputOf(tools, command).result(report, () =>
        [
          `${report.email} is ${report.role} of this installation.`,
          ...(report.link === null ? [] : ['Set a password here, once:', report.link]),
        ].join('\n'),
      );
    });
  staff
    .command('remove')
    .description('take that role away')
    .argument('<email>')
    .action(async (email: string, _options: object, command: Command) => {
      if (!(await (await tools.people()).removeStaff(requireEmail(email)))) {
        throw new CliFailure(exitCodes.failed, `\`${email}\` is not among them.`, 'See `pipewright staff list`.');
      }
      outputOf(tools, command).result({ removed: email }, () => `${email} does not run this installation any more.`);
    });
}

function requireEmail(text: string): string {
  if (/^[^\s@<>]{1,64}@[^\s@<>]{1,185}$/.test(text)) return text.toLowerCase();
  throw new CliFailure(exitCodes.usage, `\`${text}\` is no e-mail address.`, 'Write it as `name@example.com`.');
}

function outputOf(tools: CliTools, command: Command): Output {
  return new Output(tools, command.optsWithGlobals<{ json?: boolean }>().json === true);
}
