import type { EffectEntry, EffectLog } from '../../sandbox/kit/effect-log.js';
import type { TestEngine } from './engine.js';

/** Where a flow of a run wrote: the vendor's own log is the truth that its counts are held against. */
export interface WrittenPlace {
  readonly flow: string;
  /** Name of the target within the flow; '' for its only one. */
  readonly target?: string;
  readonly stream: string;
  readonly sandbox: { readonly log: EffectLog };
  /** `log.lastSeq` before the run began; 0 by default. */
  readonly since?: number;
}

interface CountRow {
  readonly read: number;
  readonly filtered: number;
  readonly sources: number;
  readonly produced: number;
  readonly written: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly dead_letters: number;
  readonly waiting: number;
}

/**
 * Differences between `v_reconciliation` and what the target's log shows, as sentences; none when they agree. A record
 * counts once, however often it was sent; a 304 means that the target had it as it was sent.
 */
export async function reconcile(engine: TestEngine, runId: string, ...places: WrittenPlace[]): Promise<string[]> {
  const differences: string[] = [];
  for (const place of places) {
    const { flow, target = '' } = place;
    const [row] = await engine.rows<CountRow>(
      'select * from v_reconciliation where run_id = $1 and flow = $2 and target = $3',
      [runId, flow, target],
    );
    if (row === undefined) {
      differences.push(`run ${runId} has no counts of ${flow}`);
      continue;
    }
    const [letters] = await engine.rows<{ count: number }>(
      'select count(*) as count from v_dead_letters where run_id = $1 and flow = $2 and (part = $3 or part like $4)',
      [runId, flow, target, `${target}/%`],
    );
    const effects = place.sandbox.log.list(place.since ?? 0).filter((entry) => entry.stream === place.stream);
    const expected = {
      read: row.filtered + row.sources,
      produced: row.written + row.unchanged + row.deleted + row.dead_letters + row.waiting,
      written: distinct(effects, ['create', 'update'], (status) => status < 300 || status === 304),
      deleted: distinct(effects, ['delete'], (status) => status < 300 || status === 404),
      dead_letters: letters?.count ?? 0,
    };
    for (const [name, wanted] of Object.entries(expected)) {
      const counted = row[name as keyof CountRow];
      if (counted !== wanted) differences.push(`${flow}: ${name} is ${counted}, but ${wanted} by the other side`);
    }
  }
  return differences;
}

function distinct(
  effects: readonly EffectEntry[],
  kinds: readonly EffectEntry['effect'][],
  hasHappened: (status: number) => boolean,
): number {
  return new Set(
    effects.filter((entry) => kinds.includes(entry.effect) && hasHappened(entry.status)).map((entry) => entry.id),
  ).size;
}
