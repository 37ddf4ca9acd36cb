import { Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { isJsonObject } from '../../core/json.js';
import type { Connector, FieldDeclaration, OpenConnection, StreamDeclaration, WriteDeclaration } from '../kit/index.js';
import { parseJsonPath, textAt, valueAt } from '../kit/json-path.js';
import { ServiceClient } from './client.js';
import {
  durationMs,
  parseService,
  type Service,
  type ServiceField,
  type ServiceStream,
  type ServiceWrite,
} from './service.js';
import { ServiceReader } from './streams/reader.js';
import { ServiceWriter } from './streams/writer.js';
import { parseServiceEvents } from './webhook.js';

const settings = Type.Object(
  {
    service: Type.String({
      title: 'Service',
      description: 'Id of a shipped service definition, or of the one given below.',
    }),
    base_url: Type.String({
      title: 'Base URL',
      description: 'Address of the service’s API, without a slash at the end.',
      format: 'uri',
    }),
    definition: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        title: 'Definition',
        description: 'A service definition of one’s own, as JSON.',
      }),
    ),
    limit_key: Type.Optional(
      Type.String({ title: 'Budget', description: 'Connections with the same name share one request budget.' }),
    ),
  },
  { additionalProperties: false },
);

const secret = Type.Object(
  {
    token: Type.Optional(Type.String({ title: 'Bearer token' })),
    api_key: Type.Optional(Type.String({ title: 'API key' })),
    username: Type.Optional(Type.String({ title: 'User name' })),
    password: Type.Optional(Type.String({ title: 'Password' })),
    client_id: Type.Optional(Type.String({ title: 'Client id' })),
    client_secret: Type.Optional(Type.String({ title: 'Client secret' })),
    access_token: Type.Optional(Type.Union([Type.String(), Type.Null()], { title: 'Access token' })),
    refresh_token: Type.Optional(Type.Union([Type.String(), Type.Null()], { title: 'Refresh token' })),
    expires_at: Type.Optional(Type.Union([Type.String(), Type.Null()], { title: 'Access token runs out at' })),
  },
  { additionalProperties: false },
);

/** The declarative connector: any service whose protocol a YAML file can tell. `shipped`: service definitions by id. */
export function createHttpConnector(shipped: ReadonlyMap<string, Service>): Connector {
  const serviceOf = (of: JsonObject): Service => {
    if (of.definition !== undefined) return parseService(of.definition);
    const service = shipped.get(String(of.service));
    if (service !== undefined) return service;
    throw new Failure('connection/invalid_settings', {
      message: `There is no service definition \`${String(of.service)}\`.`,
      hint: `Known services: ${[...shipped.keys()].sort().join(', ') || 'none'}; or give a definition of your own.`,
    });
  };
  return {
    id: 'http',
    title: 'HTTP service',
    settings,
    secret,
    auth: 'declared',
    settleMs: 2_000,
    lookups: [],
    webhook: { canRegister: true, parse: (request, key, of) => parseServiceEvents(serviceOf(of), request, key) },
    facts: [{ text: 'Everything vendor-specific stands in the service definition.', isVerified: true }],
    hosts: (of) => [hostOf(String(of.base_url))],
    limits: (of) => {
      const service = serviceOf(of);
      const name = String(of.limit_key ?? hostOf(String(of.base_url)));
      return (service.limits ?? []).map((limit, index) => ({
        key: `http:${service.service}:${name}:${index}`,
        requests: limit.requests,
        perMs: durationMs(limit.per),
        ...(limit.burst !== undefined && { burst: limit.burst }),
      }));
    },
    declaredStreams: (of) => streamsOf(serviceOf(of)),
    open: (context) => openService(serviceOf(context.settings), context),
  };
}

function hostOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) {
    throw new Failure('connection/invalid_settings', {
      message: `\`base_url\` is not an address: \`${baseUrl}\`.`,
      hint: 'Write it like `https://api.example.com/v1`.',
    });
  }
  const url = new URL(baseUrl);
  return `${url.hostname.toLowerCase()}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function openService(service: Service, context: Parameters<Connector['open']>[0]): OpenConnection {
  const client = new ServiceClient(service, String(context.settings.base_url).replace(/\/+$/, ''), context);
  const find = (name: string): ServiceStream => {
    const stream = service.streams[name];
    if (stream !== undefined) return stream;
    throw new Failure('read/unknown_stream', {
      message: `Service \`${service.service}\` has no stream \`${name}\`.`,
      hint: `Known streams: ${Object.keys(service.streams).sort().join(', ')}.`,
    });
  };
  return {
    check: async (signal) => {
      const answer = await client.call({ method: 'GET', path: service.check.path, signal });
      const account = textAt(answer.json(), parseJsonPath(service.check.account)) ?? service.title;
      return { account, rightsFound: [], rightsMissing: [] };
    },
    streams: async () => streamsOf(service),
    reader: (request) => new ServiceReader(client, request.stream, find(request.stream), request),
    writer: (request) => new ServiceWriter(client, request.stream, find(request.stream), request),
    lookup: async (name, keys, signal) => {
      const answers: (JsonObject | null)[] = [];
      for (const key of keys) answers.push(await lookUp(client, service, name, key, signal));
      return answers;
    },
    registerWebhook: async (url, key, streams, signal) => {
      const register = service.webhook?.register;
      if (register === undefined) throw noWebhooks(service);
      const events = register.events.filter((event) => streams.some((stream) => event.includes(stream)));
      const answer = await client.call({
        method: 'POST',
        path: register.path,
        body: { url, events, secret: key },
        signal,
      });
      return { id: textAt(answer.json(), parseJsonPath(register.id)) };
    },
    removeWebhook: async (registration, signal) => {
      const path = service.webhook?.register?.path;
      if (path === undefined) return;
      const answer = await client.send({ method: 'DELETE', path: `${path}/${String(registration.id)}`, signal });
      if (answer.status >= 300 && answer.status !== 404) throw client.failureOf(answer);
    },
    close: async () => undefined,
  };
}

async function lookUp(
  client: ServiceClient,
  service: Service,
  name: string,
  key: string,
  signal: AbortSignal,
): Promise<JsonObject | null> {
  const rule = service.lookups?.[name];
  if (rule === undefined) {
    throw new Failure('definition/invalid', {
      message: `Service \`${service.service}\` has no look-up \`${name}\`.`,
      hint: `Known look-ups: ${Object.keys(service.lookups ?? {}).join(', ') || 'none'}.`,
    });
  }
  const answer = await client.send({
    method: 'GET',
    path: rule.path.replaceAll('{key}', encodeURIComponent(key)),
    signal,
  });
  if (answer.status === 404) return null;
  if (answer.status >= 300) throw client.failureOf(answer);
  const record = valueAt(answer.json(), parseJsonPath(rule.record));
  return isJsonObject(record) ? record : null;
}

function noWebhooks(service: Service): Failure {
  return new Failure('connection/invalid_settings', {
    message: `Service \`${service.service}\` registers no webhooks.`,
    hint: 'Enter the intake address at the service by hand, or use a polled trigger.',
  });
}

function streamsOf(service: Service): readonly StreamDeclaration[] {
  return Object.entries(service.streams).map(([name, stream]) => ({
    name,
    title: stream.title,
    fields: Object.entries(stream.fields).map(([field, of]) => fieldOf(field, of)),
    isOpen: stream.open === true,
    key: stream.key,
    read:
      stream.read === undefined
        ? null
        : {
            modes: stream.read.since === undefined ? ['full'] : ['full', 'incremental'],
            cursor: stream.read.since === undefined ? null : [stream.read.since.field],
            pageSize: stream.read.page.size,
            filters: stream.read.filters ?? [],
            showsDeletions: stream.read.deleted !== undefined,
            findBy: Object.keys(stream.read.find ?? {}),
          },
    write: stream.write === undefined ? null : writeOf(stream, stream.write),
  }));
}

function fieldOf(name: string, field: ServiceField): FieldDeclaration {
  if (typeof field === 'string') return { name, type: field };
  return {
    name,
    type: field.type,
    ...(field.title !== undefined && { title: field.title }),
    ...(field.required === true && { isRequired: true }),
    ...(field.read_only === true && { isReadOnly: true }),
  };
}

function writeOf(stream: ServiceStream, write: ServiceWrite): WriteDeclaration {
  return {
    modes: write.modes ?? ['insert', 'update', 'upsert', 'delete'],
    idempotency: write.repeat,
    ownIdField: write.own_id ?? null,
    naturalKey: null,
    matchFields: write.match ?? Object.keys(stream.read?.find ?? {}),
    batchSize: write.batch?.size ?? 200,
    parallelBatches: 4,
    canCreateFields: false,
  };
}
