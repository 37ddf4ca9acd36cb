import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { list, object, uuid } from '../schemas/common.js';
import * as shapes from '../schemas/people.js';
import * as staff from '../services/staff.js';

/** For those who run the installation. */
export const staffRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/staff',
    name: 'listStaff',
    tag: 'staff',
    summary: 'List those who run the installation',
    answers: { 200: { description: 'Operators and support.', schema: list(shapes.staffMember) } },
    errors: [],
    handle: async ({ context }) => ({ status: 200, body: await staff.listAll(context) }),
  }),
  route({
    method: 'post',
    path: '/staff',
    name: 'addStaff',
    tag: 'staff',
    summary: 'Make a registered person an operator or a support user',
    body: object({ email: shapes.email, role: shapes.staffRole }),
    bodyExample: { email: 'carol@example.com', role: 'support' },
    answers: { 204: { description: 'It counts from their next request on.' } },
    errors: [],
    handle: async ({ context, body }) => {
      await staff.add(context, body.email, body.role);
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/staff/{userId}',
    name: 'removeStaff',
    tag: 'staff',
    summary: 'Take that role away',
    params: object({ userId: uuid('Id of the person.') }),
    answers: { 204: { description: 'They are a person like all others.' } },
    errors: [],
    handle: async ({ context, params }) => {
      await staff.remove(context, params.userId);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/mails',
    name: 'listMails',
    tag: 'staff',
    summary: 'List letters that the installation wrote',
    query: object(pageQuery),
    answers: { 200: { description: 'The newest first, without their texts.', schema: list(shapes.mailOutline) } },
    errors: [],
    handle: async ({ context, query }) => ({ status: 200, body: await staff.mails(context, query) }),
  }),
  route({
    method: 'get',
    path: '/mails/{id}',
    name: 'getMail',
    tag: 'staff',
    summary: 'Show a letter',
    description: 'Its text only where no mail server is set (`SMTP_URL`), so that somebody must hand it over.',
    params: object({ id: uuid('Id of the letter.') }),
    answers: { 200: { description: 'The letter.', schema: shapes.mail } },
    errors: [],
    handle: async ({ context, params: { id } }) => ({ status: 200, body: await staff.mail(context, id) }),
  }),
];
