import { isJsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import type { DefinitionTest } from '../schema/definition.js';
import type { FlowResult } from './run.js';

/** One way in which the records are not as a test expects them. */
export interface TestDifference {
  readonly flow: string;
  readonly message: string;
}

/** Named fields only are compared, number and order of records exactly. */
export function compareResults(test: DefinitionTest, results: readonly FlowResult[]): TestDifference[] {
  const differences: TestDifference[] = [];
  for (const [name, expected] of Object.entries(test.expect ?? {})) {
    const [flow = '', target] = name.split(':');
    const result = results.find((each) => each.flow === flow);
    differences.push(...compareRecords(name, expected, recordsOf(result, target)));
  }
  for (const result of results) {
    const wanted = test.dead_letters?.[result.flow] ?? [];
    const found = result.failures.map((failure) => failure.code);
    if (JSON.stringify(wanted) === JSON.stringify(found)) continue;
    // A test that expects nothing of a flow says nothing about its dead letters either.
    const isNamed = Object.keys(test.expect ?? {}).some((name) => name.split(':')[0] === result.flow);
    if (wanted.length === 0 && !isNamed && test.dead_letters?.[result.flow] === undefined) continue;
    const reasons = result.failures.map((failure) => failure.message).join(' ');
    differences.push({
      flow: result.flow,
      message: `Dead letters: expected ${listed(wanted)}, found ${listed(found)}.${reasons === '' ? '' : ` ${reasons}`}`,
    });
  }
  return differences;
}

function recordsOf(result: FlowResult | undefined, target: string | undefined): readonly JsonValue[] {
  if (!result) return [];
  if (target !== undefined) return result.changes.get(target) ?? [];
  return [...result.changes.values()].flat();
}

const listed = (codes: readonly string[]) => (codes.length === 0 ? 'none' : codes.join(', '));

function compareRecords(flow: string, expected: readonly unknown[], found: readonly JsonValue[]): TestDifference[] {
  if (expected.length !== found.length) {
    return [{ flow, message: `Expected ${expected.length} records, found ${found.length}: ${shown(found)}.` }];
  }
  return expected.flatMap((record, index) => compareRecord(flow, index, record, found[index] ?? null));
}

function compareRecord(flow: string, index: number, expected: unknown, found: JsonValue): TestDifference[] {
  const differences: TestDifference[] = [];
  for (const [field, value] of Object.entries(expected as Readonly<Record<string, JsonValue>>)) {
    const actual = isJsonObject(found) && Object.hasOwn(found, field) ? found[field] : undefined;
    if (actual !== undefined && stableStringify(actual) === stableStringify(value)) continue;
    const is = actual === undefined ? 'is not written' : `is ${shown(actual)}`;
    differences.push({ flow, message: `Record ${index + 1}: \`${field}\` ${is}, expected ${shown(value)}.` });
  }
  return differences;
}

/** Test data stands in the definition itself, so it may be shown. */
function shown(value: JsonValue | readonly JsonValue[]): string {
  const text = JSON.stringify(value);
  return `\`${text.length > 200 ? `${text.slice(0, 200)}...` : text}\``;
}
