import Type, { type Static } from 'typebox';
import { flowSchema } from './flow.js';
import {
  byType,
  choice,
  closed,
  duration,
  flag,
  jsonMap,
  named,
  nameIdPattern,
  pipelineIdPattern,
  sharePattern,
  streamName,
  text,
} from './forms.js';

const slotSchema = Type.Object(
  { connector: text({ title: 'Connector', description: 'Kind of service, e.g. `bitrix24`.' }) },
  { ...closed, title: 'Slot', description: 'A place for a connection of this connector.' },
);

const triggerSchema = byType(
  { title: 'Trigger', description: 'What starts the pipeline: `manual`, or a map with every, cron or webhook.' },
  choice({ title: 'By hand', description: 'Only when somebody starts it.', default: 'manual' }, 'manual'),
  Type.Object(
    {
      every: Type.Optional(duration({ title: 'Every', description: 'Looks for changes this often.' })),
      cron: Type.Optional(text({ title: 'Cron', description: 'Five fields: minute, hour, day, month, weekday.' })),
      zone: Type.Optional(text({ title: 'Zone', description: 'Time zone of the cron line, UTC if absent.' })),
      overlap: Type.Optional(
        choice(
          { title: 'Overlap', description: 'When the run before is still going.', default: 'skip' },
          'skip',
          'after',
        ),
      ),
      catch_up: Type.Optional(
        duration({ title: 'Catch up', description: 'How late a missed start may still be made up for.' }),
      ),
      webhook: Type.Optional(
        Type.Object(
          {
            reconcile: Type.Optional(
              duration({ title: 'Reconcile', description: 'How often to look for what was never announced.' }),
            ),
          },
          { ...closed, title: 'Webhook', description: 'Every slot that a flow reads is registered.' },
        ),
      ),
    },
    { ...closed, minProperties: 1, title: 'Trigger', description: 'One of every, cron, webhook.' },
  ),
);

const scalar = Type.Unsafe<string | number | boolean | null>({
  type: ['string', 'number', 'boolean', 'null'],
  title: 'Value',
  description: 'What is written.',
});

/** A fixed table, or one with `from`, `to` and `match`: told apart by those keys in definitions/check. */
const tableSchema = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  title: 'Value table',
  description: 'Source value to target value; or `from`, `to`, `match` and `also`, built from two streams.',
  minProperties: 1,
  additionalProperties: true,
});

const bothSides = (description: string) =>
  Type.Object(
    {
      from: text({ title: 'From', description: 'Field of the source side.' }),
      to: text({ title: 'To', description: 'Field of the target side.' }),
    },
    { ...closed, title: 'Each side', description },
  );

export const matchedTableSchema = Type.Object(
  {
    from: streamName({ title: 'From', description: 'Stream of the source side.' }),
    to: streamName({ title: 'To', description: 'Stream of the target side.' }),
    match: byType(
      { title: 'Match', description: 'Field whose equal values make a pair; letter case is no matter.' },
      text({ title: 'One name for both sides', description: 'The field’s name.' }),
      bothSides('The field at each side.'),
    ),
    by: Type.Optional(
      Type.Partial(bothSides('Fields that hold the keys the table maps; each stream’s own key by default.')),
    ),
    pairs: Type.Optional(
      named(
        { title: 'Pairs', description: 'Values of that field which belong together though they differ.' },
        '^.+$',
        scalar,
      ),
    ),
    also: Type.Optional(named({ title: 'Also', description: 'Pairs to add or override.' }, '^.+$', scalar)),
  },
  { ...closed, title: 'Matched table', description: 'Pairs of records of two streams.' },
);

/** The vendor's own list of a field: its codes and what people see. */
export const captionTableSchema = Type.Object(
  {
    captions: streamName({ title: 'Captions', description: 'Stream whose field has a list of values.' }),
    field: text({ title: 'Field', description: 'Its field; the table maps each value to its caption.' }),
    reverse: Type.Optional(flag({ title: 'Reverse', description: 'Map captions to values.' }, false)),
    also: Type.Optional(named({ title: 'Also', description: 'Pairs to add or override.' }, '^.+$', scalar)),
  },
  { ...closed, title: 'Caption table', description: 'Values of a field and their captions, as the account has them.' },
);

export const fixedTableSchema = named({ title: 'Fixed table', description: 'Source to target value.' }, '', scalar);

const errorsSchema = Type.Object(
  {
    rejected: Type.Optional(
      choice(
        { title: 'Rejected', description: 'What a refused record does.', default: 'dead_letter' },
        'dead_letter',
        'stop',
      ),
    ),
    drift: Type.Optional(
      choice(
        { title: 'Drift', description: 'When a mapped field is gone or changed its type.', default: 'pause' },
        'pause',
        'dead_letter',
      ),
    ),
    stop_when: Type.Optional(
      Type.Object(
        {
          rejected: text(
            { title: 'Rejected', description: 'Share of refused records, e.g. `5%`.' },
            { pattern: sharePattern },
          ),
          of_last: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 1_000_000, title: 'Of the last', description: 'Records looked at.' }),
          ),
        },
        { ...closed, title: 'Stop when', description: 'Too many refused records stop the run.' },
      ),
    ),
  },
  { ...closed, title: 'Errors', description: 'What failures do.' },
);

const testSchema = Type.Object(
  {
    name: Type.Optional(text({ title: 'Name', description: 'What the test shows.' })),
    given: jsonMap({ title: 'Given', description: 'Records by stream, and `lookups` by the name of the step.' }),
    expect: Type.Optional(
      named(
        { title: 'Expect', description: 'Written records by flow, or by `flow:target`.' },
        '^[a-z][a-z0-9_]*(:[a-z][a-z0-9_]*)?$',
        Type.Array(jsonMap({ title: 'Record', description: 'Only the fields named here are compared.' }), {
          title: 'Records',
          description: 'All records, in order.',
        }),
      ),
    ),
    dead_letters: Type.Optional(
      named(
        { title: 'Dead letters', description: 'Codes by flow.' },
        nameIdPattern,
        Type.Array(text({ title: 'Code', description: 'A code such as `map/unmapped_value`.' }), {
          title: 'Codes',
          description: 'Codes in order.',
        }),
      ),
    ),
  },
  { ...closed, title: 'Test', description: 'Records in, records out, without network.' },
);

/** The whole grammar of a pipeline, version 1. */
export const definitionSchema = Type.Object(
  {
    version: Type.Optional(
      Type.Unsafe<1>({
        type: 'integer',
        enum: [1],
        default: 1,
        title: 'Version',
        description: 'Version of the grammar.',
      }),
    ),
    pipeline: text(
      { title: 'Pipeline', description: 'Id, kebab-case; never changes.' },
      { pattern: pipelineIdPattern, maxLength: 80 },
    ),
    title: Type.Optional(text({ title: 'Title', description: 'What people call it.' })),
    connections: named({ title: 'Connections', description: 'Slots for connections.' }, nameIdPattern, slotSchema),
    trigger: Type.Optional(triggerSchema),
    flows: named({ title: 'Flows', description: 'What is moved from where to where.' }, nameIdPattern, flowSchema),
    values: Type.Optional(
      named({ title: 'Value tables', description: 'Translations of values.' }, nameIdPattern, tableSchema),
    ),
    errors: Type.Optional(errorsSchema),
    tests: Type.Optional(
      Type.Array(testSchema, { title: 'Tests', description: 'Run by `pipewright check`.', maxItems: 200 }),
    ),
  },
  { ...closed, title: 'Pipeline', description: 'A Pipewright pipeline definition.' },
);

export type Definition = Static<typeof definitionSchema>;
export type DefinitionTest = Static<typeof testSchema>;
