import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Output, plural } from '../output.js';
import { ProgressBar } from '../progress.js';
import type { CliTools, WorkProgress } from '../tools.js';

/** The two commands that work on an installation's database itself, not through its server. */
export function addBackupCommands(program: Command, tools: CliTools): void {
  program
    .command('backup')
    .description('write everything this installation knows into one file, while it works (docs/backup.md)')
    .option('--to <file>', 'a file, or a folder for it; else the current folder')
    .action(async (options: { to?: string }, command: Command) => {
      const output = outputOf(tools, command);
      const bar = new ProgressBar(tools.stderr);
      const report = await tools
        .backUp({ ...options, onProgress: (progress) => bar.draw(lineOf(progress)) })
        .finally(() => bar.clear());
      output.result(report, () =>
        [
          `${report.file} holds ${plural(report.rows, 'row')} of ${plural(report.tables, 'table')} as of ${report.takenAt} (${sizeText(report.fileBytes)}).`,
          `The master key is not in it: a restore needs key ${report.masterKeyId} (${report.masterKeyPlace}). Keep it elsewhere.`,
        ].join('\n'),
      );
    });
  program
    .command('restore')
    .description('put a backup into the database of this installation, which must be stopped (docs/backup.md)')
    .argument('<file>')
    .option('--replace', 'remove the accounts that the database holds')
    .option('--yes', 'do not ask')
    .action(async (file: string, options: { replace?: boolean; yes?: boolean }, command: Command) => {
      const output = outputOf(tools, command);
      const bar = new ProgressBar(tools.stderr);
      const mayReplace = async (accounts: number): Promise<boolean> => {
        if (options.replace !== true) return false;
        bar.clear();
        return options.yes === true || confirm(tools, `Remove ${plural(accounts, 'account')} with all their data?`);
      };
      const report = await tools
        .restore({ file, mayReplace, onProgress: (progress) => bar.draw(lineOf(progress)) })
        .finally(() => bar.clear());
      output.result(report, () =>
        [
          `Restored ${plural(report.rows, 'row')} of ${plural(report.tables, 'table')} as of ${report.takenAt}.`,
          `Start it with \`npm start\`: ${plural(report.openRuns, 'open run')} go on, polls and schedules begin anew.`,
          ...report.paused.map(
            ({ id, targets }) =>
              `Pipeline ${id} is paused: ${targets.join(', ')} cannot be asked what was written there after the backup. Compare it, then: pipewright resume ${id}`,
          ),
        ].join('\n'),
      );
    });
}

function outputOf(tools: CliTools, command: Command): Output {
  return new Output(tools, command.optsWithGlobals<{ json?: boolean }>().json === true);
}

/** Only a person at a terminal can be asked; everybody else says `--yes`. */
async function confirm(tools: CliTools, question: string): Promise<boolean> {
  if (tools.stdin.isTTY !== true) return false;
  const lines = createInterface({ input: tools.stdin });
  try {
    tools.stderr.write(`${question} Type "yes": `);
    return (await lines.question('')).trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}

function lineOf({ text, detail, share, bytes }: WorkProgress): string {
  const parts = [`${Math.floor(share * 100)}%`, text, detail ?? '', bytes === undefined ? '' : sizeText(bytes)];
  return parts.filter((part) => part !== '').join('  ');
}

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size).toLocaleString('en-US')} ${unit}`;
}
