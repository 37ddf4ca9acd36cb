import { Type } from 'typebox';
import { anyObject, anyValue, count, moment, nullable, object, oneOf, problem, uuid } from './common.js';
import { runKinds, runStates } from './runs.js';

const outlineFields = {
  uid: uuid('Id that never changes and is never given again.'),
  id: Type.String({ description: 'Kebab-case id out of the definition.' }),
  title: Type.String(),
  state: oneOf(['active', 'paused', 'deleted'], 'A paused pipeline keeps its triggers and runs still.'),
  publishedVersion: nullable(Type.Integer({ minimum: 1 })),
  pauseReason: nullable(anyObject('Who paused it and when.')),
  nextDueAt: nullable(moment('When its trigger looks or starts next.')),
  openRun: nullable(
    object({ id: uuid('The run.'), kind: oneOf(runKinds, 'Its kind.'), state: oneOf(runStates, 'Its state.') }),
  ),
  recent: Type.Array(
    object({
      id: uuid('The run.'),
      number: Type.Integer({ minimum: 1 }),
      kind: oneOf(runKinds, 'Its kind.'),
      state: oneOf(runStates, 'Its state.'),
      openedAt: moment('When it was opened.'),
      endedAt: nullable(moment('When it ended.')),
      changed: count('Records written and deleted.'),
      deadLetters: count('Records refused.'),
    }),
    { description: 'The last twelve runs, the newest last; previews are left out.' },
  ),
  openDeadLetters: count('Records that were refused and wait for somebody; counted up to a thousand.'),
  freshAt: nullable(
    moment('What the source held then stands at the targets; null before the first run that ended well.'),
  ),
};

export const pipelineOutline = object(outlineFields);

const connections = Type.Record(Type.String(), Type.String(), { description: 'Name of the connection of each slot.' });

export const pipeline = object({
  ...outlineFields,
  definition: nullable(Type.String({ description: 'Text of the published version.' })),
  connections,
  trigger: nullable(anyObject('The trigger with all defaults.')),
  flows: Type.Array(
    object({
      id: Type.String(),
      source: Type.String(),
      targets: Type.Array(Type.String()),
      after: Type.Array(Type.String(), { description: 'Flows that run before it.' }),
    }),
  ),
  hasDraft: Type.Boolean(),
});

export const hookReport = object({
  id: nullable(uuid('The intake.')),
  connection: Type.String(),
  url: nullable(Type.String({ description: 'Address for the vendor. It holds a secret and is shown once.' })),
  signingSecret: nullable(Type.String({ description: 'What deliveries are signed with. Shown once.' })),
  isRegistered: Type.Boolean({ description: 'Whether the vendor was asked to deliver, and agreed.' }),
  message: Type.String(),
});

export const published = object({
  pipeline: Type.String(),
  uid: uuid('The pipeline.'),
  version: Type.Integer({ minimum: 1 }),
  isNew: Type.Boolean({ description: 'False: this content with these connections was published already.' }),
  problems: Type.Array(problem, { description: 'Warnings.' }),
  notes: Type.Array(Type.String()),
  hooks: Type.Array(hookReport),
});

export const versionOutline = object({
  version: Type.Integer({ minimum: 1 }),
  publishedBy: Type.String(),
  publishedAt: moment('When it was published.'),
  connections,
});

export const version = object({
  pipeline: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  definition: Type.String(),
  plan: anyObject('The checked plan with all defaults: what the engine runs.'),
  connections,
});

export const draft = object({
  pipeline: Type.String(),
  definition: Type.String(),
  updatedAt: nullable(moment('When it was stored.')),
});

export const storedDraft = object({ ...draft.properties, problems: Type.Array(problem) });

/** Places by the id of a part, such as `flow:deals`; in steps of the picture, right and down. */
const positions = Type.Record(
  Type.String({ pattern: '^[a-z]+(:[a-z][a-z0-9_]{0,99})?$' }),
  object({
    x: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
    y: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
  }),
  { maxProperties: 500, description: 'Only parts that somebody moved; all others are placed by themselves.' },
);

export const layout = object({ positions });

export const checked = object({
  isValid: Type.Boolean({ description: 'True when it could be published.' }),
  pipeline: nullable(Type.String({ description: 'Id out of the text, once it has no error.' })),
  problems: Type.Array(problem),
  notes: Type.Array(Type.String()),
});

export const difference = object({
  from: Type.Integer({ minimum: 1 }),
  to: Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('draft')]),
  flows: Type.Array(
    object({
      flow: Type.String(),
      change: oneOf(['added', 'removed', 'changed'], 'What became of the flow.'),
      parts: Type.Array(Type.String(), { description: 'Parts of a changed flow, such as `map.phone`.' }),
    }),
  ),
  text: Type.String({ description: 'Lines that differ, marked with - and +, with three lines around them.' }),
});

export const connection = object({
  id: uuid('Id of the connection.'),
  name: Type.String(),
  connector: Type.String(),
  settings: anyObject('Settings that are no secret.'),
  hosts: Type.Array(Type.String(), { description: 'Places that the secret may be sent to.' }),
  state: oneOf(['active', 'broken'], 'A broken one must be reconnected.'),
  failure: nullable(anyObject('Why it is broken.')),
  hasSecret: Type.Boolean({ description: 'Secrets themselves are never shown.' }),
  createdAt: moment('When it was added.'),
});

export const connectionUse = object({
  uid: uuid('The pipeline.'),
  pipeline: Type.String({ description: 'Its id.' }),
  title: Type.String(),
  state: oneOf(['active', 'paused'], 'State of the pipeline.'),
  slots: Type.Array(Type.String(), { description: 'Slots of the definition that the connection stands in.' }),
  isRunning: Type.Boolean({ description: 'Whether a run under way works with it.' }),
});

export const connectorSetup = object(
  {
    needsAdmin: Type.Boolean({ description: 'Whether only an administrator of the vendor account can do it.' }),
    instructions: nullable(Type.String({ description: 'The vendor’s page that tells how.' })),
    note: Type.String({ description: 'Where to look and which rights are needed.' }),
  },
  'What a person needs before connecting.',
);

export const connectionCheck = object({
  isWorking: Type.Boolean(),
  account: nullable(Type.String({ description: 'The account at the vendor.' })),
  rightsFound: Type.Array(Type.String()),
  rightsMissing: Type.Array(Type.String()),
  failure: nullable(anyObject('Why it does not work.')),
  setup: connectorSetup,
});

export const field = Type.Object(
  {
    name: Type.String(),
    type: Type.String(),
    title: Type.Optional(Type.String()),
    isRequired: Type.Optional(Type.Boolean()),
    isReadOnly: Type.Optional(Type.Boolean()),
    of: Type.Optional(Type.String()),
    fields: Type.Optional(Type.Array(anyObject('A member.'))),
    values: Type.Optional(Type.Array(object({ value: Type.String(), title: Type.String() }))),
  },
  { additionalProperties: false },
);

export const stream = object({
  name: Type.String(),
  title: Type.String(),
  isOpen: Type.Boolean({ description: 'Whether records may hold fields that are not listed.' }),
  key: nullable(Type.Array(Type.String())),
  read: nullable(anyObject('How it can be read.')),
  write: nullable(anyObject('How it can be written.')),
  fieldCount: Type.Integer({ minimum: 0 }),
});

export const connector = object({
  id: Type.String(),
  title: Type.String(),
  auth: Type.String(),
  settings: anyObject('JSON Schema of the settings.'),
  secret: nullable(anyObject('JSON Schema of the secret.')),
  lookups: Type.Array(anyObject('A registry look-up.')),
  webhook: nullable(object({ canRegister: Type.Boolean() })),
  setup: connectorSetup,
  hasConsent: Type.Boolean({ description: 'Whether a person can agree on the vendor’s page (OAuth 2.0).' }),
  facts: Type.Array(anyObject('What is known of the vendor.')),
  isLocal: Type.Boolean(),
  streams: nullable(Type.Array(anyValue('A stream known without asking.'))),
});

export const hook = object({
  id: uuid('The intake.'),
  connectionId: uuid('Its connection.'),
  connection: Type.String(),
  isRegistered: Type.Boolean(),
  createdAt: moment('When it was made.'),
});
