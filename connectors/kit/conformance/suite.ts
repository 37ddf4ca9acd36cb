import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenConnection } from '../contract.js';
import { connectionTests } from './connection-tests.js';
import { readingTests } from './reading-tests.js';
import { type Behaviour, behaviours, type ConformanceSetup } from './setup.js';
import { writingTests } from './writing-tests.js';

/** What the tests of one connector share: its setup, and connections that are closed after each test. */
export interface Bench {
  readonly setup: ConformanceSetup;
  open(): OpenConnection;
}

export type Behaviours = Partial<Record<Behaviour, (bench: Bench) => Promise<void>>>;

/**
 * The law for connectors, run over each of them: every behaviour either holds or is left out for a reason that is
 * written down. `prepare` runs before the first test of the file.
 */
export function describeConformance(
  name: string,
  prepare: () => Promise<ConformanceSetup>,
  notSupported: Partial<Record<Behaviour, string>> = {},
): void {
  describe(`conformance of ${name}`, () => {
    let setup: ConformanceSetup;
    const opened: OpenConnection[] = [];
    const bench: Bench = {
      get setup() {
        return setup;
      },
      open: () => {
        const connection = setup.open();
        opened.push(connection);
        return connection;
      },
    };
    beforeAll(async () => {
      setup = await prepare();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((connection) => connection.close()));
    });
    afterAll(async () => {
      await setup?.dispose();
    });
    const tests: Behaviours = { ...connectionTests, ...readingTests, ...writingTests };
    for (const behaviour of behaviours) {
      const reason = notSupported[behaviour];
      if (reason === undefined)
        test(behaviour, () => tests[behaviour]?.(bench) ?? Promise.reject(new Error('no test')));
      else test(`${behaviour} - not supported: ${reason}`, () => expect(reason.length).toBeGreaterThan(15));
    }
  });
}
