import { Client, type ClientOptions } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { requestService } from './services.js';

/** A Temporal server whose time jumps. One per test file, and the tests of the file in series: the clock is global. */
export interface TimeSkippingEnvironment {
  readonly environment: TestWorkflowEnvironment;
  /** For workers: `Worker.create({ connection })`. */
  readonly connection: TestWorkflowEnvironment['nativeConnection'];
  /**
   * A plain client. `environment.client` unlocks the clock around every awaited result, which hangs for ever with ten
   * long timers at once. With this one: start everything, `await sleep('31 days')`, then await the results.
   */
  readonly client: Client;
  /** Moves the server's time on; workflows whose timers come due run meanwhile. */
  readonly sleep: TestWorkflowEnvironment['sleep'];
  /** The server's time in milliseconds. Activities see the real clock. */
  currentTimeMs(): Promise<number>;
  close(): Promise<void>;
}

/** `client` takes what a client needs beside the connection, as the data converter. Call `close` in `afterAll`. */
export async function createTimeSkippingEnvironment(
  client: Pick<ClientOptions, 'dataConverter' | 'interceptors'> = {},
): Promise<TimeSkippingEnvironment> {
  const { program } = await requestService('time-skipping');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: program } },
  });
  return {
    environment,
    connection: environment.nativeConnection,
    client: new Client({ connection: environment.connection, ...client }),
    sleep: environment.sleep,
    currentTimeMs: () => environment.currentTimeMs(),
    close: () => environment.teardown(),
  };
}
