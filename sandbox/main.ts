import { parseSandboxCommand, serveSandbox, usage } from './command-line.js';

const command = parseSandboxCommand(process.argv.slice(2));
if (typeof command === 'string') {
  process.stderr.write(`${command}\n${usage}\n`);
  process.exitCode = 2;
} else {
  await serveSandbox(command);
}
