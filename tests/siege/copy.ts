import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../core/json.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from '../support/engine.js';

/** A copy of contacts from one rest-crm to another: what most promises of the engine are tried on. */
export interface CopyOptions {
  readonly id?: string;
  readonly read?: 'full' | 'incremental';
  /** More of the target, e.g. `, batch: 50, on_delete: delete`. */
  readonly to?: string;
  /** More of the source, e.g. `, lag: 5s`. */
  readonly from?: string;
  /** Lines of the definition's top level, e.g. `trigger: { every: 1s }`. */
  readonly top?: string;
  /** Service definition of the target in place of the shipped one. */
  readonly targetService?: JsonObject;
  readonly sourceService?: JsonObject;
  /** Where a proxy stands in for a side. */
  readonly sourceUrl?: string;
  readonly targetUrl?: string;
  /** Lines of the map in place of the usual ones. */
  readonly map?: string;
  readonly stream?: string;
}

export interface Copy {
  readonly pipeline: { readonly uid: string; readonly version: number; readonly plan: Plan };
  readonly id: string;
  readonly bindings: Readonly<Record<string, string>>;
  /** Publishes the same pipeline once more, changed. */
  republish(options: CopyOptions): Promise<void>;
}

export const copiedFields = ['name', 'email', 'phone', 'position'] as const;

export async function publishCopy(
  engine: TestEngine,
  source: RestCrmSandbox,
  target: RestCrmSandbox,
  options: CopyOptions = {},
): Promise<Copy & { pipeline: Copy['pipeline'] }> {
  const id = options.id ?? 'copy';
  const bindings = {
    crm: await connect(engine, `${id}-crm`, source, options.sourceUrl, options.sourceService),
    copy: await connect(engine, `${id}-copy`, target, options.targetUrl, options.targetService),
  };
  const copy = {
    id,
    bindings,
    pipeline: await engine.publish(copyDefinition(options), bindings),
    republish: async (next: CopyOptions): Promise<void> => {
      copy.pipeline = await engine.publish(copyDefinition({ ...next, id }), bindings);
    },
  };
  return copy;
}

async function connect(
  engine: TestEngine,
  name: string,
  crm: RestCrmSandbox,
  url: string | undefined,
  definition: JsonObject | undefined,
): Promise<string> {
  const settings: JsonObject = {
    service: definition === undefined ? 'rest-crm' : 'own',
    base_url: url ?? crm.url,
    ...(definition && { definition }),
  };
  return engine.connect(name, 'http', settings, { token: crm.credentials.token as string });
}

function copyDefinition({
  id = 'copy',
  read = 'full',
  to = '',
  from = '',
  top = '',
  map = copiedFields.map((name) => `${name}: ${name}`).join(', '),
  stream = 'contacts',
}: CopyOptions): string {
  return `
pipeline: ${id}
title: A copy
connections: { crm: { connector: http }, copy: { connector: http } }
${top}
flows:
  ${stream}:
    from: { stream: crm.${stream}, read: ${read}${from} }
    map: { ${map} }
    to: { stream: copy.${stream}, write: upsert${to} }
`;
}

/** What the target's log says about creates: one for each record is right. */
export function countCreates(
  target: RestCrmSandbox,
  records: number,
  stream = 'contacts',
): { distinct: number; lost: number; twice: number } {
  const creates = target.log
    .list()
    .filter((entry) => entry.stream === stream && entry.effect === 'create' && entry.status < 300);
  const distinct = new Set(creates.map((entry) => entry.external_id)).size;
  return { distinct, lost: records - distinct, twice: creates.length - distinct };
}

/** Records whose copied fields are not what the source holds, as sentences. */
export async function wrongFields(
  engine: TestEngine,
  source: RestCrmSandbox,
  target: RestCrmSandbox,
  pipeline = 'copy',
): Promise<string[]> {
  const links = await engine.rows<{ source_key: string; target_key: string }>(
    "select source_key, target_key from v_record_map where pipeline = $1 and flow = 'contacts' and state = 'confirmed'",
    [pipeline],
  );
  const targetOf = new Map(links.map((link) => [link.source_key, link.target_key]));
  const there = new Map(target.store.records('contacts').map((record) => [record.id, record]));
  const wrong: string[] = [];
  for (const record of source.store.records('contacts')) {
    const copy = there.get(targetOf.get(String(record.id)) ?? '');
    const differing = copiedFields.filter((name) => (copy?.[name] ?? null) !== (record[name] ?? null));
    if (copy === undefined || differing.length > 0) wrong.push(`${record.id}: ${copy ? differing.join() : 'missing'}`);
  }
  return wrong;
}

/** Waits for a condition with a deadline. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`${what}: not so within ${withinMs / 1_000} s`);
    await delay(5);
  }
}

export function untilCount(target: RestCrmSandbox, count: number, withinMs?: number): Promise<void> {
  return until(`${count} contacts at the target`, () => target.store.count('contacts') >= count, withinMs);
}

/** A change as a person at the vendor makes it; the ids of the records touched. */
export async function touch(crm: RestCrmSandbox, order: JsonObject): Promise<string[]> {
  const answer = await fetch(`${crm.control}/touch`, {
    method: 'POST',
    body: JSON.stringify({ stream: 'contacts', ...order }),
  });
  if (!answer.ok) throw new Error(`touch: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { ids: string[] }).ids;
}

/** Turns switches of a sandbox while it runs. */
export async function setSwitches(crm: RestCrmSandbox, settings: JsonObject): Promise<void> {
  const answer = await fetch(`${crm.control}/settings`, { method: 'POST', body: JSON.stringify(settings) });
  if (!answer.ok) throw new Error(`settings: ${answer.status} ${await answer.text()}`);
}

export async function setFaults(crm: RestCrmSandbox, faults: JsonObject): Promise<void> {
  const answer = await fetch(`${crm.control}/faults`, { method: 'POST', body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(`faults: ${answer.status} ${await answer.text()}`);
}

export async function countsOf(engine: TestEngine, run: string): Promise<Record<string, number>> {
  const [row] = await engine.rows<Record<string, number>>(
    'select read, filtered, sources, produced, written, unchanged, deleted, dead_letters, waiting from v_reconciliation where run_id = $1',
    [run],
  );
  return row ?? {};
}
