import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Scope } from '../../api/access/caller.js';
import type { RequestRules } from '../../api/access/request-limits.js';
import type { ApiContext } from '../../api/context.js';
import type { Route } from '../../api/http/route.js';
import { routes } from '../../api/routes/index.js';
import { problemDetails } from '../../api/schemas/common.js';
import { create } from '../../api/services/keys.js';
import type { Installation } from '../../assembly/installation.js';
import { type ServerHostOptions, startServerHost } from '../../assembly/server-host.js';
import { findFreePort } from '../../runtime/free-port.js';
import { readSettings } from '../../runtime/settings.js';
import { createLog, type Log } from '../../telemetry/log.js';
import { createTelemetry } from '../../telemetry/telemetry.js';
import { keepAsExample } from './answer-examples.js';
import { startBalancer } from './balancer.js';
import { isScaledOut, type TestEngine } from './engine.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely; their shape is checked by schema below
  readonly body: any;
  readonly text: string;
}

export interface CallOptions {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
}

/** The real HTTP server on a test engine. Every answer is checked against the schema that its route promises. */
export interface TestApi {
  readonly address: string;
  readonly key: string;
  readonly installation: Installation;
  readonly context: ApiContext;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>;
  makeKey(scopes: readonly Scope[], accountId?: string): Promise<string>;
  stop(): Promise<void>;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Far above what tests ask; the limits themselves are tested with figures of their own. */
const wideRules: RequestRules = { seconds: 1, perCaller: 100_000, perAccount: 100_000, perAddress: 100_000 };

/** Settings as an operator would set them, and how patient the parts of the server are. */
export interface TestApiOptions extends Pick<ServerHostOptions, 'correspondence' | 'requestRules'> {
  readonly env?: Readonly<Record<string, string>>;
  /** For what each server counts or keeps for itself: one server, also where the tests are scaled out. */
  readonly isOneServer?: boolean;
  /** Where the lines of the log go; nowhere when absent. */
  readonly log?: Log;
}

export async function startTestApi(engine: TestEngine, options: TestApiOptions = {}): Promise<TestApi> {
  const balancer = isScaledOut && options.isOneServer !== true ? await startBalancer() : null;
  const installation: Installation = {
    settings: readSettings({
      PIPEWRIGHT_DATA_DIR: engine.folder,
      PORT: '0',
      ...options.env,
      ...(balancer !== null && { PUBLIC_URL: balancer.origin }),
    }),
    telemetry: createTelemetry({ log: options.log ?? createLog('silent'), hasProcessMetrics: false }),
    engine: engine.engine,
    temporal: { address: '', namespace: '' },
    converter: {},
    queue: engine.queue,
    close: async () => undefined,
  };
  const server = await startServerHost(installation, {
    client: engine.client,
    hasMaintenance: false,
    requestRules: options.requestRules ?? wideRules,
    ...(options.correspondence && { correspondence: options.correspondence }),
  });
  if (balancer !== null) {
    balancer.add(server.address);
    const { MAIL_INTAKE: intake, ...env } = options.env ?? {};
    // Each server takes mail at a port of its own.
    const ownIntake: Record<string, string> =
      intake === undefined ? {} : { MAIL_INTAKE: `127.0.0.1:${await findFreePort()}` };
    balancer.add((await engine.spawnServer({ ...env, ...ownIntake, PUBLIC_URL: balancer.origin })).address);
  }
  const address = balancer?.origin ?? server.address;
  const makeKey = async (scopes: readonly Scope[], accountId = engine.accountId): Promise<string> =>
    (await create({ store: engine.engine.dependencies.store }, accountId, { name: 'test', scopes })).key;
  const key = await makeKey(['admin']);
  return {
    address,
    key,
    installation,
    context: server.context,
    makeKey,
    stop: async () => {
      await server.stop();
      await balancer?.stop();
    },
    call: async (method, path, body, options = {}) => {
      const secret = options.key === undefined ? key : options.key;
      const hasBody = options.raw !== undefined || body !== undefined;
      const response = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: {
          ...(secret !== null && { authorization: `Bearer ${secret}` }),
          ...(hasBody && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(hasBody && { body: options.raw ?? JSON.stringify(body) }),
        redirect: 'manual',
      });
      const text = await response.text();
      const isJson = /\/(json|problem\+json)/.test(response.headers.get('content-type') ?? '');
      const parsed: unknown = isJson ? parse(text) : undefined;
      checkShape(method, path, response.status, parsed);
      keepAsExample(findRoute(method, path)?.name ?? 'none', response.status, parsed);
      return { status: response.status, headers: response.headers, body: parsed, text };
    },
  };
}

function parse(text: string): unknown {
  return text === '' ? undefined : text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
}

export function findRoute(method: string, path: string): Route | undefined {
  const bare = path.split('?')[0] ?? '';
  return routes.find(
    (spec) =>
      spec.method === method.toLowerCase() &&
      new RegExp(`^${spec.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare) &&
      !routes.some((other) => other !== spec && other.method === spec.method && other.path === bare),
  );
}

function checkShape(method: string, path: string, status: number, body: unknown): void {
  const spec = findRoute(method, path);
  const schema = status >= 400 ? problemDetails : spec?.answers[status]?.schema;
  if (status < 400 && spec !== undefined && spec.answers[status] === undefined) {
    throw new Error(`${method} ${path} answered ${status}, which its route does not promise`);
  }
  if (schema === undefined || body === undefined) return;
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema)));
  if (!validate(body)) {
    throw new Error(
      `${method} ${path} (${status}) does not fit its schema: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
    );
  }
}
