import type { Role, Scope, StaffRole } from './caller.js';

/**
 * Who may use a route; whatever a row does not name is refused. Several entries mean: any of them is enough.
 * Roles and scopes include the wider ones.
 */
export interface Access {
  /** Visitors too: no sign-in at all. */
  readonly everyone?: true;
  /** Anybody signed in, also without an account. */
  readonly person?: true;
  /** The least role of a member of the account. */
  readonly member?: Role;
  /** The least scope of an API key of the account. */
  readonly key?: Scope;
  /** A support user during a visit that the customer allowed. */
  readonly support?: true;
  /** A member of a servicing company whose link the customer accepted. */
  readonly partner?: true;
  /** People who run the installation: `support` includes operators. */
  readonly staff?: StaffRole;
  /** The line that the audit log gets before the route does its work. */
  readonly audit?: string;
}

const read: Access = { member: 'viewer', key: 'read', support: true };
const watch: Access = { ...read, partner: true };
const run = (audit: string): Access => ({ member: 'editor', key: 'run', audit });
const write = (audit: string): Access => ({ member: 'editor', key: 'write', audit });
const administer = (audit: string): Access => ({ member: 'admin', key: 'admin', audit });

/** One row for each route, by its name; docs/access.md shows the same. A route without a row stops the build. */
export const accessTable: Readonly<Record<string, Access>> = {
  // pipelines
  listPipelines: watch,
  getPipeline: watch,
  listVersions: read,
  getVersion: read,
  diffVersions: read,
  getDraft: read,
  checkDefinition: read,
  putDraft: { member: 'editor', key: 'write' },
  publishPipeline: write('pipeline.published'),
  publishDraft: write('pipeline.published'),
  deletePipeline: write('pipeline.deleted'),
  pausePipeline: run('pipeline.paused'),
  resumePipeline: run('pipeline.resumed'),
  backfillFlow: run('pipeline.backfilled'),
  resetFlows: write('pipeline.reset'),
  // runs
  listRuns: watch,
  getRun: watch,
  followRun: read,
  followAccount: read,
  startRun: run('run.started'),
  pauseRun: run('run.paused'),
  resumeRun: run('run.resumed'),
  cancelRun: run('run.cancelled'),
  replayRun: run('run.replayed'),
  // dead letters
  listDeadLetters: read,
  // The record itself is the customer's: support sees the refusal, not the record.
  getDeadLetter: { member: 'viewer', key: 'read' },
  editDeadLetter: write('dead_letter.edited'),
  resendDeadLetters: run('dead_letters.resent'),
  discardDeadLetters: write('dead_letters.discarded'),
  // previews
  startPreview: run('preview.started'),
  getPreview: read,
  listPreviewChanges: { member: 'viewer', key: 'read' },
  applyPreview: run('preview.applied'),
  // connections
  listConnectors: { ...read, person: true },
  listConnections: read,
  getConnection: read,
  addConnection: write('connection.added'),
  removeConnection: write('connection.removed'),
  reconnect: write('connection.reconnected'),
  checkConnection: { member: 'viewer', key: 'read', audit: 'connection.checked' },
  listStreams: { member: 'viewer', key: 'read' },
  listFields: { member: 'viewer', key: 'read' },
  listValues: { member: 'viewer', key: 'read' },
  // webhooks that come in
  listHooks: read,
  createHook: write('hook.created'),
  deleteHook: write('hook.deleted'),
  // the account
  readView: read,
  listKeys: { member: 'admin', key: 'admin' },
  createKey: administer('key.created'),
  revokeKey: administer('key.revoked'),
};
