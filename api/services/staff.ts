import { Failure } from '../../core/failures.js';
import { findMail, listMails } from '../../store/mails.js';
import { addStaffByEmail, listStaff, removeStaff } from '../../store/staff.js';
import type { StaffRole } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';

export async function listAll(context: ApiContext) {
  return { items: await context.store.system(listStaff), next: null };
}

export async function add(context: ApiContext, email: string, role: StaffRole): Promise<void> {
  const userId = await context.store.system((tx) => addStaffByEmail(tx, email, role));
  if (userId !== null) return;
  throw new Failure('api/not_found', {
    message: 'Nobody is registered with this address.',
    hint: 'Let them register first.',
  });
}

export async function remove(context: ApiContext, userId: string): Promise<void> {
  if (await context.store.system((tx) => removeStaff(tx, userId))) return;
  throw new Failure('api/not_found', {
    message: `There is no \`${userId}\` among those who run this installation.`,
    hint: 'List them.',
  });
}

export async function mails(context: ApiContext, query: PageQuery) {
  const limit = limitOf(query);
  const after = afterOf(query, uuidForm);
  return pageOf(await context.store.system((tx) => listMails(tx, after, limit + 1)), limit, (last) => last.id);
}

/** The text only of letters that were never sent, since no mail server is set: others have reached their reader. */
export async function mail(context: ApiContext, id: string) {
  const found = await context.store.system((tx) => findMail(tx, context.vault.keys, id));
  if (found !== null) return found;
  throw new Failure('api/not_found', { message: `There is no letter \`${id}\`.`, hint: 'List them.' });
}
