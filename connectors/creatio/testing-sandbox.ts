import type { JsonObject } from '../../core/json.js';
import { type CreatioSandbox, startCreatio } from '../../sandbox/creatio/sandbox.js';
import { changeOf, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { OpenConnection, Outcome } from '../kit/index.js';
import { connectTo, controlOf } from './testing.js';

/** A running sandbox, and connections to it through the real way out. */
export interface TestInstance {
  readonly sandbox: CreatioSandbox;
  readonly control: ReturnType<typeof controlOf>;
  /** As a worker opens connections; `more` are settings. */
  connect(more?: JsonObject, secret?: JsonObject): ReturnType<typeof connectTo>;
  countRequests(work: () => Promise<unknown>): Promise<number>;
  /** Closes what was connected and makes the instance as it was: after each test. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstance(): Promise<TestInstance> {
  const sandbox = await startCreatio();
  const control = controlOf(sandbox);
  const closing: (() => Promise<void>)[] = [];
  return {
    sandbox,
    control,
    connect: (more = {}, secret) => {
      const connected = connectTo(sandbox, more, secret);
      closing.push(connected.close);
      return connected;
    },
    countRequests: async (work) => {
      const { requests: before } = await control('counts');
      await work();
      const { requests: after } = await control('counts');
      return Number(after) - Number(before);
    },
    reset: async () => {
      await Promise.all(closing.splice(0).map((close) => close()));
      await control('faults', { rate: 0 });
      await control('reset', {});
    },
    stop: () => sandbox.stop(),
  };
}

export async function createRecords(
  connection: OpenConnection,
  stream: string,
  records: readonly JsonObject[],
): Promise<readonly Outcome[]> {
  const changes = records.map((fields, index) => changeOf(index + 1, 'create', fields));
  return (await connection.writer(writeRequest(stream, 'upsert')).write(changes, sendNow)).outcomes;
}

/** The keys of what was written; throws when something was not. */
export function keysOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.state === 'written') return outcome.targetKey;
    throw new Error(`not written: ${outcome.failure.message}`);
  });
}

export async function readAll(connection: OpenConnection, stream: string): Promise<readonly JsonObject[]> {
  return (await readPass(() => connection, readRequest(stream))).records;
}
