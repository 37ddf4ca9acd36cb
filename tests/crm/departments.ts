import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../core/json.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { type AmoCrmSandbox, startAmoCrm } from '../../sandbox/amocrm/sandbox.js';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { type CreatioSandbox, startCreatio } from '../../sandbox/creatio/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine, type TestEngineOptions } from '../support/engine.js';
import { until } from '../support/until.js';

/** A vendor's sandbox with what a connection to it needs. */
export interface Department<Sandbox> {
  readonly sandbox: Sandbox;
  readonly connector: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject;
}

/** Far more than any sandbox answers: limits are tried on their own. */
const unlimited = 1_000;

export interface Size {
  readonly records?: number;
  readonly seed?: number;
  readonly settings?: Record<string, unknown>;
}

export async function startBitrix({ records = 0, seed = 1, settings }: Size = {}): Promise<Department<BitrixSandbox>> {
  const sandbox = await startBitrix24({ records, seed, settings: { bucket_size: 0, ...settings } as never });
  return {
    sandbox,
    connector: 'bitrix24',
    settings: { base_url: sandbox.url, requests_per_second: unlimited },
    secret: { webhook: String(sandbox.credentials.webhook_url) },
  };
}

export async function startAmo({ records = 0, seed = 2, settings }: Size = {}): Promise<Department<AmoCrmSandbox>> {
  const limits = { rate: null, account_rate: null };
  const sandbox = await startAmoCrm({ records, seed, settings: { ...limits, ...settings } as never });
  return {
    sandbox,
    connector: 'amocrm',
    settings: { base_url: sandbox.url, auth: 'token', requests_per_second: 50 },
    secret: { token: String(sandbox.credentials.token) },
  };
}

export async function startCreatioSite({
  records = 0,
  seed = 3,
  settings,
}: Size = {}): Promise<Department<CreatioSandbox>> {
  const sandbox = await startCreatio({ records, seed, ...(settings && { settings: settings as never }) });
  return {
    sandbox,
    connector: 'creatio',
    settings: { base_url: sandbox.url, requests_per_second: unlimited },
    secret: { username: String(sandbox.credentials.username), password: String(sandbox.credentials.password) },
  };
}

/** The engine with its API, to which departments are connected by name. */
export interface Office {
  readonly engine: TestEngine;
  readonly api: TestApi;
  connect(name: string, department: Department<unknown>): Promise<void>;
  /** Publishes a definition, creating the fields it asks for; throws with all problems. */
  publish(definition: string): Promise<void>;
  /** Runs a published pipeline to its end. */
  run(pipeline: string, withinMs?: number): Promise<JsonObject>;
  stop(): Promise<void>;
}

const ends = ['done', 'done_with_dead_letters', 'failed', 'cancelled', 'paused'];

export async function openOffice(options: TestEngineOptions = {}): Promise<Office> {
  const engine = await startTestEngine(options);
  const api = await startTestApi(engine);
  const must = async (status: number, method: string, path: string, body?: unknown): Promise<JsonObject> => {
    const answer = await api.call(method, path, body);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as JsonObject;
  };
  return {
    engine,
    api,
    connect: async (name, { connector, settings, secret }) => {
      await must(201, 'POST', '/connections', { name, connector, settings, secret });
    },
    publish: async (definition) => {
      await must(201, 'POST', '/pipelines', { definition, createFields: true });
    },
    run: async (pipeline, withinMs = 120_000) => {
      const { id } = await must(201, 'POST', '/runs', { pipeline });
      return until(async () => {
        const { body } = await api.call('GET', `/runs/${String(id)}`);
        return ends.includes(body.state) ? body : null;
      }, withinMs);
    },
    stop: async () => {
      await api.stop();
      await engine.stop();
    },
  };
}

export function exampleText(name: string): string {
  return readFileSync(join(findProjectFolder(), 'definitions/examples', `${name}.yaml`), 'utf8');
}
