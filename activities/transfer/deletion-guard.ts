import { sql } from 'kysely';
import { Failure } from '../../core/failures.js';
import type { FlowEnvironment } from './flow-environment.js';
import type { PageJob } from './page-job.js';

const mostDeletions = 100;
const largestShare = 0.2;
/** Below this many a share means nothing. */
const fewDeletions = 10;

/**
 * A source that suddenly reports most of its records as deleted is more often broken than emptied: beyond 100
 * deletions or a fifth of what a flow holds at the target, a person must say yes (reliability.md, promise 27).
 */
export class DeletionGuard {
  #deletions = 0;
  #limit: Promise<number> | null = null;

  /** Throws `run/too_many_deletes` before the page that crosses the line is sent. */
  async check(env: FlowEnvironment, job: PageJob): Promise<void> {
    if (env.options.allowDeletes === true) return;
    const asked = job.changes.filter(
      (change) => change.operation === 'delete' && env.targets[change.target]?.plan.write !== 'delete',
    ).length;
    if (asked === 0) return;
    this.#deletions += asked;
    this.#limit ??= limitOf(env);
    const limit = await this.#limit;
    if (this.#deletions <= limit) return;
    throw new Failure('run/too_many_deletes', {
      message: `The source of flow \`${env.flow.id}\` reports ${this.#deletions} or more deletions, ${limit} are carried out without asking.`,
      hint: 'Check the source; if the deletions are meant, run again and allow them (`--allow-deletes`).',
    });
  }
}

async function limitOf(env: FlowEnvironment): Promise<number> {
  const result = await env.store.account(env.place.accountId, (tx) =>
    sql<{
      count: number;
    }>`select count(*) as count from link where flow_id = ${env.place.flowId} and state in (1, 3)`.execute(tx),
  );
  const share = Math.floor((result.rows[0]?.count ?? 0) * largestShare);
  return Math.min(mostDeletions, Math.max(fewDeletions, share));
}
