import { type Static, Type } from 'typebox';
import {
  anyObject,
  connectionRef,
  connectionsBySlot,
  definitionText,
  moment,
  nullable,
  object,
  oneOf,
  problem,
} from './common.js';

const pipelineId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$', description: 'Kebab-case id of the pipeline.' });
const states = ['active', 'paused'] as const;

const exportedConnection = object({
  name: connectionRef,
  connector: Type.String({ maxLength: 60, description: 'Id of its connector.' }),
  settings: anyObject('Settings that are no secret.'),
  needsSecret: Type.Boolean({ description: 'Whether it works with a secret, which is not in the document.' }),
});

const exportedPipeline = object({
  id: pipelineId,
  state: oneOf(states, 'Whether its triggers and runs go on, or stand still.'),
  definition: nullable(definitionText),
  draft: nullable(definitionText),
  connections: connectionsBySlot,
});

/** An account's definitions and settings as one document. Secrets, links and history are not part of it. */
export const accountDocument = object(
  {
    version: Type.Literal(1, { description: 'Version of this shape.' }),
    exportedAt: Type.Optional(moment('When it was written.')),
    connections: Type.Array(exportedConnection, { maxItems: 500, description: 'In the order of names.' }),
    pipelines: Type.Array(exportedPipeline, { maxItems: 1_000, description: 'In the order of ids.' }),
  },
  'Definitions and settings of an account, without secrets.',
);

export type AccountDocument = Static<typeof accountDocument>;
export type ExportedConnection = Static<typeof exportedConnection>;
export type ExportedPipeline = Static<typeof exportedPipeline>;

const importActions = ['add', 'keep', 'replace', 'conflict', 'refuse'] as const;
export type ImportAction = (typeof importActions)[number];

const action = oneOf(
  importActions,
  'add: it is new here; keep: it is here as it is; replace: it is changed; conflict: another one is here, which stays; refuse: it cannot be used.',
);

export const importReport = object({
  isApplied: Type.Boolean({ description: 'False: this is what would be done.' }),
  connections: Type.Array(object({ name: connectionRef, action, message: Type.String() })),
  pipelines: Type.Array(
    object({
      id: pipelineId,
      action,
      message: Type.String(),
      problems: Type.Array(problem, { description: 'What is wrong with a refused definition.' }),
    }),
  ),
});
