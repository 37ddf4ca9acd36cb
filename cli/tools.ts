import type { Connector } from '../connectors/kit/index.js';
import type { Language } from '../languages/language.js';

/** What the commands need of the world; `cli.ts` builds it. */
export interface CliTools {
  readonly version: string;
  /** What failures and problems are told in; English when absent. */
  readonly language?: Language;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stdin: NodeJS.ReadStream;
  /** Where the server of this installation answers and with which key; throws a Failure that says what is missing. */
  server(): { readonly address: string; readonly key: string };
  /** All connectors, for offline checks. */
  connectors(): Promise<ReadonlyMap<string, Connector>>;
  /** Writes a backup of the whole installation; throws a Failure. */
  backUp(options: BackupOptions): Promise<BackupReport>;
  /** Puts a backup into the database of an installation that is stopped; throws a Failure. */
  restore(options: RestoreOptions): Promise<RestoreReport>;
  /** Starts the whole product; resolves with the exit code when it has stopped. */
  startUp(): Promise<number>;
  /** Serves a vendor's sandbox until it is stopped; resolves with the exit code. */
  serveSandbox(args: readonly string[]): Promise<number>;
}

/** How far a long piece of work has come. */
export interface WorkProgress {
  readonly text: string;
  readonly detail?: string;
  /** 0 to 1. */
  readonly share: number;
  readonly bytes?: number;
}

export interface BackupOptions {
  /** A file, or a folder that the file is put into; absent: the current folder. */
  readonly to?: string;
  readonly onProgress?: (progress: WorkProgress) => void;
}

export interface BackupReport {
  readonly file: string;
  readonly fileBytes: number;
  readonly tables: number;
  readonly rows: number;
  readonly takenAt: string;
  readonly sha256: string;
  /** Which key a restore needs, and where it lies: it is not in the file. */
  readonly masterKeyId: string;
  readonly masterKeyPlace: string;
}

export interface RestoreOptions {
  readonly file: string;
  /** Asked only where the database holds accounts. */
  readonly mayReplace: (accounts: number) => Promise<boolean>;
  readonly onProgress?: (progress: WorkProgress) => void;
}

export interface RestoreReport {
  readonly file: string;
  readonly takenAt: string;
  /** The release that made it. */
  readonly product: string;
  readonly tables: number;
  readonly rows: number;
  /** Runs that go on at the next start. */
  readonly openRuns: number;
  /** Pipelines that wait for a person, since their targets cannot be asked what was written after the backup. */
  readonly paused: readonly { readonly id: string; readonly targets: readonly string[] }[];
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
