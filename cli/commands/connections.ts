import type { Command } from 'commander';
import type { Connection } from '../../client/client.js';
import { take } from '../failures.js';
import { addSetting } from '../options.js';
import type { Column } from '../output.js';
import { readSecret } from '../secret-input.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';
import { addConnectLinkCommands } from './connect-links.js';

const columns: readonly Column<Connection>[] = [
  { title: 'NAME', of: (row) => row.name },
  { title: 'CONNECTOR', of: (row) => row.connector },
  { title: 'STATE', of: (row) => row.state },
  { title: 'HOSTS', of: (row) => row.hosts.join(', ') },
];

export function addConnectionCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  const connect = program.command('connect').description('signed-in accounts of services');
  connect
    .command('add')
    .description('add a connection; the secret is read from standard input as JSON, or asked for')
    .argument('<connector>', 'id of the connector, such as http')
    .requiredOption('--name <name>', 'name of the connection')
    .option('--set <name=value>', 'a setting that is no secret; may be repeated', addSetting)
    .option('--settings <json>', 'all settings as a JSON object')
    .option('--no-secret', 'the connection needs no secret')
    .action(async (connector: string, options: AddOptions, command: Command) => {
      const session = open(command);
      const settings = { ...parseSettings(options.settings), ...options.set };
      const secret = options.secret ? await readSecret(tools, await secretNames(session, connector)) : null;
      const added = await take(
        session.client.POST('/connections', { body: { name: options.name, connector, settings, secret } }),
      );
      session.output.result(added, () => `Connection ${added.name} (${added.connector}) is added.`);
    });
  connect
    .command('list')
    .description('list connections')
    .action(async (_options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/connections'));
      session.output.list(items, columns, 'There are no connections yet.');
    });
  connect
    .command('check')
    .description('try a connection with one cheap call')
    .argument('<name>')
    .action(async (name: string, _options, command: Command) => {
      const session = open(command);
      const report = await take(session.client.POST('/connections/{id}/check', { params: { path: { id: name } } }));
      const failure = report.failure as { message?: string; hint?: string } | null;
      session.output.result(report, () =>
        report.isWorking
          ? `Connection ${name} works: ${report.account ?? ''}`
          : `Connection ${name} does not work: ${failure?.message ?? ''}\n${failure?.hint ?? ''}`,
      );
      end(report.isWorking ? exitCodes.done : exitCodes.failed);
    });
  connect
    .command('secret')
    .description('give a connection a new secret, from standard input or asked for')
    .argument('<name>')
    .action(async (name: string, _options, command: Command) => {
      const session = open(command);
      const path = { id: name };
      const row = await take(session.client.GET('/connections/{id}', { params: { path } }));
      const secret = (await readSecret(tools, await secretNames(session, row.connector))) ?? {};
      const done = await take(session.client.PUT('/connections/{id}/secret', { params: { path }, body: { secret } }));
      session.output.result(done, () => `Connection ${name} has its new secret.`);
    });
  connect
    .command('change')
    .description('rename a connection, or change some of its settings')
    .argument('<name>')
    .option('--name <name>', 'its new name')
    .option('--set <name=value>', 'a setting that is no secret; may be repeated', addSetting)
    .action(async (name: string, options: ChangeOptions, command: Command) => {
      const session = open(command);
      const path = { id: name };
      const { settings } = await take(session.client.GET('/connections/{id}', { params: { path } }));
      const changed = await take(
        session.client.PATCH('/connections/{id}', {
          params: { path },
          body: {
            ...(options.name !== undefined && { name: options.name }),
            ...(options.set !== undefined && { settings: { ...settings, ...options.set } }),
          },
        }),
      );
      session.output.result(changed, () => `Connection ${changed.name} (${changed.connector}) is changed.`);
    });
  connect
    .command('remove')
    .description('remove a connection that no pipeline uses')
    .argument('<name>')
    .action(async (name: string, _options, command: Command) => {
      const session = open(command);
      await take(session.client.DELETE('/connections/{id}', { params: { path: { id: name } } }));
      session.output.result({ removed: name }, () => `Connection ${name} is removed.`);
    });
  addConnectLinkCommands(connect, open);
  addLookCommands(program, open);
}

interface ChangeOptions {
  readonly name?: string;
  readonly set?: Record<string, unknown>;
}

interface AddOptions {
  readonly name: string;
  readonly set?: Record<string, unknown>;
  readonly settings?: string;
  readonly secret: boolean;
}

function addLookCommands(program: Command, open: (command: Command) => Session): void {
  program
    .command('streams')
    .description('list the streams of a connection')
    .argument('<connection>')
    .action(async (id: string, _options, command: Command) => {
      const session = open(command);
      const { items } = await take(session.client.GET('/connections/{id}/streams', { params: { path: { id } } }));
      session.output.list(
        items,
        [
          { title: 'STREAM', of: (row) => row.name },
          { title: 'TITLE', of: (row) => row.title },
          { title: 'FIELDS', of: (row) => row.fieldCount },
          { title: 'READ', of: (row) => modes(row.read) },
          { title: 'WRITE', of: (row) => modes(row.write) },
        ],
        'The connection has no streams.',
      );
    });
  program
    .command('fields')
    .description('list the fields of a stream')
    .argument('<connection>')
    .argument('<stream>')
    .action(async (id: string, stream: string, _options, command: Command) => {
      const session = open(command);
      const { items } = await take(
        session.client.GET('/connections/{id}/streams/{stream}/fields', { params: { path: { id, stream } } }),
      );
      session.output.list(
        items,
        [
          { title: 'FIELD', of: (row) => row.name },
          { title: 'TYPE', of: (row) => row.type },
          { title: 'TITLE', of: (row) => row.title },
          { title: 'NOTES', of: (row) => notes(row) },
        ],
        'The fields of this stream are not known.',
      );
    });
  program
    .command('values')
    .description('list the values that a field may take')
    .argument('<connection>')
    .argument('<stream>')
    .argument('<field>')
    .action(async (id: string, stream: string, field: string, _options, command: Command) => {
      const session = open(command);
      const { items } = await take(
        session.client.GET('/connections/{id}/streams/{stream}/fields/{field}/values', {
          params: { path: { id, stream, field } },
        }),
      );
      session.output.list(
        items,
        [
          { title: 'VALUE', of: (row) => row.value },
          { title: 'TITLE', of: (row) => row.title },
        ],
        'No values are known for this field.',
      );
    });
}

function modes(side: Record<string, unknown> | null): string | null {
  return side === null ? null : (side.modes as readonly string[]).join(', ');
}

function notes(field: { isRequired?: boolean | undefined; isReadOnly?: boolean | undefined }): string {
  return [field.isRequired === true ? 'required' : '', field.isReadOnly === true ? 'read only' : '']
    .filter((text) => text !== '')
    .join(', ');
}

function parseSettings(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new CliFailure(exitCodes.usage, '`--settings` is not a JSON object.', 'Quote it for your shell.');
}

/** Names of the secret settings, to ask for them one by one at a terminal. */
async function secretNames(session: Session, connector: string): Promise<readonly string[]> {
  const { items } = await take(session.client.GET('/connectors'));
  const declared = items.find((each) => each.id === connector)?.secret as { properties?: object } | null | undefined;
  return Object.keys(declared?.properties ?? {});
}
