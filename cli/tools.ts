import type { Connector } from '../connectors/kit/index.js';

/** What the commands need of the world; `cli.ts` builds it. */
export interface CliTools {
  readonly version: string;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stdin: NodeJS.ReadStream;
  /** Where the server of this installation answers and with which key; throws a Failure that says what is missing. */
  server(): { readonly address: string; readonly key: string };
  /** All connectors, for offline checks. */
  connectors(): Promise<ReadonlyMap<string, Connector>>;
  /** Starts the whole product; resolves with the exit code when it has stopped. */
  startUp(): Promise<number>;
  /** Serves a vendor's sandbox until it is stopped; resolves with the exit code. */
  serveSandbox(args: readonly string[]): Promise<number>;
}

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, usage: 2, deadLetters: 3 } as const;

/** Ends a command with a message, a hint and an exit code. */
export class CliFailure extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
    readonly hint: string,
    readonly code?: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'CliFailure';
  }
}
