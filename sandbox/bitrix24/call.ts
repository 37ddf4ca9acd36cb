import type { EffectNote } from '../kit/effect-log.js';
import type { VendorRequest } from '../kit/exchange.js';
import { type Json, type JsonObject, own } from '../kit/json.js';
import type { Kit } from '../kit/vendor-app.js';
import type { User } from './directories.js';
import type { Entity } from './entity.js';
import { ApiError } from './errors.js';
import type { EventDesk } from './events.js';
import type { Keys } from './keys.js';
import type { PortalOAuth } from './oauth.js';
import { isYes, textOf } from './php.js';
import type { Actor, PortalStore } from './store.js';
import type { BitrixSettings } from './switches.js';
import type { ValueSurroundings } from './values.js';

/** Everything that methods work with. */
export interface Portal {
  readonly kit: Kit;
  readonly settings: BitrixSettings;
  readonly store: PortalStore;
  readonly around: ValueSurroundings;
  readonly events: EventDesk;
  readonly keys: Keys;
  readonly oauth: PortalOAuth;
  /** The portal's present address without a slash at the end. */
  baseUrl(): string;
}

/** Who calls: a webhook or an application, on behalf of a user. */
export interface Asker {
  readonly kind: 'webhook' | 'app';
  /** What limits are counted by: the webhook or the application. */
  readonly key: string;
  readonly user: User;
  readonly scopes: ReadonlySet<string>;
}

/** One call of one method; a batch makes many of one request. */
export interface Call {
  readonly method: string;
  readonly params: JsonObject;
  readonly asker: Asker;
  readonly portal: Portal;
  readonly request: VendorRequest;
  /** The source key given with this call or with the batch around it. */
  readonly connector?: string;
}

/** What a method gives back. */
export interface Outcome {
  readonly result: Json;
  readonly total?: number;
  readonly next?: number;
  /** Modelled seconds of run time. */
  readonly seconds?: number;
}

/** A method of the API. */
export interface Method {
  readonly scope: string;
  readonly isWrite: boolean;
  /** Refused to webhooks. */
  readonly needsApp?: boolean;
  readonly notInBatch?: boolean;
  run(call: Call): Outcome;
}

/** Methods by their names in small letters. */
export type MethodTable = Map<string, Method>;

const READ_SECONDS = 0.02;
const WRITE_SECONDS = 0.09;

/** Adds a method that only reads. */
export function reading(table: MethodTable, scope: string, name: string, run: Method['run'], more = {}): void {
  table.set(name.toLowerCase(), {
    scope,
    isWrite: false,
    run: (call) => ({ seconds: READ_SECONDS, ...run(call) }),
    ...more,
  });
}

/** Adds a method that changes something. */
export function writing(table: MethodTable, scope: string, name: string, run: Method['run'], more = {}): void {
  table.set(name.toLowerCase(), {
    scope,
    isWrite: true,
    run: (call) => ({ seconds: WRITE_SECONDS, ...run(call) }),
    ...more,
  });
}

export const listSeconds = (rows: number, visited: number): number =>
  READ_SECONDS + rows * 0.0006 + visited * 0.000_001;

/** Who stands behind the changes of a call. */
export function actorOf({ asker, connector }: Call): Actor {
  return { userId: asker.user.id, ...(connector === undefined ? {} : { connector }) };
}

/** A parameter by any of its spellings. */
export function param({ params }: Call, ...names: readonly string[]): Json | undefined {
  for (const name of names) {
    const value = own(params, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Writes a line of the log. */
export function note(call: Call, entry: EffectNote): void {
  call.request.effect(entry);
  if (entry.effect !== 'read' && entry.effect !== 'lookup') call.request.records += 1;
}

/** The key that the record has in the system it came from. */
export function ownKey(record: JsonObject): string | null {
  const key = textOf(own(record, 'originId') ?? own(record, 'xmlId'));
  return key === '' ? null : key;
}

/** Until when a new record hides from lists, when that fault is played on the request. */
export function hidesUntil({ request, portal }: Call): number | undefined {
  return request.fault === 'late_visible' ? portal.kit.clock.now() + portal.kit.faults.duration(500, 1500) : undefined;
}

/** What a user without administration may see: what he or she answers for. */
export function readRight({ asker }: Call, entity: Entity): ((record: JsonObject) => boolean) | undefined {
  if (asker.user.isAdmin) return undefined;
  const field = entity.names.stream === 'tasks' ? 'responsibleId' : 'assignedById';
  return (record) => own(record, field) === undefined || own(record, field) === asker.user.id;
}

export function adminOnly({ asker }: Call, description = 'Access denied!'): void {
  if (!asker.user.isAdmin) throw new ApiError(403, 'ACCESS_DENIED', description);
}

export const saysYes = (call: Call, ...names: readonly string[]): boolean => isYes(param(call, ...names));
