import { Type } from 'typebox';
import type { PageRow } from '../../store/pages.js';
import { languageHeaders, languageOf } from '../http/languages.js';
import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import { contacts, page, pageBody, pageKind, shownPage, slug } from '../schemas/pages.js';
import * as pages from '../services/pages.js';

const tag = 'pages';
const params = object({ id: uuid('Id of a page.') });
const example = {
  kind: 'promotion',
  slug: 'summer',
  startsAt: '2027-06-01T00:00:00Z',
  endsAt: '2027-09-01T00:00:00Z',
  texts: { en: { title: 'Summer offer', body: 'Two months **free**.' } },
};
const tagged = (row: PageRow, status = 200) => ({ status, body: row, headers: { ETag: pages.tagOf(row) } });

export const pageRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/contacts',
    name: 'getContacts',
    tag,
    summary: 'How to reach those who run this installation',
    answers: { 200: { description: 'What they have set.', schema: contacts } },
    errors: [],
    handle: async ({ context }) => {
      const { email = null, phone = null, company = null } = context.contacts;
      return { status: 200, body: { email, phone, company } };
    },
  }),
  route({
    method: 'get',
    path: '/pages',
    name: 'listPages',
    tag,
    summary: 'List the promotions and information pages that are shown now',
    query: object({ kind: Type.Optional(pageKind) }),
    answers: { 200: { description: 'In the asked language where they have it.', schema: list(shownPage) } },
    errors: [],
    handle: async (request) => {
      const language = languageOf(request);
      const body = await pages.shownPages(request.context, new Date(), request.query.kind, language);
      return { status: 200, body, headers: languageHeaders(language) };
    },
  }),
  route({
    method: 'get',
    path: '/pages/{kind}/{slug}',
    name: 'getPage',
    tag,
    summary: 'Read a page that is shown now',
    params: object({ kind: pageKind, slug }),
    answers: { 200: { description: 'The page.', schema: shownPage } },
    errors: [],
    handle: async (request) => {
      const { kind, slug: name } = request.params;
      const body = await pages.shownPage(request.context, new Date(), kind, name, languageOf(request));
      return { status: 200, body, headers: languageHeaders(body.language) };
    },
  }),
  route({
    method: 'get',
    path: '/operator/pages',
    name: 'listAllPages',
    tag,
    summary: 'List all pages, drafts too',
    answers: { 200: { description: 'All of them.', schema: list(page) } },
    errors: [],
    handle: async ({ context }) => ({ status: 200, body: await pages.listAll(context) }),
  }),
  route({
    method: 'get',
    path: '/operator/pages/{id}',
    name: 'getPageForEdit',
    tag,
    summary: 'Get a page with its texts in all languages',
    params,
    answers: { 200: { description: 'The page, with its ETag.', schema: page } },
    errors: [],
    handle: async ({ context, params: { id } }) => tagged(await pages.getOne(context, id)),
  }),
  route({
    method: 'post',
    path: '/pages',
    name: 'createPage',
    tag,
    summary: 'Write a page; it begins as a draft',
    body: pageBody,
    bodyExample: example,
    answers: { 201: { description: 'The page.', schema: page } },
    errors: ['page/slug_taken'],
    handle: async ({ context, body }) => tagged(await pages.add(context, body as pages.PageBody), 201),
  }),
  route({
    method: 'put',
    path: '/pages/{id}',
    name: 'changePage',
    tag,
    summary: 'Write a page anew',
    params,
    body: pageBody,
    bodyExample: example,
    hasEtag: true,
    answers: { 200: { description: 'The page as it is now.', schema: page } },
    errors: ['page/slug_taken', 'api/precondition_failed'],
    handle: async ({ context, params: { id }, body, headers }) =>
      tagged(await pages.change(context, id, body as pages.PageBody, headers)),
  }),
  ...(['publish', 'unpublish'] as const).map((name) =>
    route({
      method: 'post',
      path: `/pages/{id}/${name}`,
      name: `${name}Page`,
      tag,
      summary: { publish: 'Show a page within its dates', unpublish: 'Make a page a draft again' }[name],
      params,
      hasEtag: true,
      answers: { 200: { description: 'The page as it is now.', schema: page } },
      errors: ['api/precondition_failed'],
      handle: async ({ context, params: { id }, headers }) =>
        tagged(await pages.setState(context, id, name === 'publish' ? 'published' : 'draft', headers)),
    }),
  ),
  route({
    method: 'delete',
    path: '/pages/{id}',
    name: 'deletePage',
    tag,
    summary: 'Delete a page with all its texts',
    params,
    hasEtag: true,
    answers: { 204: { description: 'It is gone.' } },
    errors: ['api/precondition_failed'],
    handle: async ({ context, params: { id }, headers }) => {
      await pages.remove(context, id, headers);
      return { status: 204 };
    },
  }),
];
