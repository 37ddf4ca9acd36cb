import { type Kysely, sql } from 'kysely';

/** When the keys of a flow were last compared with its source, which shows no deletions by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table flow add column keys_compared_at timestamptz`.execute(db);
}
