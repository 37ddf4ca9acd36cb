import { type Kysely, sql } from 'kysely';

/** Where people have put the parts of a pipeline's picture; no part of its definition. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table pipeline add column layout jsonb`.execute(db);
}
