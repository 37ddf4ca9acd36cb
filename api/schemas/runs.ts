import { Type } from 'typebox';
import {
  anyObject,
  connectionsBySlot,
  count,
  definitionText,
  failure,
  flowName,
  moment,
  nullable,
  object,
  oneOf,
  pipelineRef,
  problem,
  uuid,
} from './common.js';

export const runStates = [
  'queued',
  'running',
  'waiting',
  'paused',
  'done',
  'done_with_dead_letters',
  'failed',
  'cancelled',
] as const;
export const runKinds = [
  'manual',
  'schedule',
  'poll',
  'webhook',
  'backfill',
  'replay',
  'resend',
  'preview',
  'apply',
] as const;

const flowCounts = {
  read: count('Records taken from the source.'),
  filtered: count('Records that a step left out.'),
  sources: count('Records that led to a change or a dead letter.'),
  produced: count('Changes for the target, dead letters included.'),
  written: count('Changes that the target has now.'),
  unchanged: count('Changes that the target had already.'),
  deleted: count('Records removed at the target.'),
  deadLetters: count('Records refused for good.'),
  waiting: count('Records that wait for the one they refer to.'),
};

const runFlow = object({
  flow: Type.String(),
  target: Type.String({ description: 'Name of the target; empty for the only one of a flow.' }),
  state: oneOf(['queued', 'running', 'done', 'failed', 'cancelled'], 'How far the flow is.'),
  ...flowCounts,
  pages: count('Pages moved.'),
  startedAt: nullable(moment('When the first page was read.')),
  endedAt: nullable(moment('When the run ended.')),
});

const runFields = {
  id: uuid('Id of the run.'),
  pipeline: Type.String({ description: 'Id of the pipeline.' }),
  pipelineUid: uuid('The same as a uuid that never changes.'),
  version: Type.Integer({ minimum: 1, description: 'The version that the run keeps to its end.' }),
  number: Type.Integer({ minimum: 1, description: 'Number of the run within its pipeline.' }),
  kind: oneOf(runKinds, 'What opened the run.'),
  state: oneOf(runStates, 'Where the run stands.'),
  options: anyObject('What the run was asked to do.'),
  openedBy: Type.String(),
  isPauseRequested: Type.Boolean(),
  isCancelRequested: Type.Boolean(),
  waitReason: nullable(Type.String({ description: 'Why the run stands still, for people.' })),
  waitUntil: nullable(moment('When a waiting run goes on by itself.')),
  failure: nullable(failure),
  openedAt: moment('When the run was asked for.'),
  startedAt: nullable(moment('When a worker began with it.')),
  endedAt: nullable(moment('When it ended.')),
  flows: Type.Array(runFlow),
  totals: object({
    read: flowCounts.read,
    filtered: flowCounts.filtered,
    written: flowCounts.written,
    unchanged: flowCounts.unchanged,
    deleted: flowCounts.deleted,
    deadLetters: flowCounts.deadLetters,
    waiting: flowCounts.waiting,
  }),
  recordsPerSecond: nullable(Type.Number({ description: 'Records read in a second, over the whole run.' })),
};

const forecast = nullable(
  object(
    {
      records: count('How many records the last run of this kind read.'),
      remaining: count('Those that are left by that measure.'),
      endsAt: moment('When they will be done at the present rate.'),
    },
    'Present while a full read is under way whose like has run before.',
  ),
);

/** A run as it stands in lists. */
export const runOutline = object(runFields);
export const run = object({ ...runFields, forecast });
export const startedRun = object({
  ...runFields,
  forecast,
  problems: Type.Array(problem, { description: 'Warnings about a definition that came with the request.' }),
  notes: Type.Array(Type.String()),
});

export const runRequest = object({
  pipeline: Type.Optional(pipelineRef),
  definition: Type.Optional(definitionText),
  connections: Type.Optional(connectionsBySlot),
  flows: Type.Optional(
    Type.Array(flowName, { minItems: 1, maxItems: 200, description: 'Only these flows; all when absent.' }),
  ),
  version: Type.Optional(Type.Integer({ minimum: 1, description: 'Another version than the published one.' })),
  allowDeletes: Type.Optional(
    Type.Boolean({
      description:
        'Carry out deletions beyond what is done without asking (100, or a fifth of what a flow holds at its target).',
    }),
  ),
  oneOff: Type.Optional(
    Type.Boolean({
      description:
        'Records that still wait for another at the end become dead letters. Default: true for a definition with a manual trigger sent with the request, else false.',
    }),
  ),
});

export const preview = object({
  id: uuid('Id of the preview.'),
  pipelineUid: uuid('The pipeline.'),
  version: Type.Integer({ minimum: 1, description: 'Number of what was run; a draft takes the next one.' }),
  isDraft: Type.Boolean({ description: 'True while that is not published; applying the preview publishes it.' }),
  runId: uuid('The run that holds its writes back.'),
  state: oneOf(['open', 'ready', 'applied', 'failed'], 'A `ready` preview can be applied once.'),
  summary: anyObject('Counts by flow and operation, calls and time that applying will take.'),
  createdAt: moment('When it was asked for.'),
  expiresAt: moment('Until when it can be seen and applied.'),
  run: run,
  cost: nullable(
    object(
      {
        calls: count('Requests to all vendors together.'),
        atLeastMs: count('The least time that the vendors’ limits leave for them.'),
        connections: Type.Array(
          object({
            connection: Type.String(),
            connector: Type.String(),
            reads: count('Requests that look whether records are still as they were.'),
            writes: count('Requests that write.'),
            atLeastMs: count('The least time that this vendor’s limits leave.'),
          }),
        ),
      },
      'What applying will take, by what the connectors declare; absent while the preview is being made.',
    ),
  ),
  isOutdated: Type.Boolean({
    description: 'True when a flow has moved on or another version was published since: it cannot be applied any more.',
  }),
  appliedRunId: nullable(uuid('The run that applied it, or tried to.')),
});

export const startedPreview = object({
  ...preview.properties,
  problems: Type.Array(problem),
  notes: Type.Array(Type.String()),
});

export const changeOperations = ['create', 'update', 'upsert', 'delete'] as const;

export const previewChange = object({
  seq: Type.Integer({ minimum: 1 }),
  flow: Type.String(),
  sourceKey: Type.String(),
  part: Type.String(),
  operation: oneOf(changeOperations, 'What would be done.'),
  targetKey: nullable(Type.String()),
  after: anyObject('Mapped fields as they would be written.'),
  before: nullable(anyObject('The same fields at the target now; null where the record is not there.')),
});

export const deadLetterStates = ['open', 'resent', 'solved', 'discarded'] as const;

export const deadLetter = object({
  id: uuid('Id of the dead letter.'),
  pipeline: Type.String(),
  pipelineUid: uuid('The pipeline.'),
  flow: Type.String(),
  runId: uuid('The run that it comes from.'),
  version: Type.Integer({ minimum: 1, description: 'The version that refused the record.' }),
  sourceKey: Type.String(),
  part: Type.String(),
  code: Type.String({ description: 'Why, as a failure code.' }),
  message: Type.String({ description: 'Why, in the words of the vendor or of the mapping.' }),
  hint: Type.String(),
  details: nullable(anyObject('Values that belong to the reason.')),
  state: oneOf(deadLetterStates, 'Only `open` ones can be edited, resent and discarded.'),
  at: moment('When it was refused.'),
  hasRecord: Type.Boolean(),
});

export const deadLetterWithRecord = object({
  ...deadLetter.properties,
  record: nullable(anyObject('The record as the source gave it, or as it was edited.')),
});

export const letterSelection = {
  ids: Type.Optional(Type.Array(uuid('Id of a dead letter.'), { minItems: 1, maxItems: 1_000 })),
  pipeline: Type.Optional(pipelineRef),
  flow: Type.Optional(flowName),
  run: Type.Optional(uuid('Only those of this run.')),
  code: Type.Optional(Type.String({ pattern: '^[a-z_]+/[a-z_]+$', description: 'Only those with this code.' })),
};
