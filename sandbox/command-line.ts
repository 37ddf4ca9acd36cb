import { sandboxes, startSandbox } from './index.js';
import { parseRate } from './kit/limits.js';
import type { SandboxOptions } from './kit/sandbox.js';

/** What the command line asked for. */
export interface SandboxCommand {
  readonly vendor: string;
  readonly options: SandboxOptions;
  /** End when standard input closes: a child must not outlive a parent that was killed. */
  readonly watchStdin: boolean;
}

export const usage = `Usage: sandbox <vendor> [--port N] [--seed N] [--records N] [--tls] [--latency MS] [--rate REQUESTS/SECONDS] [--set NAME=VALUE] [--watch-stdin]
Vendors: ${Object.keys(sandboxes).sort().join(', ')}`;

/** Reads the arguments; a text says what is wrong with them. */
export function parseSandboxCommand(args: readonly string[]): SandboxCommand | string {
  const rest = [...args];
  const vendor = rest.shift();
  if (vendor === undefined || !Object.hasOwn(sandboxes, vendor)) return `Sandbox \`${vendor ?? ''}\` is not known.`;
  const numbers: { port?: number; seed?: number; records?: number; latency?: number } = {};
  const settings: Record<string, string | number | boolean> = {};
  let rate: SandboxOptions['rate'];
  let [tls, watchStdin] = [false, false];
  while (rest.length > 0) {
    const flag = rest.shift() ?? '';
    if (flag === '--tls') tls = true;
    else if (flag === '--watch-stdin') watchStdin = true;
    else if (flag === '--port' || flag === '--seed' || flag === '--records' || flag === '--latency') {
      const number = Number(rest.shift());
      if (!Number.isInteger(number) || number < 0) return `Flag \`${flag}\` needs a whole number.`;
      numbers[flag === '--port' ? 'port' : flag === '--seed' ? 'seed' : flag === '--records' ? 'records' : 'latency'] =
        number;
    } else if (flag === '--rate') {
      rate = parseRate(rest.shift() ?? '');
      if (rate === undefined) return 'Flag `--rate` needs requests and seconds, such as `7/1`.';
    } else if (flag === '--set') {
      const [name = '', value] = (rest.shift() ?? '').split('=', 2);
      if (value === undefined) return 'Flag `--set` needs NAME=VALUE.';
      settings[name] = settingValue(value);
    } else return `Flag \`${flag}\` is not known.`;
  }
  const { latency, ...others } = numbers;
  const limits = { ...(latency === undefined ? {} : { latencyMs: latency }), ...(rate === undefined ? {} : { rate }) };
  return { vendor, watchStdin, options: { ...others, ...limits, tls, settings } };
}

/** Starts the sandbox, prints its one line and serves until a signal (or the end of standard input). */
export async function serveSandbox(command: SandboxCommand): Promise<void> {
  const sandbox = await startSandbox(command.vendor, command.options);
  const { vendor, url, credentials, control, ca } = sandbox;
  process.stdout.write(
    `${JSON.stringify({ vendor, url, credentials, control, ...(ca === undefined ? {} : { ca }) })}\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (!command.watchStdin) return;
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdin.resume();
  });
  await sandbox.stop();
  process.stdin.pause();
}

function settingValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
