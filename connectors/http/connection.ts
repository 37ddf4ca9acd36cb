import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { Connector, OpenConnection } from '../kit/index.js';
import { parseJsonPath, textAt, valueAt } from '../kit/json-path.js';
import { pathWithKey, ServiceClient } from './client.js';
import { streamsOf } from './declaration.js';
import type { Service, ServiceStream } from './service.js';
import { ServiceReader } from './streams/reader.js';
import { ServiceWriter } from './streams/writer.js';

/** Binds a service to one connection. */
export function openService(service: Service, context: Parameters<Connector['open']>[0]): OpenConnection {
  const client = new ServiceClient(service, String(context.settings.base_url).replace(/\/+$/, ''), context);
  const find = (name: string): ServiceStream => {
    const stream = Object.hasOwn(service.streams, name) ? service.streams[name] : undefined;
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
      return { account, rightsFound: [`read ${service.check.path}`], rightsMissing: [] };
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
      const events = register.events.filter((event) => streams.some((stream) => namesStream(event, stream)));
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
      const answer = await client.send({
        method: 'DELETE',
        path: `${path}/${encodeURIComponent(String(registration.id))}`,
        signal,
      });
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
  const rule = Object.hasOwn(service.lookups ?? {}, name) ? service.lookups?.[name] : undefined;
  if (rule === undefined) {
    throw new Failure('definition/invalid', {
      message: `Service \`${service.service}\` has no look-up \`${name}\`.`,
      hint: `Known look-ups: ${Object.keys(service.lookups ?? {}).join(', ') || 'none'}.`,
    });
  }
  const answer = await client.send({
    method: 'GET',
    path: pathWithKey(rule.path, key),
    signal,
  });
  if (answer.status === 404) return null;
  if (answer.status >= 300) throw client.failureOf(answer);
  const record = valueAt(answer.json(), parseJsonPath(rule.record));
  return isJsonObject(record) ? record : null;
}

/** `deals.created` and `crm:deals:created` speak of `deals`, `ideals.created` does not. */
function namesStream(event: string, stream: string): boolean {
  return event.split(/[^A-Za-z0-9_-]/).includes(stream);
}

function noWebhooks(service: Service): Failure {
  return new Failure('connection/invalid_settings', {
    message: `Service \`${service.service}\` registers no webhooks.`,
    hint: 'Enter the intake address at the service by hand, or use a polled trigger.',
  });
}
