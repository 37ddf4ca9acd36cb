import type { JsonObject } from '../../core/json.js';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi, type TestApiOptions } from './api.js';
import { startTestEngine, type TestEngine, type TestEngineOptions } from './engine.js';

export interface TwoCrms {
  readonly engine: TestEngine;
  readonly api: TestApi;
  readonly source: RestCrmSandbox;
  readonly target: RestCrmSandbox;
  stop(): Promise<void>;
}

export interface TwoCrmsOptions {
  readonly engine?: TestEngineOptions;
  readonly api?: TestApiOptions;
  /** Settings of both connections besides their service and address. */
  readonly settings?: JsonObject;
}

/** The API before an engine, with a CRM that holds records connected as `crm` and an empty one as `copy`. */
export async function startTwoCrms(
  records: NonNullable<RestCrmOptions['records']>,
  options: TwoCrmsOptions = {},
): Promise<TwoCrms> {
  const [engine, source, target] = await Promise.all([
    startTestEngine(options.engine),
    startRestCrm({ seed: 1, records }),
    startRestCrm({ seed: 2 }),
  ]);
  const api = await startTestApi(engine, options.api);
  await connectCrm(engine, 'crm', source, options.settings);
  await connectCrm(engine, 'copy', target, options.settings);
  return {
    engine,
    api,
    source,
    target,
    stop: async () => {
      await api.stop();
      await engine.stop();
      await Promise.all([source.stop(), target.stop()]);
    },
  };
}

/** Connects a sandbox as the declarative service `rest-crm`; `more`: settings besides. */
export async function connectCrm(
  engine: TestEngine,
  name: string,
  { url, credentials }: RestCrmSandbox,
  more: JsonObject = {},
): Promise<void> {
  const settings = { service: 'rest-crm', base_url: url, ...more };
  await engine.connect(name, 'http', settings, { token: String(credentials.token) });
}
