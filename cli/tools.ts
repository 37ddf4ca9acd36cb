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
  /** Works on the people of an installation through its database, whether it runs or not; throws a Failure. */
  people(): Promise<PeopleTools>;
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

/** What is done about people on the machine itself, by who may read its data folder or database. */
export interface PeopleTools {
  /** Makes a person owner of the installation's first account. */
  takeOver(email: string): Promise<OwnerReport>;
  listStaff(): Promise<readonly StaffReport[]>;
  addStaff(email: string, role: 'operator' | 'support'): Promise<StaffReport & { readonly link: string | null }>;
  /** False where nobody of this address is among them. */
  removeStaff(email: string): Promise<boolean>;
}

export interface OwnerReport {
  readonly email: string;
  readonly account: string;
  readonly accountId: string;
  /** Whether the person was made for this. */
  readonly isNew: boolean;
  /** Opens once, to set a password; null for people who have one. */
  readonly link: string | null;
  /** When the link runs out. */
  readonly expiresAt: string | null;
}

export interface StaffReport {
  readonly email: string;
  readonly role: 'operator' | 'support';
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
