import { sql } from 'kysely';
import type { Dependencies } from '../dependencies.js';
import { purgeDeletedPipelines } from './purge.js';
import { restartLostRuns, sweepRecoveredBatches } from './sweep.js';

/** Retention in days, by table; what is older is removed. */
const retention = [
  { table: 'webhook_event', column: 'received_at', where: 'true', days: 7 },
  { table: 'event', column: 'at', where: 'true', days: 30 },
  { table: 'mail', column: 'created_at', where: "state <> 'queued'", days: 90 },
  { table: 'idempotency_key', column: 'created_at', where: 'true', days: 2 },
  { table: 'preview', column: 'expires_at', where: 'true', days: 0 },
  { table: 'dead_letter', column: 'at', where: "state in ('solved', 'discarded')", days: 30 },
  { table: 'run', column: 'ended_at', where: 'ended_at is not null', days: 90 },
] as const;

/** Hourly: sweeps; nightly: retention too. Each step is harmless to repeat. */
export async function maintain(
  deps: Dependencies,
  period: 'hourly' | 'nightly',
): Promise<{ restarted: number; duplicates: number; removed: number }> {
  // Accounts that a process with the former master key made meanwhile are among them.
  await deps.vault.rewrapAll();
  const restarted = await restartLostRuns(deps);
  const duplicates = await sweepRecoveredBatches(deps);
  const removed = period === 'nightly' ? (await removeOld(deps)) + (await purgeDeletedPipelines(deps)) : 0;
  return { restarted, duplicates, removed };
}

async function removeOld(deps: Dependencies): Promise<number> {
  let removed = 0;
  for (const rule of retention) {
    const result = await deps.store.system((tx) =>
      sql`delete from ${sql.table(rule.table)} where ${sql.raw(rule.where)} and ${sql.ref(rule.column)} < now() - ${rule.days} * interval '1 day'`.execute(
        tx,
      ),
    );
    removed += Number(result.numAffectedRows ?? 0n);
  }
  return removed;
}
