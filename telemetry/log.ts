import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

/** Names whose values never reach a log line, wherever they stand. */
const secretNames = [
  'authorization',
  'cookie',
  'secret',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'api_key',
  'apiKey',
  'client_secret',
];

/** JSON lines with names of secrets blotted out. `destination` default: standard output. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What may be told of an error of unknown origin: never its payloads. Addresses lose their passwords. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (typeof error !== 'object' || error === null) return { message: blot(String(error)) };
  const { name, message, code, kind, stack, cause } = error as Record<string, unknown>;
  return {
    name,
    message: blot(String(message)),
    ...(typeof code === 'string' && { code }),
    ...(typeof kind === 'string' && { kind }),
    ...(typeof stack === 'string' && kind === undefined && { stack: blot(stack) }),
    ...(cause !== undefined && { cause: blot(String((cause as { message?: unknown } | null)?.message ?? cause)) }),
  };
}

function blot(text: string): string {
  return text.replace(/(\w+:\/\/[^\s:/@]+):[^\s@/]+@/g, '$1:[hidden]@').slice(0, 4_000);
}
