import type { TObject, TSchema } from 'typebox';
import type { FailureCode } from '../../core/failures.js';
import { accessOf } from '../access/authorise.js';
import type { Access } from '../access/table.js';
import examples from '../examples/answers.json' with { type: 'json' };
import { sessionCookieName } from '../identity/library.js';
import { routes } from '../routes/index.js';
import { problemDetails } from '../schemas/common.js';
import { statusOf } from './problems.js';
import type { AnswerSpec, Route } from './route.js';

/** What any route may answer, besides its own failures. */
const commonErrors: readonly FailureCode[] = [
  'api/bad_request',
  'api/forbidden',
  'api/host_refused',
  'api/internal',
  'api/key_in_address',
  'api/not_found',
  'api/origin_refused',
  'api/too_large',
  'api/too_many_requests',
  'api/unauthenticated',
  'api/unsupported_media_type',
  'store/unavailable',
];

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the same table that routes, checks and answers. */
export function openApiDocument(origin: string, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const spec of routes) {
    const path = paths[spec.path] ?? {};
    path[spec.method] = operationOf(spec);
    paths[spec.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pipewright',
      version,
      description:
        'Pipelines, runs, dead letters, previews and connections of one account. The account comes from the API key or the sign-in alone.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${origin}/api/v1` }],
    tags: [...new Set(routes.map((spec) => spec.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer pw_...`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName,
          description: 'The cookie of a signed-in person; changes must also carry the header `Origin`.',
        },
      },
      schemas: { Problem: plain(problemDetails) },
      responses: {
        Problem: {
          description: 'The request was refused; the code says why.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function operationOf(spec: Route): Json {
  const errors = [...new Set([...commonErrors, ...spec.errors, ...idempotencyErrors(spec), ...capErrors(spec)])].sort();
  return {
    operationId: spec.name,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description !== undefined && { description: spec.description }),
    parameters: [...parametersOf(spec.params, 'path'), ...parametersOf(spec.query, 'query'), ...headerParameters(spec)],
    ...(spec.body !== undefined && {
      requestBody: {
        required: spec.isBodyOptional !== true,
        content: {
          'application/json': {
            schema: plain(spec.body),
            ...(spec.bodyExample !== undefined && { example: spec.bodyExample }),
          },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(spec.answers).map(([status, answer]) => [status, responseOf(spec, status, answer)]),
      ),
      ...refusalsOf(errors),
    },
    security: securityOf(spec),
    'x-access': accessTexts(spec),
    'x-error-codes': errors,
  };
}

/** Every status that the codes of a route lead to, with those codes. */
function refusalsOf(codes: readonly FailureCode[]): Json {
  const byStatus = new Map<number, FailureCode[]>();
  for (const code of codes) {
    const status = statusOf({ code });
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      { $ref: '#/components/responses/Problem', description: some.map((code) => `\`${code}\``).join(', ') },
    ]),
  );
}

/** An empty alternative says that nobody needs to sign in. */
function securityOf(spec: Route): Json[] {
  const access = accessOf(spec.name);
  return [
    ...(access.everyone === true ? [{}] : []),
    ...(access.key !== undefined ? [{ apiKey: [] }] : []),
    ...(access.everyone === true || isForPeople(access) ? [{ session: [] }] : []),
  ];
}

function isForPeople({ person, member, staff, support, partner }: Access): boolean {
  return person === true || member !== undefined || staff !== undefined || support === true || partner === true;
}

/** The row of the access table in words, such as `key: read`. */
function accessTexts(spec: Route): Json {
  const { audit: _audit, auditObject: _object, cap: _cap, ...access } = accessOf(spec.name);
  return access;
}

function idempotencyErrors(spec: Route): readonly FailureCode[] {
  return spec.method === 'post' ? ['api/idempotency_mismatch', 'api/idempotency_pending'] : [];
}

function capErrors(spec: Route): readonly FailureCode[] {
  return accessOf(spec.name).cap === undefined ? [] : ['account/cap_reached'];
}

function parametersOf(schema: TObject | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...rest } = plain(property);
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function headerParameters(spec: Route): Json[] {
  const header = (name: string, description: string): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...(spec.method === 'post'
      ? [header('Idempotency-Key', 'A repeat with the same key gets the first answer; kept for two days.')]
      : []),
    ...(spec.hasEtag === true && spec.method !== 'get'
      ? [header('If-Match', 'ETag of what you saw; refused with 412 when it changed since.')]
      : []),
  ];
}

/** Answers that tests saw, made presentable; `node scripts/record-examples.mjs` records them anew. */
const exampleAnswers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = examples;

function responseOf(spec: Route, status: string, answer: AnswerSpec): Json {
  const example = answer.example ?? exampleAnswers[spec.name]?.[status];
  const contentType = answer.contentType ?? 'application/json';
  return {
    description: answer.description,
    ...(spec.hasEtag === true && {
      headers: { ETag: { description: 'Tag of the definition.', schema: { type: 'string' } } },
    }),
    ...((answer.schema !== undefined || answer.contentType !== undefined) && {
      content: {
        [contentType]: {
          schema: answer.schema === undefined ? { type: 'string' } : plain(answer.schema),
          ...(example !== undefined && { example }),
        },
      },
    }),
  };
}

/** Schemas are plain JSON already; this drops what is not enumerable. */
function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema)) as Json;
}
