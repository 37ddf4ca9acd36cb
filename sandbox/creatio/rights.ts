import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { ControlProblem } from '../kit/settings.js';
import type { CreatioUser } from './auth/users.js';

export type Operation = 'read' | 'insert' | 'update' | 'delete';

const OPERATIONS: readonly string[] = ['read', 'insert', 'update', 'delete'];

/** What one user may not do with one object. */
interface Limits {
  readonly denied: ReadonlySet<string>;
  /** Columns (names in OData bodies) the user does not see. */
  readonly columns: ReadonlySet<string>;
  /** `own`: the user sees only rows whose owner (or author) is the user's contact. */
  readonly rows: 'all' | 'own';
}

const NONE: Limits = { denied: new Set(), columns: new Set(), rows: 'all' };

/** Rights of users to objects, columns and rows; without a rule everything is allowed. */
export class Rights {
  readonly #limits = new Map<string, Limits>();

  /** `{user, entity, denied: [...], columns: [...], rows: "own"}` replaces the rule of that user and object. */
  set(body: unknown): void {
    if (!isObject(body)) throw new ControlProblem('Rights must be a JSON object.');
    const denied = texts(own(body, 'denied'), 'denied');
    if (denied.some((name) => !OPERATIONS.includes(name)))
      throw new ControlProblem(`\`denied\` may hold ${OPERATIONS.join(', ')}.`);
    const key = `${String(own(body, 'user') ?? '')}/${String(own(body, 'entity') ?? '')}`;
    this.#limits.set(key, {
      denied: new Set(denied),
      columns: new Set(texts(own(body, 'columns'), 'columns')),
      rows: own(body, 'rows') === 'own' ? 'own' : 'all',
    });
  }

  clear(): void {
    this.#limits.clear();
  }

  may(user: CreatioUser, entity: string, operation: Operation): boolean {
    return !this.#of(user, entity).denied.has(operation);
  }

  hiddenColumns(user: CreatioUser, entity: string): ReadonlySet<string> {
    return this.#of(user, entity).columns;
  }

  hasHiddenRows(user: CreatioUser, entity: string): boolean {
    return this.#of(user, entity).rows === 'own';
  }

  seesRow(user: CreatioUser, entity: string, record: JsonObject): boolean {
    if (this.#of(user, entity).rows === 'all') return true;
    return record.OwnerId === user.contactId || record.CreatedById === user.contactId;
  }

  #of(user: CreatioUser, entity: string): Limits {
    return this.#limits.size === 0 ? NONE : (this.#limits.get(`${user.name}/${entity}`) ?? NONE);
  }
}

function texts(value: Json | undefined, name: string): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new ControlProblem(`\`${name}\` must be a list of texts.`);
  return value.map(String);
}
