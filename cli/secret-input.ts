import { createInterface } from 'node:readline/promises';
import { isJsonObject, type JsonObject } from '../core/json.js';
import { CliFailure, type CliTools, exitCodes } from './tools.js';

/** A secret comes from standard input as one JSON object, or is asked for; never from the command's arguments. */
export async function readSecret(tools: CliTools, names: readonly string[]): Promise<JsonObject | null> {
  return tools.stdin.isTTY === true ? promptSecret(tools, names) : parseSecret(await readAll(tools));
}

async function readAll(tools: CliTools): Promise<string> {
  let text = '';
  for await (const chunk of tools.stdin) text += String(chunk);
  return text.trim();
}

function parseSecret(text: string): JsonObject | null {
  if (text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Said below, without showing any of it.
  }
  throw new CliFailure(
    exitCodes.usage,
    'The secret on standard input is not a JSON object.',
    'Send it like this: echo \'{"token": "..."}\' | pipewright connect add ...',
  );
}

/** Asks for each value without showing what is typed. */
async function promptSecret(tools: CliTools, names: readonly string[]): Promise<JsonObject | null> {
  const secret: JsonObject = {};
  for (const name of names) {
    tools.stderr.write(`${name} (empty to leave it out): `);
    const value = await readHidden(tools);
    tools.stderr.write('\n');
    if (value !== '') secret[name] = value;
  }
  return Object.keys(secret).length === 0 ? null : secret;
}

async function readHidden(tools: CliTools): Promise<string> {
  const { Writable } = await import('node:stream');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: tools.stdin, output: silent, terminal: true });
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
  }
}
