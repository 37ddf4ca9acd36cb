import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Static, TObject, TSchema } from 'typebox';
import type { FailureCode } from '../../core/failures.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';

/** What a handler gets: everything parsed and checked against the route's own schemas. */
export interface ApiRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  readonly context: ApiContext;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly raw: IncomingMessage;
  /** The caller's address: of the connection, or forwarded by a listed proxy. */
  readonly address: string;
  readonly requestId: string;
}

/** What a handler answers. `stream` takes over the open response (events, JSON lines). */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly stream?: (response: ServerResponse) => Promise<void>;
  /** Whole `Set-Cookie` lines. */
  readonly cookies?: readonly string[];
}

export interface AnswerSpec {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: TSchema;
  readonly contentType?: string;
  readonly example?: unknown;
}

/** One row of the route table: the source of routing, checking and the OpenAPI document. Rights: `access/table.ts`. */
export interface RouteSpec<Params extends TObject, Query extends TObject, Body extends TSchema> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  /** Name of the operation in the OpenAPI document, unique. */
  readonly name: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly isBodyOptional?: boolean;
  readonly bodyExample?: unknown;
  /** A repeat with the same `Idempotency-Key` is not kept: the answer sets cookies or asks anew each time. */
  readonly isNeverKept?: boolean;
  /** The headers If-Match or If-None-Match are understood here. */
  readonly hasEtag?: boolean;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Failures that this route may end in, besides those of every route. */
  readonly errors: readonly FailureCode[];
  handle(request: ApiRequest<Static<Params>, Static<Query>, Static<Body>>): Promise<Answer>;
}

export type Route = RouteSpec<TObject, TObject, TSchema>;

/** Keeps the types of a row's handler in step with its schemas. */
export function route<Params extends TObject, Query extends TObject, Body extends TSchema>(
  spec: RouteSpec<Params, Query, Body>,
): Route {
  return spec as unknown as Route;
}
