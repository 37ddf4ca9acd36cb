import Type, { type Static } from 'typebox';
import {
  anything,
  byType,
  choice,
  closed,
  duration,
  flag,
  jsonMap,
  named,
  nameIdPattern,
  streamName,
  text,
  textOrList,
} from './forms.js';

export const sourceSchema = Type.Object(
  {
    stream: streamName({ title: 'Stream', description: 'What is read: `<slot>.<stream>`.' }),
    read: Type.Optional(
      choice(
        { title: 'Read', description: 'Everything each time, or only what changed.', default: 'full' },
        'full',
        'incremental',
      ),
    ),
    key: Type.Optional(
      textOrList({ title: 'Key', description: 'Fields that identify a record, where the stream declares none.' }),
    ),
    cursor: Type.Optional(
      textOrList({
        title: 'Cursor',
        description: 'Fields an incremental read goes by, where the stream declares none.',
      }),
    ),
    start: Type.Optional(
      anything({
        title: 'Start',
        description: 'First cursor value of an incremental read; from the beginning if absent.',
      }),
    ),
    lag: Type.Optional(
      duration({ title: 'Lag', description: 'How far behind the last read the next one begins, to catch late rows.' }),
    ),
    where: Type.Optional(
      jsonMap({
        title: 'Filter at the vendor',
        description: 'A filter sent to the vendor; names the stream declares.',
      }),
    ),
  },
  { ...closed, title: 'Source', description: 'What the flow reads.' },
);

const about = {
  as: { title: 'Name', description: 'The name under which expressions see the answer.' },
  key: {
    title: 'Key',
    description: 'Path of the value to look for; it may begin with a name made by an earlier step.',
  },
};
const name = () => text(about.as, { pattern: nameIdPattern });

/** Exactly one key each. */
export const stepSchema = Type.Object(
  {
    where: Type.Optional(
      text(
        { title: 'Where', description: 'An expression; records for which it is false go no further.' },
        { maxLength: 10_000 },
      ),
    ),
    lookup: Type.Optional(
      Type.Object(
        {
          as: name(),
          from: streamName({ title: 'From', description: 'The stream to look in: `<slot>.<stream>`.' }),
          key: text(about.key),
          by: Type.Optional(text({ title: 'By', description: 'Field to look by; the key of the stream if absent.' })),
          many: Type.Optional(flag({ title: 'Many', description: 'Give the list of all hits.' }, false)),
          on_missing: Type.Optional(
            choice(
              { title: 'When missing', description: 'Go on with null, or reject.', default: 'keep' },
              'keep',
              'reject',
            ),
          ),
        },
        { ...closed, title: 'Look-up', description: 'Related records of another stream, asked for in batches.' },
      ),
    ),
    enrich: Type.Optional(
      Type.Object(
        {
          as: name(),
          with: streamName({ title: 'With', description: 'The registry to ask: `<slot>.<lookup>`.' }),
          key: text(about.key),
          on_missing: Type.Optional(
            choice(
              {
                title: 'When missing',
                description: 'Go on with null, reject, or leave the record out.',
                default: 'keep',
              },
              'keep',
              'reject',
              'skip',
            ),
          ),
          fresh: Type.Optional(duration({ title: 'Fresh', description: 'How old a stored answer may be.' })),
        },
        { ...closed, title: 'Enrich', description: 'An answer of a registry.' },
      ),
    ),
    split: Type.Optional(
      Type.Object(
        {
          path: text({ title: 'Path', description: 'Path of the list whose members become records.' }),
          as: name(),
          key: Type.Optional(
            text({ title: 'Key', description: 'Path inside the part that names it; its index if absent.' }),
          ),
        },
        { ...closed, title: 'Split', description: 'One record to several parts.' },
      ),
    ),
    set: Type.Optional(
      named(
        { title: 'Set', description: 'Named values; each an expression that may use the names before it.' },
        nameIdPattern,
        text({ title: 'Expression', description: 'A CEL expression.' }, { maxLength: 10_000 }),
      ),
    ),
    require: Type.Optional(
      Type.Array(
        Type.Object(
          {
            that: text({ title: 'That', description: 'An expression that must be true.' }, { maxLength: 10_000 }),
            message: text({ title: 'Message', description: 'What the dead letter says.' }),
          },
          { ...closed, title: 'Rule', description: 'One requirement.' },
        ),
        { minItems: 1, title: 'Require', description: 'Records that fail become dead letters.' },
      ),
    ),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    title: 'Step',
    description: 'One step: a map with exactly one key.',
  },
);

export const castNames = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'money',
  'phone',
  'list',
] as const;

export const fieldObjectSchema = Type.Object(
  {
    from: Type.Optional(text({ title: 'From', description: 'Path of the value in the record.' })),
    expr: Type.Optional(
      text({ title: 'Expression', description: 'A CEL expression that gives the value.' }, { maxLength: 10_000 }),
    ),
    value: Type.Optional(anything({ title: 'Value', description: 'A constant.' })),
    ref: Type.Optional(
      text({
        title: 'Reference',
        description: 'The record that another flow wrote: `<flow>`, `<flow>:<target>` or `<pipeline>/<flow>`.',
      }),
    ),
    by: Type.Optional(text({ title: 'By', description: 'Path of the source key that is referred to.' })),
    missing: Type.Optional(
      // YAML reads an unquoted `null` as null, and that is what people will write.
      Type.Unsafe<'wait' | 'dead_letter' | 'null' | null>({
        enum: ['wait', 'dead_letter', 'null', null],
        title: 'When missing',
        description: 'What happens while the other record is not there.',
        default: 'wait',
      }),
    ),
    late: Type.Optional(flag({ title: 'Late', description: 'Written in a second pass; needed in circles.' }, false)),
    values: Type.Optional(text({ title: 'Values', description: 'Value table that translates the value.' })),
    as: Type.Optional(choice({ title: 'As', description: 'The kind of value to write.' }, ...castNames)),
    currency: Type.Optional(
      text({ title: 'Currency', description: 'Three-letter code or path of it; needed by `as: money`.' }),
    ),
    region: Type.Optional(
      text(
        { title: 'Region', description: 'Country of phone numbers without a country code.' },
        { pattern: '^[A-Z]{2}$' },
      ),
    ),
    default: Type.Optional(anything({ title: 'Default', description: 'Written where the value is absent or null.' })),
  },
  { ...closed, minProperties: 1, title: 'Field', description: 'One of from, expr, value, ref, with how to write it.' },
);

export const mapSchema = Type.Unsafe<Record<string, string | Static<typeof fieldObjectSchema>>>({
  type: 'object',
  title: 'Map',
  description: 'Target field to source. Fields that are not here are never written.',
  propertyNames: { type: 'string', minLength: 1, maxLength: 200 },
  additionalProperties: byType(
    { title: 'Field', description: 'A path, or a map that says more.' },
    text({ title: 'Path', description: 'Path of the value in the record.' }),
    fieldObjectSchema,
  ),
});

export const targetSchema = Type.Object(
  {
    name: Type.Optional(
      text(
        { title: 'Name', description: 'Name of this target, where the flow has several.' },
        { pattern: nameIdPattern },
      ),
    ),
    stream: streamName({ title: 'Stream', description: 'What is written: `<slot>.<stream>`.' }),
    write: Type.Optional(
      choice(
        { title: 'Write', description: 'How records are written.', default: 'upsert' },
        'insert',
        'update',
        'upsert',
        'delete',
      ),
    ),
    match_on: Type.Optional(
      textOrList({ title: 'Match on', description: 'Target fields that find a record at the first contact.' }),
    ),
    on_conflict: Type.Optional(
      choice(
        { title: 'On conflict', description: 'When the target was changed by someone else.', default: 'source_wins' },
        'source_wins',
        'target_wins',
        'dead_letter',
      ),
    ),
    on_delete: Type.Optional(
      byType(
        { title: 'On delete', description: 'When the source record is gone.' },
        choice({ title: 'Rule', description: 'Leave it, or delete it too.', default: 'ignore' }, 'ignore', 'delete'),
        Type.Object(
          { mark: jsonMap({ title: 'Mark', description: 'Fields to write instead of deleting.' }) },
          { ...closed, title: 'Mark', description: 'Write fields instead of deleting.' },
        ),
      ),
    ),
    merge: Type.Optional(
      flag({ title: 'Merge', description: 'Allow several sources to write one target record.' }, false),
    ),
    create_fields: Type.Optional(
      Type.Array(text({ title: 'Field', description: 'A custom field.' }), {
        title: 'Create fields',
        description: 'Fields that publishing may create at the vendor.',
      }),
    ),
    batch: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, title: 'Batch', description: 'Records in one write.' }),
    ),
    map: Type.Optional(mapSchema),
  },
  { ...closed, title: 'Target', description: 'Where the flow writes.' },
);

export const flowSchema = Type.Object(
  {
    renamed_from: Type.Optional(
      text(
        { title: 'Renamed from', description: 'Earlier name of this flow, whose links go on.' },
        { pattern: nameIdPattern },
      ),
    ),
    from: sourceSchema,
    steps: Type.Optional(Type.Array(stepSchema, { title: 'Steps', description: 'Run in order.', maxItems: 100 })),
    map: Type.Optional(mapSchema),
    to: byType(
      { title: 'To', description: 'One target, or a list of named ones that each have their own map.' },
      targetSchema,
      Type.Array(targetSchema, { minItems: 1, maxItems: 20, title: 'Targets', description: 'Several targets.' }),
    ),
  },
  { ...closed, title: 'Flow', description: 'Reads one stream, takes steps, and writes one or more streams.' },
);
