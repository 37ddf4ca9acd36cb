import { textArray } from './array-literals.js';
import type { AccountId, Store } from './database.js';

export interface Link {
  readonly sourceKey: string;
  readonly part: string;
  readonly targetId: number;
  readonly targetKey: string | null;
  /** Hex digits; empty where nothing is known of the content. */
  readonly contentHash: string | null;
  readonly state: number;
}

/** Key of a link within its flow. */
export function linkId(sourceKey: string, part: string): string {
  return part === '' ? sourceKey : `${sourceKey}\u0000${part}`;
}

interface LinkColumns {
  source_key: string;
  part: string;
  target_id: number;
  target_key: string | null;
  content_hash: string | null;
  state: number;
}

/** Links of these source keys, all parts, by `linkId`. */
export async function findLinks(
  store: Store,
  accountId: AccountId,
  flowId: number,
  sourceKeys: readonly string[],
): Promise<Map<string, Link>> {
  if (sourceKeys.length === 0) return new Map();
  const result = await store.accountQuery<LinkColumns>(accountId, {
    name: 'find-links',
    text: `select source_key, part, target_id, target_key, encode(content_hash, 'hex') as content_hash, state
             from link where flow_id = $1 and source_key = any($2)`,
    values: [flowId, textArray(sourceKeys)],
  });
  const links = new Map<string, Link>();
  for (const row of result.rows) links.set(linkId(row.source_key, row.part), linkOf(row));
  return links;
}

function linkOf(row: LinkColumns): Link {
  return {
    sourceKey: row.source_key,
    part: row.part,
    targetId: row.target_id,
    targetKey: row.target_key,
    contentHash: row.content_hash,
    state: row.state,
  };
}

/** Who else holds these keys of one target: target key -> the first link found there. */
export async function findHolders(
  store: Store,
  accountId: AccountId,
  targetId: number,
  targetKeys: readonly string[],
): Promise<Map<string, { flowId: number; flow: string; sourceKey: string; part: string }>> {
  if (targetKeys.length === 0) return new Map();
  const result = await store.accountQuery<{
    target_key: string;
    flow_id: number;
    flow: string;
    source_key: string;
    part: string;
  }>(accountId, {
    name: 'find-holders',
    text: `select l.target_key, l.flow_id, f.name as flow, l.source_key, l.part from link l join flow f on f.id = l.flow_id
            where l.target_key = any($2) and l.target_id = $1 and l.state in (1, 3)`,
    values: [targetId, textArray(targetKeys)],
  });
  return new Map(
    result.rows.map((row) => [
      row.target_key,
      { flowId: row.flow_id, flow: row.flow, sourceKey: row.source_key, part: row.part },
    ]),
  );
}

/** Whether a flow has any link yet; a flow without one needs no look-ups for keys it has not met. */
export async function hasLinks(store: Store, accountId: AccountId, flowId: number): Promise<boolean> {
  const row = await store.account(accountId, (tx) =>
    tx.selectFrom('link').select('flow_id').where('flow_id', '=', flowId).limit(1).executeTakeFirst(),
  );
  return row !== undefined;
}

/** Source keys of a flow's links after a key, in key order; each once. */
export async function nextSourceKeys(
  store: Store,
  accountId: AccountId,
  flowId: number,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await store.accountQuery<{ source_key: string }>(accountId, {
    text: `select distinct source_key from link where flow_id = $1 and source_key > $2 and state in (1, 3)
            order by source_key limit $3`,
    values: [flowId, after, limit],
  });
  return rows.map((row) => row.source_key);
}
