import type { Connector, WriteDeclaration } from '../connectors/kit/index.js';
import type { JsonObject } from '../core/json.js';
import type { FlowPlan, Plan, TargetPlan } from '../definitions/plan/plan.js';
import type { Querying } from '../store/backup/catalogue.js';
import type { DoubtfulPipeline } from '../store/rebuild.js';

interface PublishedRow {
  readonly uid: string;
  readonly id: string;
  readonly plan: unknown;
  readonly bindings: Readonly<Record<string, string>>;
}

interface ConnectionPlace {
  readonly connector: string;
  readonly settings: JsonObject;
}

/**
 * Active pipelines that create records where a repeat can neither be recognised nor looked up. After a restore nobody
 * can tell whether what they are about to create was created already, after the backup.
 */
export async function findDoubtful(
  client: Querying,
  connectors: ReadonlyMap<string, Connector>,
): Promise<DoubtfulPipeline[]> {
  const published = await client.query<PublishedRow>(
    `select p.uid, p.id, v.plan, v.bindings from pipeline p
       join pipeline_version v on v.pipeline_uid = p.uid and v.version = p.published_version
      where p.state = 'active' order by p.id`,
  );
  const connections = await client.query<ConnectionPlace & { id: string }>(
    'select id, connector, settings from connection',
  );
  const places = new Map(connections.rows.map(({ id, ...place }) => [id, place]));
  return published.rows.flatMap(({ uid, id, plan, bindings }) => {
    const targets = doubtfulTargets((plan as Plan).flows, (slot) => {
      const place = places.get(bindings[slot] ?? '');
      const connector = connectors.get(place?.connector ?? '');
      return place === undefined || connector === undefined ? null : { connector, settings: place.settings };
    });
    return targets.length === 0 ? [] : [{ uid, id, targets }];
  });
}

function doubtfulTargets(
  flows: readonly FlowPlan[],
  find: (slot: string) => { readonly connector: Connector; readonly settings: JsonObject } | null,
): string[] {
  const targets = flows.flatMap((flow) => flow.targets).filter((target) => mayCreateTwice(target, find(target.slot)));
  return [...new Set(targets.map((target) => `\`${target.slot}.${target.stream}\``))];
}

function mayCreateTwice(
  target: TargetPlan,
  place: { readonly connector: Connector; readonly settings: JsonObject } | null,
): boolean {
  if (target.write === 'update' || target.write === 'delete' || target.matchOn.length > 0) return false;
  // A pipeline without its connection writes nothing; a file is cut back to the position that the database knows.
  if (place === null || place.connector.isLocal === true) return false;
  const write = declaredWrite(place.connector, place.settings, target.stream);
  // What only the account could tell counts as doubtful: asking it needs the network.
  if (write === undefined || write === null) return true;
  return write.idempotency === 'unsafe' || (write.idempotency === 'keyed' && write.ownIdField === null);
}

function declaredWrite(
  connector: Connector,
  settings: JsonObject,
  stream: string,
): WriteDeclaration | null | undefined {
  try {
    return connector.declaredStreams(settings)?.find((each) => each.name === stream)?.write;
  } catch {
    // Settings that an older release took and this one does not: nothing is known.
    return undefined;
  }
}
