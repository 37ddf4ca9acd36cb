import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import type { Json } from '../../../sandbox/kit/json.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

export const fastBitrix24: ClientProof = {
  client: 'fast-bitrix24 1.8.14',
  async prove() {
    const portal = await startBitrix24({ records: 230 });
    try {
      const seen = await runPython('drive_fast_bitrix24', portal);
      const made = Array.isArray(seen.leads) ? seen.leads : [];
      const deals = (await recordsOf(portal, 'deals')).map(({ id }) => id ?? null);
      const contacts = await recordsOf(portal, 'contacts');
      const leads = await recordsOf(portal, 'leads');
      const titleOf = (id: Json) => leads.find((lead) => lead.id === id)?.title ?? null;
      const [dealId, contactId] = Array.isArray(seen.link) ? seen.link : [];
      const deal = await recordOf(portal, 'deals', dealId);
      const requests = portal.kit.requests.list();
      return [
        same('deals read', seen.deals, deals),
        same('rows of deals', seen.deal_rows, deals.length),
        same('contacts read', seen.contacts, contacts.length),
        same('phones read', seen.phones, contacts.flatMap(({ fm }) => phonesIn(fm)).length),
        same('items read', seen.items, deals.length),
        same('deals read by id', seen.by_id, 70),
        exactly('leads made', made.length, 60),
        same('titles read back', seen.titles, made.slice(0, 25).map(titleOf)),
        same(
          'leads renamed',
          made.slice(0, 20).map(titleOf),
          made.slice(0, 20).map((id) => `Faster ${String(id)}`),
        ),
        exactly('titles of the others', new Set(made.slice(20, 50).map(titleOf)).size, 30),
        exactly('leads left of those deleted', leads.filter(({ id }) => made.slice(50).includes(id ?? null)).length, 0),
        exactly('leads in the log', countOf(portal.log, 'create', 'leads'), 60),
        exactly('deletions in the log', countOf(portal.log, 'delete', 'leads'), 10),
        same('contacts of the deal', seen.linked, deal.contactIds ?? null),
        exactly('the link', Array.isArray(deal.contactIds) && deal.contactIds.includes(contactId ?? null), true),
        same('people before and after the revoked token', seen.people, ['1', '1']),
        same('renewals', seen.refreshes, 2),
        exactly('expired tokens refused', requests.filter(({ status }) => status === 401).length, 1),
        same('every answer in spite of the full bucket', seen.survived, true),
        // On a busy machine the client may be too slow to fill it.
        {
          ...atLeast('refusals of the bucket', requests.filter(({ status }) => status === 503).length, 1),
          isTimed: true,
        },
      ];
    } finally {
      await portal.stop();
    }
  },
};

function phonesIn(ways: unknown): unknown[] {
  return Array.isArray(ways) ? ways.filter((way: { typeId?: unknown }) => way.typeId === 'PHONE') : [];
}
