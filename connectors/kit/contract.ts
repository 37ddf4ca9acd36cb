import type { TObject } from 'typebox';
import type { Cursor } from '../../core/cursor.js';
import type { Failure, FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { SourceRecord, TargetFields } from '../../core/record.js';
import type { HttpClient } from './http-contract.js';
import type { FieldDeclaration, FieldType, LookupDeclaration, StreamDeclaration } from './streams-contract.js';

export type {
  FieldDeclaration,
  FieldType,
  LookupDeclaration,
  ReadMode,
  StreamDeclaration,
  WriteMode,
} from './streams-contract.js';

/**
 * What a connector is: a declaration that everything else is drawn from (forms, reference page, checks), and
 * `open`, which binds it to one customer's connection. `open` does no I/O and is cheap; it is called once per slice,
 * preview or check, and `close` is always called afterwards.
 */
export interface Connector {
  readonly id: string;
  readonly title: string;
  /** Non-secret settings of a connection (TypeBox object): base URL, file paths, database name. */
  readonly settings: TObject;
  /** Secret settings, kept in the vault only; null where the service needs none. */
  readonly secret: TObject | null;
  readonly auth: 'none' | 'api_key' | 'basic' | 'bearer' | 'oauth2' | 'session' | 'declared';
  /** `host:port` of every place this connection may speak to; the egress guard refuses all others. */
  hosts(settings: JsonObject): readonly string[];
  /** The vendor's documented request limits, one entry for each key that the vendor counts by. */
  limits(settings: JsonObject): readonly RateLimit[];
  /** Longest time in ms that the vendor may need to commit a request whose answer was lost (D4). */
  readonly settleMs: number;
  /**
   * Streams known without asking the vendor: for offline checks, and for running without a question where nothing of
   * the account matters. Null where all of them depend on the account; a stream whose fields do is declared open.
   */
  declaredStreams(settings: JsonObject): readonly StreamDeclaration[] | null;
  /** True where an account may have streams beside the declared ones (smart processes, own objects). */
  readonly hasMoreStreams?: boolean;
  readonly lookups: readonly LookupDeclaration[];
  readonly webhook: WebhookDeclaration | null;
  /** How a person's consent in the browser becomes credentials; absent where there is no such way. */
  readonly oauth?: OAuthDeclaration;
  /** What a person needs before connecting; shown beside the form. */
  readonly setup: SetupDeclaration;
  /** What is known of the vendor's behaviour, each verified in the sandbox or marked as not verified. */
  readonly facts: readonly Fact[];
  /** True when the connection reads or writes files of this machine, which an operator must allow. */
  readonly isLocal?: boolean;
  open(context: ConnectionContext): OpenConnection;
}

export interface SetupDeclaration {
  /** Whether only an administrator of the vendor account can give what is asked for. */
  readonly needsAdmin: boolean;
  /** The vendor's page that tells how to get it; null where there is none. */
  readonly instructions: string | null;
  /** One or two sentences: where to look and which rights are needed. */
  readonly note: string;
}

/** The authorisation code way of OAuth 2.0; the app's own `client_id` and `client_secret` are part of the secret. */
export interface OAuthDeclaration {
  /** What the connection's settings must say for this way of signing in, such as `auth: oauth`. */
  readonly settings: JsonObject;
  /** Whether the vendor keeps to PKCE (RFC 7636, S256); then `challenge` and `verifier` are given. */
  readonly hasPkce?: boolean;
  /** Where the browser is sent. `state` comes back unchanged; vendors that know the return address ignore it. */
  authorizeUrl(
    settings: JsonObject,
    app: { clientId: string; redirectUri: string; state: string; challenge?: string },
  ): string;
  /**
   * Trades the callback's query for the secret to be stored, and the settings that only the vendor knew (the address
   * of the account). Throws `connection/token_revoked` where the code is refused.
   */
  exchange(request: OAuthExchange): Promise<{ readonly secret: JsonObject; readonly settings: JsonObject }>;
}

export interface OAuthExchange {
  readonly settings: JsonObject;
  /** Holds at least the app's `client_id` and `client_secret`. */
  readonly secret: JsonObject;
  readonly query: Readonly<Record<string, string>>;
  readonly redirectUri: string;
  /** Belongs to the `challenge` of the page's address. */
  readonly verifier?: string;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
}

export interface Fact {
  readonly text: string;
  readonly isVerified: boolean;
  readonly source?: string;
}

/** One allowance of a vendor: at most `requests` in any `perMs`, counted over everything with the same `key`. */
export interface RateLimit {
  /** Names who is counted, e.g. `account:example.amocrm.ru`; requests with equal keys share one budget everywhere. */
  readonly key: string;
  readonly requests: number;
  readonly perMs: number;
  /** Requests that may go at once after a pause (leaky bucket); 1 when absent. */
  readonly burst?: number;
  /** Requests under way at one moment; unlimited when absent. */
  readonly concurrency?: number;
}

/** What the engine hands to `open`. Secrets are read at use and never kept in a field that could be logged. */
export interface ConnectionContext {
  readonly connectionId: string;
  readonly settings: JsonObject;
  readonly credentials: Credentials;
  readonly http: HttpClient;
  /** Present for local connectors only: turns a configured path into an allowed absolute one, or throws. */
  readonly resolvePath?: (path: string) => string;
  /** Opens a guarded TCP address (postgres); throws `egress/address_refused`. Resolves to the address to connect to. */
  readonly resolveHost: (host: string, port: number) => Promise<{ address: string; port: number }>;
}

export interface Credentials {
  /** The connection's secret as stored now; throws `connection/missing_secret`. */
  read(): Promise<JsonObject>;
  /**
   * Replaces the secret under a lease, one refresher at a time over all workers: `renew` gets the newest stored
   * secret and returns the next one, which is stored before this resolves. When another worker renewed after
   * `seen` was read, `renew` is not called and the newer secret is returned.
   */
  renew(seen: JsonObject, renew: (current: JsonObject) => Promise<JsonObject>): Promise<JsonObject>;
}

/** A connection in use by one slice. Every method may throw a `Failure` whose kind decides what the engine does. */
export interface OpenConnection {
  /** One cheap call that proves the credentials; lists rights found and missing. */
  check(signal: AbortSignal): Promise<CheckReport>;
  /** Streams of this account with their fields as they are now. */
  streams(signal: AbortSignal): Promise<readonly StreamDeclaration[]>;
  reader(request: ReadRequest): Reader;
  writer(request: WriteRequest): Writer;
  /** Answers in the order of `keys`; null where the registry has no such entity. */
  lookup?(name: string, keys: readonly string[], signal: AbortSignal): Promise<readonly (JsonObject | null)[]>;
  /**
   * Creates fields that a person agreed to (`create_fields`, and an own-id field that is missing). Harmless to repeat:
   * a field that exists already, by name or caption, is returned as it is. Throws `write/rejected` in the vendor's words.
   */
  createFields?(stream: string, fields: readonly NewField[], signal: AbortSignal): Promise<readonly FieldDeclaration[]>;
  /** Values a field may take with captions (stages, users, enums). */
  values?(stream: string, field: string, signal: AbortSignal): Promise<readonly { value: string; title: string }[]>;
  /** Asks the vendor to deliver events to `url`, or takes that back; only where `webhook.canRegister`. */
  registerWebhook?(url: string, secret: string, streams: readonly string[], signal: AbortSignal): Promise<JsonObject>;
  removeWebhook?(registration: JsonObject, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** A field to be made at the vendor. */
export interface NewField {
  /** As the pipeline writes it, e.g. `custom.nip` or `UF_CRM_NIP`. */
  readonly name: string;
  readonly type: FieldType;
  readonly title: string;
  readonly isMultiple?: boolean;
  /** Captions of the choices of a list field. */
  readonly values?: readonly string[];
}

export interface CheckReport {
  readonly account: string;
  readonly rightsFound: readonly string[];
  readonly rightsMissing: readonly string[];
}

export interface ReadRequest {
  readonly stream: string;
  readonly mode: 'full' | 'incremental';
  readonly key: readonly string[];
  readonly cursorFields: readonly string[] | null;
  /** First cursor value of an incremental read that has no bookmark yet. */
  readonly start: JsonValue;
  /** How far behind its bookmark an incremental read begins again, to catch rows committed late. */
  readonly lagMs: number;
  /** Vendor-side filter, already checked against the stream's declared filters. */
  readonly where: JsonObject;
  /** True where no target does anything about deletions: the vendor need not be asked for them. */
  readonly skipsDeletions?: boolean;
  /** Reads only records whose cursor lies in [from, to): a backfill. */
  readonly period: { readonly from: string; readonly to: string } | null;
}

/**
 * Reads one stream, page after page. Reading never loses a record: pages may repeat records, and a cursor or
 * bookmark, once returned, must be good in another process and after a restart.
 */
export interface Reader {
  /** The page at `cursor`; null begins a pass, for an incremental read after `bookmark`. */
  readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page>;
  /** Records whose `field` equals one of `values`, in any order (look-up steps, touched records, replays). */
  find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]>;
  /** A cheap question whether anything lies after the bookmark; absent where the vendor cannot be asked cheaply. */
  hasChanges?(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean>;
  close?(): Promise<void>;
}

export interface Page {
  readonly records: readonly SourceRecord[];
  /** Source keys of records that the vendor reports as deleted. */
  readonly deleted: readonly string[];
  /** Where this pass goes on; null at its end. */
  readonly next: Cursor | null;
  /** Where the next incremental pass begins; read only from the page whose `next` is null. */
  readonly bookmark: Cursor | null;
  /**
   * Source keys by position for streams without a key (files): one per record. Absent elsewhere.
   */
  readonly sourceKeys?: readonly string[];
  /**
   * Records that the source holds but that cannot be read (a torn CSV line, broken JSON): each becomes a dead letter,
   * and the page goes on without them. Absent where nothing was refused.
   */
  readonly refused?: readonly RefusedRecord[];
}

/** A record that could not be read: what identifies its place, what can be shown of it, and why. */
export interface RefusedRecord {
  readonly sourceKey: string;
  /** What is left of it, e.g. `{ line: 17, text: "…" }`; sealed like any record. */
  readonly record: SourceRecord;
  readonly failure: FailureReport;
}

export interface WriteRequest {
  readonly stream: string;
  readonly mode: 'insert' | 'update' | 'upsert' | 'delete';
  readonly matchOn: readonly string[];
  /** Names of all mapped fields, in the order of the definition. */
  readonly fields: readonly string[];
  /** Where a positional target (file) was confirmed to; null at its beginning. Others ignore it. */
  readonly position: Cursor | null;
  /**
   * Names the flow and target that writes, e.g. `<pipeline uid>/<flow>/<target>`: a positional target takes a file that
   * a crashed first attempt of the same owner began, and no other. Absent: every writer counts as the same one.
   */
  readonly owner?: string;
}

export type Operation = 'create' | 'update' | 'upsert' | 'delete';

export interface Change {
  readonly operation: Operation;
  /** The target's own id where the link table or a look-up knows it. */
  readonly targetKey: string | null;
  /** 32 hex digits, stable for this record for ever: goes into the stream's own-id field (D2). */
  readonly recordKey: string;
  /** 32 hex digits that change with the content: an idempotency header, nothing else. */
  readonly effectKey: string;
  readonly fields: TargetFields;
}

export type Outcome =
  /** The target has it. `targetKey` is its id there; `created` false when it had been there before. */
  | { readonly state: 'written'; readonly targetKey: string; readonly created: boolean }
  /** Refused for good, in the vendor's words: becomes a dead letter. */
  | { readonly state: 'refused'; readonly failure: Failure }
  /**
   * The target does not say whether it happened: the engine waits `settleMs` and looks it up by own id. Where
   * `failure.details.wasSent` is false it certainly did not happen, and the change is simply sent again.
   */
  | { readonly state: 'unknown'; readonly failure: Failure };

export interface WriteResult {
  /** One per change, in order. */
  readonly outcomes: readonly Outcome[];
  /** How far a positional target has been written and synced. */
  readonly position?: Cursor;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Called last before bytes leave this process; throws `engine/fence_lost` when the lease has run out (D4). */
  readonly beforeSend: () => void;
}

export interface FoundRecord {
  readonly targetKey: string;
  /** The value that was asked for, as text: the record key, or the match values as a JSON list. */
  readonly askedFor: string;
  readonly fields: JsonObject;
}

/**
 * Writes one stream of a target. A whole-request failure is thrown: `rate_limited`, `auth` and `transient` failures
 * thrown before the first byte was sent mean that nothing happened; a failure after sending must come back as
 * `unknown` outcomes unless a repeat is harmless for this stream's idempotency.
 */
export interface Writer {
  write(changes: readonly Change[], options: SendOptions): Promise<WriteResult>;
  /** Finds records by the stream's own-id field; compares every hit itself, since some vendors ignore filters. */
  findByOwnId?(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]>;
  /**
   * For streams that keep no id of ours: all records that may be what these creates have made, by their content, the
   * oldest first; `askedFor` is the change's record key. Records of others may be among them, so the engine leaves out
   * those that it knows. Without it such a stream is asked by `findByOwnId` alone, which after a crash knows nothing.
   */
  findAlike?(changes: readonly Change[], signal: AbortSignal): Promise<readonly FoundRecord[]>;
  /** Finds records by natural fields; `values` are rows in the order of `fields`. */
  findByMatch?(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]>;
  /** Present values of records by the target's ids (previews, on_conflict); missing ids are left out. */
  readByKey?(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]>;
  close?(): Promise<void>;
}

export interface IncomingWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
  readonly receivedAtMs: number;
}

export interface WebhookEvent {
  /** Unique per delivery source; the same id twice is one event. */
  readonly eventId: string;
  readonly stream: string;
  /** Source key of the touched record. */
  readonly key: string;
  readonly isDeletion: boolean;
  /** The record itself where the event carries it (the generic `webhook` connector); else it is read again. */
  readonly record: SourceRecord | null;
}

export interface WebhookDeclaration {
  readonly canRegister: boolean;
  /** Verifies over the raw bytes and takes the events out; throws `webhook/bad_signature` or `webhook/stale`. */
  parse(request: IncomingWebhook, secret: string, settings: JsonObject): readonly WebhookEvent[];
}
