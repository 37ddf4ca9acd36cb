import type { Connector } from '../../connectors/kit/contract.js';
import { errorText } from '../../core/failures.js';
import type { Plan } from '../plan/plan.js';
import type { DefinitionTest } from '../schema/definition.js';
import { compareResults, type TestDifference } from './compare.js';
import { runFlows } from './run.js';

export type { TestDifference } from './compare.js';

export interface TestReport {
  /** The test's name, or its number. */
  readonly name: string;
  readonly isPassed: boolean;
  readonly differences: readonly TestDifference[];
}

/**
 * Runs the tests of a definition: no network, no store. Connectors are taken for the sake of later kinds of tests
 * (matched value tables); today nothing is asked of them. Never throws.
 */
export function runDefinitionTests(
  plan: Plan,
  tests: readonly DefinitionTest[],
  _connectors: ReadonlyMap<string, Connector> = new Map(),
): TestReport[] {
  return tests.map((test, index) => {
    const name = test.name ?? `test ${index + 1}`;
    try {
      const differences = compareResults(test, runFlows(plan, test));
      return { name, isPassed: differences.length === 0, differences };
    } catch (error) {
      return {
        name,
        isPassed: false,
        differences: [{ flow: '', message: `The test could not run: ${errorText(error)}.` }],
      };
    }
  });
}
