import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse, stringify } from 'yaml';
import type { AccountDocument, ImportReport } from '../../client/client.js';
import { take } from '../failures.js';
import { openSession, type Session } from '../session.js';
import { CliFailure, type CliTools, exitCodes } from '../tools.js';

/** A request may hold 1 MB; a larger document goes in parts, connections first. */
const partBytes = 900_000;

export function addExportCommands(program: Command, tools: CliTools, end: (code: number) => void): void {
  const open = (command: Command): Session => openSession(tools, command.optsWithGlobals());
  program
    .command('export')
    .description('write the account’s definitions and settings, without secrets, as one YAML document')
    .option('--to <file>', 'a file that does not exist yet; else standard output')
    .action(async (options: { to?: string }, command: Command) => {
      const session = open(command);
      const document = await take(session.client.GET('/account/export'));
      const text = session.output.isJson ? `${JSON.stringify(document)}\n` : yamlOf(document);
      if (options.to === undefined) {
        tools.stdout.write(text);
        return;
      }
      if (existsSync(options.to)) throw exists(options.to);
      await writeFile(options.to, text, { mode: 0o600, flag: 'wx' });
      session.output.note(
        `${options.to} holds ${document.connections.length} connections and ${document.pipelines.length} pipelines, and no secret.`,
      );
    });
  program
    .command('import')
    .description('bring an exported document into the account; without --yes it only says what it would do')
    .argument('<file>')
    .option('--yes', 'do it')
    .option('--replace', 'replace what is defined otherwise here')
    .option('--activate', 'new pipelines are active where they were; else they are paused')
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const session = open(command);
      const report = await importParts(session, partsOf(await readDocument(file)), options);
      session.output.result(report, () => reportText(report));
      const isStuck = [...report.connections, ...report.pipelines].some(({ action }) => isProblem(action));
      if (isStuck) end(exitCodes.failed);
    });
}

interface ImportOptions {
  readonly yes?: boolean;
  readonly replace?: boolean;
  readonly activate?: boolean;
}

/** Texts stand as they were written, line by line. */
function yamlOf(document: AccountDocument): string {
  return stringify(document, { lineWidth: 0, blockQuote: 'literal' });
}

async function readDocument(file: string): Promise<AccountDocument> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CliFailure(exitCodes.usage, `\`${file}\` cannot be read.`, String((error as { code?: unknown }).code));
  });
  try {
    // JSON is YAML too. The server checks the shape.
    return parse(text, { maxAliasCount: 0, uniqueKeys: true }) as AccountDocument;
  } catch (error) {
    const why = String((error as { message?: unknown }).message).split('\n')[0] ?? '';
    throw new CliFailure(exitCodes.usage, `\`${file}\` is no exported document: ${why}`, 'Use what `export` wrote.');
  }
}

function partsOf(document: AccountDocument): AccountDocument[] {
  if (!Array.isArray(document?.pipelines) || JSON.stringify(document).length <= partBytes) return [document];
  const parts: AccountDocument[] = [{ ...document, pipelines: [] }];
  let bytes = partBytes;
  for (const pipeline of document.pipelines) {
    const more = Buffer.byteLength(JSON.stringify(pipeline));
    if (bytes + more > partBytes) {
      parts.push({ version: document.version, connections: [], pipelines: [] });
      bytes = 0;
    }
    parts.at(-1)?.pipelines.push(pipeline);
    bytes += more;
  }
  return parts;
}

/** A pipeline may refer to one of a later part: parts with refusals are sent once more when all the others are there. */
async function importParts(
  session: Session,
  parts: readonly AccountDocument[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { replace = false, activate = false } = options;
  const send = (document: AccountDocument): Promise<ImportReport> =>
    take(
      session.client.POST('/account/import', { body: { document, apply: options.yes === true, replace, activate } }),
    );
  const reports: ImportReport[] = [];
  for (const part of parts) reports.push(await send(part));
  for (const [index, part] of parts.entries()) {
    const isRefused = reports[index]?.pipelines.some(({ action }) => action === 'refuse');
    if (parts.length > 1 && options.yes === true && isRefused === true) reports[index] = await send(part);
  }
  return {
    isApplied: reports.every((report) => report.isApplied),
    connections: reports.flatMap((report) => report.connections),
    pipelines: reports.flatMap((report) => report.pipelines),
  };
}

function isProblem(action: string): boolean {
  return action === 'conflict' || action === 'refuse';
}

function reportText({ isApplied, connections, pipelines }: ImportReport): string {
  const lines = [
    ...connections.map(({ name, action, message }) => `${action.padEnd(9)}connection ${name}: ${message}`),
    ...pipelines.map(({ id, action, message }) => `${action.padEnd(9)}pipeline ${id}: ${message}`),
  ];
  if (lines.length === 0) lines.push('The document is empty.');
  if (!isApplied) lines.push('Nothing was changed. Do it with --yes.');
  return lines.join('\n');
}

function exists(file: string): CliFailure {
  return new CliFailure(
    exitCodes.failed,
    `There is a file \`${file}\` already.`,
    'Choose another name with `--to`.',
    'backup/file_exists',
  );
}
