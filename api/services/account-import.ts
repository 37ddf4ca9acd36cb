import { isDeepStrictEqual } from 'node:util';
import { parseSettings } from '../../connectors/kit/settings.js';
import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { type ConnectionRow, listConnections } from '../../store/connections.js';
import type { Tx } from '../../store/database.js';
import { addImported, replaceSettings } from '../../store/imported-connections.js';
import { clearDraft, findDraft, pausePipeline, storeDraft } from '../../store/pipeline-admin.js';
import type { Caller } from '../access/caller.js';
import { caps } from '../access/caps.js';
import type { ApiContext } from '../context.js';
import type { AccountDocument, ExportedConnection, ExportedPipeline, ImportAction } from '../schemas/account-export.js';
import { readDocument } from './account-export.js';
import type { Bindings } from './bindings.js';
import { findConnector } from './connections.js';
import { type CheckedTexts, checkTexts } from './imported-texts.js';
import { storeVersion } from './publishing.js';

export interface ImportRequest {
  readonly document: AccountDocument;
  /** False: only the answer says what would be done; no vendor is called either way. */
  readonly apply?: boolean;
  readonly replace?: boolean;
  /** New pipelines take the state that the document gives them; else they stand still until a person resumes them. */
  readonly activate?: boolean;
}

interface Decided {
  readonly action: ImportAction;
  readonly message: string;
}

/**
 * Brings a document's connections and pipelines into the account. What is there as it is stays; what differs stays too,
 * and is named, unless `replace`. All of it is done in one transaction, or nothing.
 */
export async function importAccount(context: ApiContext, caller: Caller, request: ImportRequest) {
  const { document } = request;
  refuseTwice(document);
  return context.store.account(caller.accountId, async (tx) => {
    const here = await readDocument(tx);
    const connections = document.connections.map((wanted) => ({
      wanted,
      ...decideConnection(context, wanted, here, request),
    }));
    const places = new Map(here.connections.map((row) => [row.name, row.connector]));
    for (const { wanted, action } of connections) {
      if (action === 'add' || action === 'keep' || action === 'replace') places.set(wanted.name, wanted.connector);
      else places.delete(wanted.name);
    }
    const texts = checkTexts(context, document.pipelines, here.pipelines);
    const pipelines = document.pipelines.map((wanted) => ({
      wanted,
      ...decidePipeline(wanted, here, texts, places, request),
    }));
    if (request.apply === true) {
      for (const { wanted, action } of connections) await applyConnection(context, tx, caller, wanted, action);
      const rows = new Map((await listConnections(tx)).map((row) => [row.name, row]));
      for (const { wanted, action } of pipelines) {
        if (action === 'add' || action === 'replace') {
          await applyPipeline(context, tx, caller, wanted, { texts, rows, request, isNew: action === 'add' });
        }
      }
      await requireRoom(tx);
    }
    return {
      isApplied: request.apply === true,
      connections: connections.map(({ wanted, action, message }) => ({ name: wanted.name, action, message })),
      pipelines: pipelines.map(({ wanted, action, message }) => ({
        id: wanted.id,
        action,
        message,
        problems: action === 'refuse' ? (texts.get(wanted.id)?.problems ?? []) : [],
      })),
    };
  });
}

function refuseTwice({ connections, pipelines }: AccountDocument): void {
  const names = [
    ...connections.map(({ name }) => `connection ${name}`),
    ...pipelines.map(({ id }) => `pipeline ${id}`),
  ];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new Failure('api/bad_request', {
    message: `The document holds \`${twice}\` twice.`,
    hint: 'Leave one of them out.',
  });
}

function decideConnection(
  context: ApiContext,
  wanted: ExportedConnection,
  here: AccountDocument,
  { replace }: ImportRequest,
): Decided {
  try {
    parseSettings(findConnector(context, wanted.connector).settings, wanted.settings);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { action: 'refuse', message: error.message };
  }
  const secretNote = wanted.needsSecret ? ' It comes without its secret and must be connected again.' : '';
  const found = here.connections.find((row) => row.name === wanted.name);
  if (found === undefined) return { action: 'add', message: `It is added.${secretNote}` };
  if (found.connector !== wanted.connector) {
    return {
      action: 'conflict',
      message: `Here it is a connection of \`${found.connector}\`, not of \`${wanted.connector}\`.`,
    };
  }
  if (isDeepStrictEqual(found.settings, wanted.settings)) return { action: 'keep', message: 'It is here already.' };
  if (replace !== true) return { action: 'conflict', message: 'Its settings differ here, and stay as they are.' };
  return { action: 'replace', message: 'Its settings are replaced; a new host set needs its secret again.' };
}

function decidePipeline(
  wanted: ExportedPipeline,
  here: AccountDocument,
  texts: CheckedTexts,
  places: ReadonlyMap<string, string>,
  { replace, activate }: ImportRequest,
): Decided {
  const found = here.pipelines.find((row) => row.id === wanted.id);
  if (found !== undefined && isSame(found, wanted)) return { action: 'keep', message: 'It is here already.' };
  const checked = texts.get(wanted.id);
  if (checked?.refusal != null) return { action: 'refuse', message: checked.refusal };
  for (const [slot, { connector }] of Object.entries(checked?.plan?.slots ?? {})) {
    const name = wanted.connections[slot];
    if (name === undefined) return { action: 'refuse', message: `Its slot \`${slot}\` names no connection.` };
    if (places.get(name) !== connector) {
      return { action: 'conflict', message: `Connection \`${name}\`, which it needs, is not here as it should be.` };
    }
  }
  if (found !== undefined) {
    if (replace !== true) return { action: 'conflict', message: 'It is defined otherwise here, and stays as it is.' };
    return { action: 'replace', message: 'What the document holds becomes its newest version.' };
  }
  if (wanted.definition === null) return { action: 'add', message: 'Its draft is added.' };
  const isStill = wanted.state === 'paused' || activate !== true;
  const hook =
    checked?.plan?.trigger.kind === 'webhook' ? ' Make its webhook intake anew with `pipewright hooks`.' : '';
  return { action: 'add', message: `It is added${isStill ? ', paused' : ''}.${hook}` };
}

/** The state is not compared: pausing and resuming is no change of a definition. */
function isSame(found: ExportedPipeline, wanted: ExportedPipeline): boolean {
  return (
    found.definition === wanted.definition &&
    found.draft === wanted.draft &&
    isDeepStrictEqual({ ...found.connections }, { ...wanted.connections })
  );
}

async function applyConnection(
  context: ApiContext,
  tx: Tx,
  caller: Caller,
  wanted: ExportedConnection,
  action: ImportAction,
): Promise<void> {
  if (action !== 'add' && action !== 'replace') return;
  const connector = findConnector(context, wanted.connector);
  const settings = parseSettings(connector.settings, wanted.settings) as JsonObject;
  const next = { name: wanted.name, connector: wanted.connector, settings, hosts: connector.hosts(settings) };
  if (action === 'add') await addImported(tx, context.vault, caller.accountId, next, wanted.needsSecret);
  else await replaceSettings(tx, context.vault, caller.accountId, next, wanted.needsSecret);
}

interface Applying {
  readonly texts: CheckedTexts;
  readonly rows: ReadonlyMap<string, ConnectionRow>;
  readonly request: ImportRequest;
  readonly isNew: boolean;
}

async function applyPipeline(
  context: ApiContext,
  tx: Tx,
  caller: Caller,
  wanted: ExportedPipeline,
  { texts, rows, request, isNew }: Applying,
): Promise<void> {
  const { plan = null, title = wanted.id } = texts.get(wanted.id) ?? {};
  if (plan !== null && wanted.definition !== null) {
    const bound = Object.keys(plan.slots).flatMap((slot) => {
      const row = rows.get(wanted.connections[slot] ?? '');
      return row === undefined ? [] : [[slot, row] as const];
    });
    const bindings: Bindings = {
      ids: Object.fromEntries(bound.map(([slot, row]) => [slot, row.id])),
      rows: new Map(bound),
    };
    await storeVersion(tx, context.tariffs, caller, { text: wanted.definition }, plan, bindings);
  }
  const before = await findDraft(tx, wanted.id);
  if (wanted.draft !== null) await storeDraft(tx, caller.accountId, wanted.id, wanted.draft, title);
  else if (before?.text != null) await clearDraft(tx, before.uid, before.text);
  const stored = await findDraft(tx, wanted.id);
  if (!isNew || stored === null || (wanted.state === 'active' && request.activate === true)) return;
  const reason = {
    by: caller.name,
    at: new Date().toISOString(),
    message: 'It was imported and has not been resumed yet.',
  };
  await pausePipeline(tx, caller.accountId, stored.uid, reason);
}

async function requireRoom(tx: Tx): Promise<void> {
  for (const name of ['connections', 'pipelines'] as const) {
    const { title, most, count } = caps[name];
    const { rows } = await count('').execute(tx);
    if ((rows[0]?.count ?? 0) <= most) continue;
    throw new Failure('account/cap_reached', {
      message: `The account would have more than ${most} ${title}, which is as many as it may have.`,
      hint: 'Leave some of them out of the document, or remove what is no longer needed.',
      details: { cap: name, most },
    });
  }
}
