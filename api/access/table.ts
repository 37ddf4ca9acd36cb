import type { AuditedRequest } from './audit.js';
import type { Role, Scope, StaffRole } from './caller.js';
import type { CapName } from './caps.js';

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
  /** What the line is about, besides the path's parameters: a name from the body that is safe to show. */
  readonly auditObject?: (request: AuditedRequest) => string | null;
  /** Makes one more of these, where the account has room for it. */
  readonly cap?: CapName;
}

type More = Pick<Access, 'auditObject' | 'cap'>;

const read: Access = { member: 'viewer', key: 'read', support: true };
const watch: Access = { ...read, partner: true };
const run = (audit: string, more: More = {}): Access => ({ member: 'editor', key: 'run', audit, ...more });
const write = (audit: string, more: More = {}): Access => ({ member: 'editor', key: 'write', audit, ...more });
const administer = (audit: string, more: More = {}): Access => ({ member: 'admin', key: 'admin', audit, ...more });

/** Members of the body, one after the other, as `auditObject`. */
const named =
  (...names: readonly string[]) =>
  ({ body }: AuditedRequest): string | null => {
    const texts = names.map((name) => (body as Record<string, unknown> | null)?.[name]).filter((text) => text != null);
    return texts.length === 0 ? null : texts.map(String).join(' ');
  };

/** Addresses of webhooks may hold a secret behind the host. */
function hostOfUrl({ body }: AuditedRequest): string | null {
  const { url } = (body ?? {}) as { url?: unknown };
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : null;
}

/** The pipeline's id out of a definition's text, without parsing it. */
function definitionId({ body }: AuditedRequest): string | null {
  const { definition, pipeline } = (body ?? {}) as { definition?: unknown; pipeline?: unknown };
  if (typeof pipeline === 'string') return pipeline;
  return typeof definition === 'string' ? (/^pipeline:\s*([a-z][a-z0-9-]{0,62})/m.exec(definition)?.[1] ?? null) : null;
}

/** One row for each route, by its name; docs/access.md shows the same. A route without a row stops the build. */
export const accessTable: Readonly<Record<string, Access>> = {
  // pipelines
  listPipelines: watch,
  getPipeline: watch,
  listVersions: read,
  getVersion: read,
  diffVersions: read,
  getDraft: read,
  // It may ask the customer's services, with the customer's credentials: no support.
  checkDefinition: { member: 'viewer', key: 'read' },
  putDraft: write('pipeline.draft_stored', { cap: 'pipelines' }),
  getLayout: read,
  putLayout: write('pipeline.layout_stored'),
  publishPipeline: write('pipeline.published', { auditObject: definitionId, cap: 'pipelines' }),
  publishDraft: write('pipeline.published'),
  deletePipeline: write('pipeline.deleted'),
  pausePipeline: run('pipeline.paused'),
  resumePipeline: run('pipeline.resumed'),
  backfillFlow: run('pipeline.backfilled', { auditObject: named('flow') }),
  resetFlows: write('pipeline.reset'),
  // runs
  listRuns: watch,
  getRun: watch,
  followRun: read,
  followAccount: read,
  startMigration: run('migration.started', { auditObject: definitionId, cap: 'pipelines' }),
  getMigration: read,
  // The refused records are the customer's, so not support's.
  downloadMigrationResult: { member: 'viewer', key: 'read', audit: 'migration.downloaded' },
  startRun: run('run.started', { auditObject: definitionId, cap: 'pipelines' }),
  pauseRun: run('run.paused'),
  resumeRun: run('run.resumed'),
  cancelRun: run('run.cancelled'),
  replayRun: run('run.replayed'),
  // dead letters
  listDeadLetters: read,
  // The record itself is the customer's: support sees the refusal, not the record.
  getDeadLetter: { member: 'viewer', key: 'read' },
  editDeadLetter: write('dead_letter.edited'),
  resendDeadLetters: run('dead_letters.resent', { auditObject: named('pipeline', 'run') }),
  discardDeadLetters: write('dead_letters.discarded', { auditObject: named('pipeline', 'run') }),
  // previews
  startPreview: run('preview.started', { auditObject: definitionId }),
  getPreview: read,
  listPreviewChanges: { member: 'viewer', key: 'read' },
  applyPreview: run('preview.applied'),
  // connections
  listConnectors: { ...read, person: true },
  listConnections: read,
  getConnection: read,
  listSandboxes: { member: 'editor', key: 'write' },
  addConnection: write('connection.added', { auditObject: named('name', 'connector'), cap: 'connections' }),
  updateConnection: write('connection.changed', { auditObject: named('name') }),
  listConnectionUses: read,
  // A browser must come back with the cookie that it got, so a key is of no use here: connect links are for programs.
  startConsent: {
    member: 'editor',
    audit: 'connection.consent_started',
    auditObject: named('connection', 'name', 'connector'),
    cap: 'connections',
  },
  removeConnection: write('connection.removed'),
  reconnect: write('connection.reconnected'),
  checkConnection: { member: 'viewer', key: 'read', audit: 'connection.checked' },
  // The vendor is asked with the stored credentials: each use of them leaves a line.
  listStreams: { member: 'viewer', key: 'read', audit: 'connection.looked_into' },
  listFields: { member: 'viewer', key: 'read', audit: 'connection.looked_into' },
  listValues: { member: 'viewer', key: 'read', audit: 'connection.looked_into' },
  // Records are the customer's: no support.
  listSamples: { member: 'viewer', key: 'read', audit: 'connection.looked_into' },
  // It leaves its line itself, when the vendor is asked: not at every key somebody types.
  checkField: { member: 'viewer', key: 'read' },
  // connect links: made by members, used by whoever holds them
  listConnectLinks: read,
  createConnectLink: write('connect_link.created', { auditObject: named('connection', 'name'), cap: 'connectLinks' }),
  withdrawConnectLink: write('connect_link.withdrawn'),
  readConnectLink: { everyone: true },
  completeConnectLink: { everyone: true, audit: 'connect_link.used' },
  startConnectLinkConsent: { everyone: true, audit: 'connect_link.consent_started' },
  // webhooks that come in
  listHooks: read,
  createHook: write('hook.created', { auditObject: named('connection'), cap: 'hooks' }),
  deleteHook: write('hook.deleted'),
  // webhooks that go out
  // Their addresses may hold a secret of the receiver: no support.
  listWebhookEndpoints: { member: 'viewer', key: 'read' },
  addWebhookEndpoint: administer('webhook_endpoint.added', { auditObject: hostOfUrl, cap: 'webhookEndpoints' }),
  getWebhookEndpoint: { member: 'viewer', key: 'read' },
  changeWebhookEndpoint: administer('webhook_endpoint.changed'),
  removeWebhookEndpoint: administer('webhook_endpoint.removed'),
  rotateWebhookSecret: administer('webhook_endpoint.secret_rotated'),
  testWebhookEndpoint: administer('webhook_endpoint.tested'),
  listWebhookDeliveries: { member: 'viewer', key: 'read' },
  redeliverWebhook: administer('webhook_endpoint.redelivered'),
  // requests
  fileVisitorRequest: { everyone: true, audit: 'visitor_request.filed' },
  getVisitorRequest: { everyone: true },
  writeVisitorMessage: { everyone: true, audit: 'visitor_request.written' },
  listRequests: { member: 'viewer', partner: true },
  fileRequest: { member: 'viewer', partner: true, audit: 'request.filed', cap: 'requests' },
  getRequest: { member: 'viewer', partner: true },
  writeRequestMessage: { member: 'viewer', partner: true, audit: 'request.written' },
  listAllRequests: { staff: 'operator' },
  getAnyRequest: { staff: 'operator' },
  answerRequest: { staff: 'operator', audit: 'request.answered' },
  closeRequest: { staff: 'operator', audit: 'request.closed' },
  reopenRequest: { staff: 'operator', audit: 'request.reopened' },
  // pages
  getContacts: { everyone: true },
  listPages: { everyone: true },
  getPage: { everyone: true },
  listAllPages: { staff: 'operator' },
  getPageForEdit: { staff: 'operator' },
  createPage: { staff: 'operator', audit: 'page.created', auditObject: named('slug') },
  changePage: { staff: 'operator', audit: 'page.changed' },
  publishPage: { staff: 'operator', audit: 'page.published' },
  unpublishPage: { staff: 'operator', audit: 'page.unpublished' },
  deletePage: { staff: 'operator', audit: 'page.deleted' },
  // tariffs
  listTariffs: { everyone: true },
  // What an account pays for is no matter of a visit.
  getAccountTariff: { member: 'viewer', key: 'read' },
  chooseTariff: { member: 'owner', audit: 'tariff.chosen', auditObject: named('tariff') },
  listTariffsInUse: { staff: 'operator' },
  listAccounts: { staff: 'operator' },
  getTariffOfAccount: { staff: 'operator' },
  assignTariff: { staff: 'operator', audit: 'tariff.assigned', auditObject: named('tariff') },
  // the account
  readView: read,
  exportAccount: administer('account.exported'),
  importAccount: administer('account.imported'),
  listKeys: { member: 'admin', key: 'admin' },
  createKey: administer('key.created', { auditObject: named('name', 'scopes'), cap: 'keys' }),
  editKey: administer('key.edited'),
  revokeKey: administer('key.revoked'),
  // A log of who did what is read by those who answer for the account.
  listAudit: { member: 'admin', key: 'admin' },
  verifyAudit: { member: 'admin', key: 'admin' },
  listInstallationAudit: { staff: 'operator' },
  verifyInstallationAudit: { staff: 'operator' },
  // Consent is given by people, never by a key.
  createSupportLink: { member: 'admin', audit: 'support_link.created', cap: 'supportLinks' },
  listSupportLinks: { member: 'admin' },
  withdrawSupportLink: { member: 'admin', audit: 'support_link.withdrawn' },
  openSupportLink: { staff: 'support', audit: 'support_link.tried' },
  listSupportVisits: { staff: 'support' },
  leaveSupportVisit: { staff: 'support', audit: 'support_visit.left' },
  // people: who is not signed in
  register: { everyone: true, audit: 'person.registered', auditObject: named('email') },
  sendConfirmation: { everyone: true },
  confirmEmail: { everyone: true, audit: 'person.address_confirmed' },
  forgotPassword: { everyone: true, audit: 'person.password_forgotten', auditObject: named('email') },
  resetPassword: { everyone: true, audit: 'person.password_reset' },
  signIn: { everyone: true, audit: 'person.signed_in', auditObject: named('email') },
  secondStep: { everyone: true, audit: 'person.second_step_taken' },
  // Also during a visit and while looking at a customer.
  signOut: { everyone: true, audit: 'person.signed_out' },
  getMe: { person: true, support: true, partner: true },
  // people: themselves
  changeMe: { person: true, audit: 'person.changed' },
  switchAccount: { person: true },
  changePassword: { person: true, audit: 'person.password_changed' },
  changeEmail: { person: true, audit: 'person.email_change_asked' },
  beginTwoFactor: { person: true, audit: 'person.two_factor_begun' },
  confirmTwoFactor: { person: true, audit: 'person.two_factor_on' },
  endTwoFactor: { person: true, audit: 'person.two_factor_off' },
  newBackupCodes: { person: true, audit: 'person.backup_codes_made' },
  listSessions: { person: true },
  endSession: { person: true, audit: 'person.session_ended' },
  endOtherSessions: { person: true, audit: 'person.sessions_ended' },
  listMyInvitations: { person: true },
  acceptInvitation: { person: true, audit: 'invitation.accepted' },
  declineInvitation: { person: true, audit: 'invitation.declined' },
  createAccount: { person: true, audit: 'account.created', auditObject: named('name') },
  // the account and its members
  getAccount: watch,
  renameAccount: administer('account.renamed', { auditObject: named('name') }),
  askAccountDeletion: { member: 'owner', audit: 'account.deletion_asked' },
  deleteAccount: { member: 'owner', audit: 'account.deleted' },
  leaveAccount: { member: 'viewer', audit: 'member.left' },
  listMembers: { member: 'viewer', key: 'admin' },
  changeRole: { member: 'admin', audit: 'member.role_changed' },
  removeMember: { member: 'admin', audit: 'member.removed' },
  listInvitations: { member: 'admin', key: 'admin' },
  inviteMember: { member: 'admin', audit: 'member.invited', auditObject: named('email', 'role') },
  withdrawInvitation: { member: 'admin', audit: 'invitation.withdrawn' },
  // servicing companies and their customers
  listPartners: { member: 'viewer', key: 'admin' },
  acceptPartner: { member: 'admin', audit: 'partner.accepted' },
  refusePartner: { member: 'admin', audit: 'partner.refused' },
  endPartner: { member: 'admin', audit: 'partner.ended' },
  listCustomers: { member: 'viewer', key: 'read' },
  askCustomer: { member: 'admin', audit: 'customer.asked', auditObject: named('account', 'ownerEmail') },
  endCustomer: { member: 'admin', audit: 'customer.ended' },
  // those who run the installation
  listStaff: { staff: 'operator' },
  addStaff: { staff: 'operator', audit: 'staff.added', auditObject: named('email', 'role') },
  removeStaff: { staff: 'operator', audit: 'staff.removed' },
  listMails: { staff: 'operator' },
  getMail: { staff: 'operator', audit: 'mail.read' },
};
