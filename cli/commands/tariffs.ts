import type { Command } from 'commander';
import { take } from '../failures.js';
import { openSession, type Session } from '../session.js';
import type { CliTools } from '../tools.js';

export function addTariffCommands(program: Command, tools: CliTools): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const tariff = program.command('tariff').description('the tariff of the account');
  tariff
    .command('show', { isDefault: true })
    .description('limits, and what is used of them')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const found = await take(session.client.GET('/account/tariff'));
      const { limits } = found.tariff;
      session.output.result(found, () =>
        [
          `${found.tariff.title}: ${found.tariff.description}`,
          `Pipelines: ${found.use.pipelines} of ${most(limits.pipelines)}`,
          `Records this month: ${found.use.recordsThisMonth} of ${most(limits.recordsAMonth)}`,
          `Members: ${found.use.members} of ${most(limits.members)}`,
          `Shortest interval: ${limits.shortestIntervalMs === null ? 'any' : `${limits.shortestIntervalMs / 1_000} s`}`,
        ].join('\n'),
      );
    });
  tariff
    .command('list')
    .description('all tariffs; an owner chooses one in the cabinet or by `PUT /account/tariff`')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/tariffs'));
      session.output.list(
        items,
        [
          { title: 'NAME', of: (row) => row.name },
          { title: 'TITLE', of: (row) => row.title },
          { title: 'A MONTH', of: (row) => `${(row.price.amountMinor / 100).toFixed(2)} ${row.price.currency}` },
          { title: 'PIPELINES', of: (row) => most(row.limits.pipelines) },
          { title: 'RECORDS', of: (row) => most(row.limits.recordsAMonth) },
          { title: 'MEMBERS', of: (row) => most(row.limits.members) },
        ],
        'There are no tariffs.',
      );
    });
}

function most(limit: number | null): string {
  return limit === null ? 'any number' : String(limit);
}
