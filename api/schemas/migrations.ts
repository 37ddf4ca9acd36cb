import { Type } from 'typebox';
import { connectionsBySlot, definitionText, flowName, object, pipelineRef, problem } from './common.js';
import { run } from './runs.js';

export const migrationRequest = object({
  definition: Type.Optional(definitionText),
  pipeline: Type.Optional(pipelineRef),
  connections: Type.Optional(connectionsBySlot),
  flows: Type.Optional(
    Type.Array(flowName, { minItems: 1, maxItems: 200, description: 'Only these flows; all when absent.' }),
  ),
  createFields: Type.Optional(
    Type.Boolean({ description: 'Make fields at the target that the definition asks for with `create_fields`.' }),
  ),
  allowDeletes: Type.Optional(Type.Boolean({ description: 'Carry out deletions beyond what is done without asking.' })),
});

const { properties: of } = run;

const fields = {
  id: of.id,
  pipeline: of.pipeline,
  version: of.version,
  state: of.state,
  isOver: Type.Boolean({ description: 'Whether it has ended, and its result can be fetched.' }),
  totals: of.totals,
  recordsPerSecond: of.recordsPerSecond,
  forecast: of.forecast,
  waitReason: of.waitReason,
  waitUntil: of.waitUntil,
  failure: of.failure,
  openedAt: of.openedAt,
  startedAt: of.startedAt,
  endedAt: of.endedAt,
  flows: of.flows,
  links: object({ events: Type.String(), result: Type.String() }),
};

export const migration = object(fields);
export const startedMigration = object({
  ...fields,
  problems: Type.Array(problem, { description: 'Warnings about the definition.' }),
  notes: Type.Array(Type.String()),
});
