import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { Connector } from '../kit/index.js';
import { openService } from './connection.js';
import { streamsOf } from './declaration.js';
import { durationMs, parseService, type Service } from './service.js';
import { secret, settings } from './settings.js';
import { parseServiceEvents } from './webhook.js';

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
    // One for all services: the longest that any of them needs.
    settleMs: Math.max(2_000, ...[...shipped.values()].map((service) => durationMs(service.settle ?? '2s'))),
    lookups: [],
    webhook: { canRegister: true, parse: (request, key, of) => parseServiceEvents(serviceOf(of), request, key) },
    setup: {
      needsAdmin: false,
      instructions: null,
      note: 'What the service asks for stands in its definition; usually a token out of its settings.',
    },
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
