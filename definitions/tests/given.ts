import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import type { Stage } from '../plan/compiled.js';
import type { Plan } from '../plan/plan.js';
import type { DefinitionTest } from '../schema/definition.js';

/** Records and answers of one test, by what asks for them. */
export interface GivenRecords {
  /** By `slot.stream`. */
  readonly streams: ReadonlyMap<string, readonly JsonObject[]>;
  /** By the name of the step, then by key. */
  readonly answers: ReadonlyMap<string, JsonObject>;
}

/** Streams are given by their name alone, or as `slot.stream` where two slots share one. */
export function givenRecords(plan: Plan, test: DefinitionTest): GivenRecords {
  const streams = new Map<string, readonly JsonObject[]>();
  for (const name of streamsOf(plan)) {
    const short = name.slice(name.indexOf('.') + 1);
    const records = test.given[name] ?? test.given[short];
    if (Array.isArray(records)) streams.set(name, records.filter(isJsonObject));
  }
  const lookups = test.given.lookups;
  const answers = new Map<string, JsonObject>();
  if (isAnswers(lookups))
    for (const [name, given] of Object.entries(lookups)) if (isJsonObject(given)) answers.set(name, given);
  return { streams, answers };
}

function isAnswers(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function streamsOf(plan: Plan): string[] {
  const names = new Set<string>();
  for (const flow of plan.flows) {
    names.add(`${flow.from.slot}.${flow.from.stream}`);
    for (const step of flow.steps) if (step.kind === 'lookup') names.add(`${step.slot}.${step.stream}`);
  }
  return [...names];
}

/** The answer of a look-up: given by name and key, else found among the given records of its stream. */
export function answerFor(stage: Exclude<Stage, { kind: 'pure' }>, key: string | null, given: GivenRecords): JsonValue {
  const answers = given.answers.get(stage.as);
  const isMany = stage.kind === 'lookup' && stage.many;
  if (key === null) return isMany ? [] : null;
  if (answers && Object.hasOwn(answers, key)) return answers[key] ?? null;
  if (stage.kind === 'enrich') return null;
  const records = given.streams.get(`${stage.slot}.${stage.stream}`) ?? [];
  const hits = records.filter((record) => keyText(record[stage.by]) === key);
  return isMany ? hits : (hits[0] ?? null);
}
