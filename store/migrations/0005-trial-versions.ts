import { type Kysely, sql } from 'kysely';

/** Versions that were only previewed stand beside the published ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table pipeline_version add column is_trial boolean not null default false`.execute(db);
}
