import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { Tx } from './database.js';

export type PageKind = 'promotion' | 'information';

export interface PageText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface PageContent {
  readonly kind: PageKind;
  /** In the page's address; unique within its kind. */
  readonly slug: string;
  /** Shown from then on, until then; null: without a limit. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly position: number;
  /** By language. */
  readonly texts: Readonly<Record<string, PageText>>;
}

export interface PageRow extends PageContent {
  readonly id: string;
  readonly state: 'draft' | 'published';
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = sql`p.id, p.kind, p.slug, p.state, p.starts_at as "startsAt", p.ends_at as "endsAt", p.position, p.revision,
  p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'body', t.body)) from page_text t
    where t.page_id = p.id) as texts`;

export async function listPages(tx: Tx): Promise<readonly PageRow[]> {
  const { rows } =
    await sql<PageRow>`select ${columns} from page p order by p.kind, p.position, p.created_at desc`.execute(tx);
  return rows;
}

/** Published pages whose dates hold `at`. */
export async function listShownPages(
  tx: Tx,
  at: Date,
  only: { readonly kind?: PageKind; readonly slug?: string },
): Promise<readonly PageRow[]> {
  const { rows } = await sql<PageRow>`
    select ${columns} from page p
     where p.state = 'published' and (p.starts_at is null or p.starts_at <= ${at})
       and (p.ends_at is null or p.ends_at > ${at})
       and (${only.kind ?? null}::text is null or p.kind = ${only.kind ?? null})
       and (${only.slug ?? null}::text is null or p.slug = ${only.slug ?? null})
     order by p.kind, p.position, p.created_at desc limit 200`.execute(tx);
  return rows;
}

/** Held until the end of the transaction. Throws `api/not_found`. */
export async function getPage(tx: Tx, id: string): Promise<PageRow> {
  const { rows } = await sql<PageRow>`select ${columns} from page p where p.id = ${id} for update of p`.execute(tx);
  if (rows[0] !== undefined) return rows[0];
  throw new Failure('api/not_found', {
    message: `There is no page \`${id}\`.`,
    hint: 'List the pages first.',
  });
}

/** Begins as a draft. Throws `page/slug_taken`. */
export async function addPage(tx: Tx, page: PageContent): Promise<string> {
  const id = uuidv7();
  await refuseTaken(tx, page, id);
  await tx
    .insertInto('page')
    .values({
      id,
      kind: page.kind,
      slug: page.slug,
      starts_at: page.startsAt,
      ends_at: page.endsAt,
      position: page.position,
    })
    .execute();
  await storeTexts(tx, id, page.texts);
  return id;
}

export async function storePage(tx: Tx, id: string, page: PageContent): Promise<void> {
  await refuseTaken(tx, page, id);
  await tx
    .updateTable('page')
    .set((eb) => ({
      kind: page.kind,
      slug: page.slug,
      starts_at: page.startsAt,
      ends_at: page.endsAt,
      position: page.position,
      revision: eb('revision', '+', 1),
      updated_at: sql<Date>`clock_timestamp()`,
    }))
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('page_text').where('page_id', '=', id).execute();
  await storeTexts(tx, id, page.texts);
}

export async function setPageState(tx: Tx, id: string, state: 'draft' | 'published'): Promise<void> {
  await tx
    .updateTable('page')
    .set((eb) => ({ state, revision: eb('revision', '+', 1), updated_at: sql<Date>`clock_timestamp()` }))
    .where('id', '=', id)
    .execute();
}

export async function removePage(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('page').where('id', '=', id).execute();
}

async function storeTexts(tx: Tx, id: string, texts: PageContent['texts']): Promise<void> {
  for (const [language, { title, body }] of Object.entries(texts)) {
    await tx.insertInto('page_text').values({ page_id: id, language, title, body }).execute();
  }
}

async function refuseTaken(tx: Tx, page: PageContent, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`page|${page.kind}|${page.slug}`}, 0))`.execute(tx);
  const other = await tx
    .selectFrom('page')
    .select('id')
    .where('kind', '=', page.kind)
    .where('slug', '=', page.slug)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other === undefined) return;
  throw new Failure('page/slug_taken', {
    message: `Another page of this kind is called \`${page.slug}\` already.`,
    hint: 'Choose another `slug`.',
  });
}
