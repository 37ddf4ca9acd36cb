import { Failure } from '../../core/failures.js';
import type { AccountId, Tx } from '../../store/database.js';
import { listReaders } from '../../store/members.js';
import {
  askForLink,
  decideLink,
  findCustomers,
  findLink,
  listCustomers,
  listPartners,
  type PartnerLink,
} from '../../store/partners.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { getAccount } from './accounts.js';
import { evenly } from './evenly.js';
import { keyOf, partnerAsks } from './login-limits.js';

export async function partnersOf(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.system((tx) => listPartners(tx, accountId)), next: null };
}

export async function customersOf(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.system((tx) => listCustomers(tx, accountId)), next: null };
}

/**
 * A servicing company asks to be linked to a customer. The answer and its time are the same whether there is such an
 * account or such an owner.
 */
export async function ask(
  context: ApiContext,
  caller: Caller,
  named: { readonly account?: AccountId; readonly ownerEmail?: string },
): Promise<void> {
  if ((named.account === undefined) === (named.ownerEmail === undefined)) {
    throw new Failure('api/bad_request', {
      message: 'The body of the request does not fit: it must name either `account` or `ownerEmail`.',
      hint: 'Send the id of the customer’s account, or the address of one of its owners.',
    });
  }
  const { accountId } = caller;
  await context.limits.take(partnerAsks, keyOf(accountId));
  const partner = await getAccount(context, accountId);
  await evenly(300, () =>
    context.store.system(async (tx) => {
      const customers = await findCustomers(tx, accountId, { accountId: named.account, ownerEmail: named.ownerEmail });
      for (const customer of customers) {
        if ((await askForLink(tx, customer.id, accountId, caller.actor)) === null) continue;
        const about = { accountId: customer.id, accountName: customer.name, partnerName: partner.name };
        for (const reader of await listReaders(tx, customer.id, 'admins')) {
          await context.letters.partnerAsks(tx, reader, about);
        }
      }
    }),
  );
}

/** The customer accepts or refuses a request, or ends a link. */
export async function decide(
  context: ApiContext,
  caller: Caller,
  id: string,
  decision: 'accepted' | 'refused' | 'ended',
): Promise<void> {
  await context.store.system(async (tx) => {
    const link = await findLink(tx, id, { accountId: caller.accountId });
    const wanted = decision === 'ended' ? 'accepted' : 'requested';
    if (link === null || link.state !== wanted) throw noLink(id);
    await decideLink(tx, id, decision, caller.actor);
    await tell(context, tx, link, link.partnerAccountId, decision);
  });
}

/** The servicing company ends it. */
export async function endCustomer(context: ApiContext, caller: Caller, id: string): Promise<void> {
  await context.store.system(async (tx) => {
    const link = await findLink(tx, id, { partnerAccountId: caller.accountId });
    if (link === null || link.state !== 'accepted') throw noLink(id);
    await decideLink(tx, id, 'ended', caller.actor);
    await tell(context, tx, link, link.accountId, 'ended');
  });
}

async function tell(
  context: ApiContext,
  tx: Tx,
  link: PartnerLink,
  accountId: AccountId,
  decision: 'accepted' | 'refused' | 'ended',
): Promise<void> {
  const about = { accountId, accountName: link.accountName, partnerName: link.partnerName, decision };
  for (const reader of await listReaders(tx, accountId, 'admins')) {
    await context.letters.partnerDecided(tx, reader, about);
  }
}

function noLink(id: string): Failure {
  return new Failure('api/not_found', {
    message: `There is no link \`${id}\` of this account to be decided.`,
    hint: 'List them; each is accepted or refused once, and ended once.',
  });
}
