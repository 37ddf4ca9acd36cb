import { type Command, InvalidArgumentError } from 'commander';
import { take } from '../failures.js';
import { addName } from '../options.js';
import { openSession, type Session } from '../session.js';
import type { CliTools } from '../tools.js';

const scopes = ['read', 'run', 'write', 'admin'] as const;
type Scope = (typeof scopes)[number];

interface Terms {
  readonly name?: string;
  readonly scope?: Scope[];
  readonly address?: string[];
  readonly expires?: string;
}

export function addKeyCommands(program: Command, tools: CliTools): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const keys = program.command('keys').description('API keys');
  keys
    .command('list', { isDefault: true })
    .description('list them')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/keys'));
      session.output.list(
        items,
        [
          { title: 'ID', of: (row) => row.id },
          { title: 'NAME', of: (row) => row.name },
          { title: 'SCOPES', of: (row) => row.scopes.join(', ') },
          {
            title: 'FROM',
            of: (row) => (row.allowedAddresses.length === 0 ? 'everywhere' : row.allowedAddresses.join(', ')),
          },
          { title: 'EXPIRES', of: (row) => row.expiresAt ?? 'never' },
          { title: 'LAST USED', of: (row) => row.lastUsedAt },
          { title: 'STATE', of: (row) => (row.revokedAt === null ? 'valid' : 'revoked') },
        ],
        'There are no keys.',
      );
    });
  withTerms(keys.command('create').description('make a key; it is shown once'))
    .requiredOption('--name <name>', 'what it is for')
    .action(async (options: Terms & { name: string }, command: Command) => {
      const session = open(command);
      const body = { ...bodyOf(options), name: options.name, scopes: options.scope ?? ['read' as const] };
      const key = await take(session.client.POST('/keys', { body }));
      session.output.result(key, () => `${key.key}\nThis is shown only now.`);
    });
  withTerms(keys.command('edit').description('change a key; what is not named stays').argument('<id>'))
    .option('--name <name>', 'what it is for')
    .action(async (id: string, options: Terms, command: Command) => {
      const session = open(command);
      const key = await take(session.client.PATCH('/keys/{id}', { params: { path: { id } }, body: bodyOf(options) }));
      session.output.result(key, () => `Key ${key.name} is changed.`);
    });
  keys
    .command('revoke')
    .description('revoke a key at once')
    .argument('<id>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/keys/{id}', { params: { path: { id } } }));
      session.output.result({ revoked: id }, () => `Key ${id} is revoked.`);
    });
}

function withTerms(command: Command): Command {
  return command
    .option('--scope <scope>', `${scopes.join(', ')}; may be repeated`, addScope)
    .option(
      '--address <network>',
      'only from this address or network (`any`: from everywhere); may be repeated',
      addName,
    )
    .option('--expires <time>', 'when it runs out, such as 2031-05-17T09:00:00Z; or `never`');
}

function bodyOf({ name, scope, address, expires }: Terms) {
  return {
    ...(name !== undefined && { name }),
    ...(scope !== undefined && { scopes: scope }),
    ...(address !== undefined && { allowedAddresses: address.includes('any') ? [] : address }),
    ...(expires !== undefined && { expiresAt: expires === 'never' ? null : expires }),
  };
}

function addScope(value: string, former: readonly Scope[] = []): Scope[] {
  const scope = scopes.find((name) => name === value);
  if (scope === undefined) throw new InvalidArgumentError(`Scopes are ${scopes.join(', ')}.`);
  return [...former, scope];
}
