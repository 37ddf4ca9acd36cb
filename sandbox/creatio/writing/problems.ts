import type { CreatioSettings } from '../switches.js';

/** Why a write was refused: `request` = the body does not fit the type, `database` = the row cannot be stored. */
export type WriteProblemKind = 'request' | 'database' | 'rights' | 'rule' | 'missing';

/** A refused write; each protocol shows it in its own shape. */
export class WriteProblem extends Error {
  override readonly name = 'WriteProblem';
  readonly kind: WriteProblemKind;
  /** The .NET type that the vendor names. */
  readonly exceptionType: string;

  constructor(kind: WriteProblemKind, message: string, exceptionType = '') {
    super(message);
    this.kind = kind;
    this.exceptionType = exceptionType;
  }
}

type Database = CreatioSettings['database'];

const postgres = (message: string) => new WriteProblem('database', message, 'Npgsql.PostgresException');
const sqlServer = (message: string) => new WriteProblem('database', message, 'System.Data.SqlClient.SqlException');

export function unknownReference(database: Database, table: string, column: string, target: string): WriteProblem {
  if (database === 'postgres') {
    return postgres(
      `23503: insert or update on table "${table}" violates foreign key constraint "FK${table}${column}"`,
    );
  }
  return sqlServer(
    `The INSERT statement conflicted with the FOREIGN KEY constraint "FK${table}${column}". The conflict occurred in database "Creatio", table "dbo.${target}", column 'Id'.\r\nThe statement has been terminated.`,
  );
}

export function stillReferenced(database: Database, table: string, by: string, column: string): WriteProblem {
  if (database === 'postgres') {
    return postgres(
      `23503: update or delete on table "${table}" violates foreign key constraint "FK${by}${column}" on table "${by}"`,
    );
  }
  return sqlServer(
    `The DELETE statement conflicted with the REFERENCE constraint "FK${by}${column}". The conflict occurred in database "Creatio", table "dbo.${by}", column '${column}'.\r\nThe statement has been terminated.`,
  );
}

export function duplicateId(database: Database, table: string, id: string): WriteProblem {
  if (database === 'postgres') return postgres(`23505: duplicate key value violates unique constraint "PK${table}Id"`);
  return sqlServer(
    `Violation of PRIMARY KEY constraint 'PK${table}Id'. Cannot insert duplicate key in object 'dbo.${table}'. The duplicate key value is (${id}).\r\nThe statement has been terminated.`,
  );
}

export function tooLong(database: Database, column: string, length: number): WriteProblem {
  if (database === 'postgres') return postgres(`22001: value too long for type character varying(${length})`);
  return sqlServer(
    `String or binary data would be truncated. Column '${column}'.\r\nThe statement has been terminated.`,
  );
}

export function notPermitted(entity: string): WriteProblem {
  return new WriteProblem(
    'rights',
    `Current user does not have permissions for the "${entity}" object`,
    'System.Security.SecurityException',
  );
}
