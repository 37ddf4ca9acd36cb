import { Failure } from '../../core/failures.js';
import type { Language } from '../../languages/language.js';
import {
  addPage,
  getPage,
  listPages,
  listShownPages,
  type PageContent,
  type PageKind,
  type PageRow,
  removePage,
  setPageState,
  storePage,
} from '../../store/pages.js';
import type { ApiContext } from '../context.js';
import { checkPreconditions, etagOf } from '../http/etags.js';

type Headers = Readonly<Record<string, string | undefined>>;

export interface PageBody {
  readonly kind: PageKind;
  readonly slug: string;
  readonly startsAt?: string | null;
  readonly endsAt?: string | null;
  readonly position?: number;
  readonly texts: PageContent['texts'];
}

/** What everybody reads at a moment, each in the asked language, else in English, else in the first one it has. */
export async function shownPages(context: ApiContext, at: Date, kind: PageKind | undefined, language: Language) {
  const rows = await context.store.system((tx) => listShownPages(tx, at, kind === undefined ? {} : { kind }));
  return { items: rows.map((row) => shown(row, language)), next: null };
}

export async function shownPage(context: ApiContext, at: Date, kind: PageKind, slug: string, language: Language) {
  const [row] = await context.store.system((tx) => listShownPages(tx, at, { kind, slug }));
  if (row !== undefined) return shown(row, language);
  throw new Failure('api/not_found', {
    message: `There is no page \`${slug}\`.`,
    hint: 'It may have ended; see what is shown now.',
  });
}

function shown(page: PageRow, language: Language) {
  const found = page.texts[language] !== undefined ? language : page.texts.en !== undefined ? 'en' : firstOf(page);
  const { title = '', body = '' } = page.texts[found] ?? {};
  const { kind, slug, startsAt, endsAt, updatedAt } = page;
  return { kind, slug, language: found, title, body, startsAt, endsAt, updatedAt };
}

function firstOf({ texts }: PageRow): string {
  return Object.keys(texts).sort()[0] ?? 'en';
}

export async function listAll(context: ApiContext) {
  return { items: await context.store.system(listPages), next: null };
}

export async function getOne(context: ApiContext, id: string) {
  return context.store.system((tx) => getPage(tx, id));
}

export async function add(context: ApiContext, body: PageBody) {
  const content = contentOf(body);
  return context.store.system(async (tx) => getPage(tx, await addPage(tx, content)));
}

export async function change(context: ApiContext, id: string, body: PageBody, headers: Headers) {
  const content = contentOf(body);
  return context.store.system(async (tx) => {
    checkPreconditions(headers, tagOf(await getPage(tx, id)), 'The page');
    await storePage(tx, id, content);
    return getPage(tx, id);
  });
}

export async function setState(context: ApiContext, id: string, state: 'draft' | 'published', headers: Headers) {
  return context.store.system(async (tx) => {
    checkPreconditions(headers, tagOf(await getPage(tx, id)), 'The page');
    await setPageState(tx, id, state);
    return getPage(tx, id);
  });
}

export async function remove(context: ApiContext, id: string, headers: Headers): Promise<void> {
  await context.store.system(async (tx) => {
    checkPreconditions(headers, tagOf(await getPage(tx, id)), 'The page');
    await removePage(tx, id);
  });
}

export function tagOf(page: PageRow): string {
  return etagOf(page.id, page.revision);
}

function contentOf({ startsAt = null, endsAt = null, position = 0, ...body }: PageBody): PageContent {
  const [starts, ends] = [dateOf(startsAt), dateOf(endsAt)];
  if (starts !== null && ends !== null && starts >= ends) throw badDates();
  return { ...body, startsAt: starts, endsAt: ends, position };
}

function dateOf(text: string | null): Date | null {
  if (text === null) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw badDates();
  return date;
}

function badDates(): Failure {
  return new Failure('api/bad_request', {
    message: 'The page does not begin before it ends.',
    hint: 'Give `startsAt` and `endsAt` as times with a zone, such as `2026-01-01T00:00:00Z`, or leave them out.',
  });
}
