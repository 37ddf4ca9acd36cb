import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runNode } from '../run-client.js';

export const badBitrix: ClientProof = {
  client: '@2bad/bitrix 2.5.1',
  async prove() {
    const portal = await startBitrix24({ records: 230 });
    try {
      const deals = (await recordsOf(portal, 'deals')).length;
      const companies = (await recordsOf(portal, 'companies')).length;
      const seen = await runNode('bad-bitrix', portal);
      return [
        same('deals read', seen.deals, deals),
        same('deals counted', seen.total, deals),
        same('lead changed', seen.changed, true),
        same('title read back', seen.title, 'Changed by 2bad'),
        same('title kept', (await recordOf(portal, 'leads', seen.lead)).title, 'Changed by 2bad'),
        same('counted in a batch', seen.totals, { deals, companies }),
        same('lead deleted', seen.deleted, true),
        same('the deleted one', (await recordOf(portal, 'leads', seen.gone)).id ?? null, null),
        exactly('leads in the log', countOf(portal.log, 'create', 'leads'), 2),
      ];
    } finally {
      await portal.stop();
    }
  },
};
