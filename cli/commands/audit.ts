import type { Command } from 'commander';
import { take } from '../failures.js';
import { wholeNumber } from '../options.js';
import { plural } from '../output.js';
import { openSession, type Session } from '../session.js';
import { type CliTools, exitCodes } from '../tools.js';

interface Filters {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function addAuditCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const audit = program.command('audit').description('who did what in the account');
  audit
    .command('list', { isDefault: true })
    .description('the newest lines of the log')
    .option('--actor <actor>', 'only of this one, such as person:anna@example.com')
    .option('--action <action>', 'only this, such as key.created')
    .option('--object <object>', 'only about this')
    .option('--from <time>', 'only from this time on, such as 2031-05-01')
    .option('--to <time>', 'only before this time')
    .option('--limit <number>', 'at most so many lines (50)', wholeNumber)
    .action(async (filters: Filters, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/audit', { params: { query: filters } }));
      session.output.list(
        items,
        [
          { title: 'LINE', of: (row) => row.seq },
          { title: 'TIME', of: (row) => row.at.slice(0, 19) },
          { title: 'ACTOR', of: (row) => row.actor },
          { title: 'ON BEHALF OF', of: (row) => row.onBehalfOf },
          { title: 'ACTION', of: (row) => row.action },
          { title: 'OBJECT', of: (row) => row.object },
        ],
        'The log has no such lines.',
      );
    });
  audit
    .command('verify')
    .description('check that no line was changed, removed or added; exit code 1 when one was')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const found = await take(session.client.GET('/audit/verify'));
      session.output.result(found, () =>
        found.isWhole
          ? `All of ${plural(found.lines, 'line')} are as they were written.`
          : `${found.problem ?? ''}\nThe first broken line is ${found.brokenAt ?? '-'}; ${plural(found.lines, 'line')} before it are whole.`,
      );
      if (!found.isWhole) end(exitCodes.failed);
    });
}
