import { sql } from 'kysely';
import type { AccountId } from '../../store/database.js';
import type { Dependencies } from '../dependencies.js';

const keptDays = 30;
/** Each step is a transaction of its own, so that a pipeline of millions of links holds nobody up. */
const linksAtOnce = 10_000;

/** Removes pipelines that were deleted 30 days ago with everything that is known of them; returns how many. */
export async function purgeDeletedPipelines(deps: Dependencies): Promise<number> {
  const due = await deps.store.system((tx) =>
    tx
      .selectFrom('pipeline')
      .select(['uid', 'account_id'])
      .where('state', '=', 'deleted')
      .where('deleted_at', '<', sql<Date>`clock_timestamp() - ${keptDays} * interval '1 day'`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('run')
              .select('id')
              .whereRef('run.pipeline_uid', '=', 'pipeline.uid')
              .where('ended_at', 'is', null),
          ),
        ),
      )
      .execute(),
  );
  for (const { uid, account_id: accountId } of due) {
    while ((await removeLinks(deps, accountId, uid)) === linksAtOnce);
    await deps.store.account(accountId, (tx) => tx.deleteFrom('pipeline').where('uid', '=', uid).execute());
  }
  return due.length;
}

async function removeLinks(deps: Dependencies, accountId: AccountId, pipelineUid: string): Promise<number> {
  const result = await deps.store.account(accountId, (tx) =>
    sql`
      delete from link where ctid in (
        select link.ctid from link join flow on flow.id = link.flow_id
         where flow.pipeline_uid = ${pipelineUid} limit ${linksAtOnce})`.execute(tx),
  );
  return Number(result.numAffectedRows ?? 0n);
}
