import { startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runNode } from '../run-client.js';

export const shevernitskiyAmo: ClientProof = {
  client: '@shevernitskiy/amo 0.1.12',
  async prove() {
    const account = await startAmoCrm({ records: 180, tls: true, settings: { rate: null, account_rate: null } });
    try {
      const before = (await recordsOf(account, 'leads')).map(({ id }) => Number(id)).sort((one, other) => one - other);
      const contacts = (await recordsOf(account, 'contacts')).length;
      const seen = await runNode('shevernitskiy-amo', account);
      return [
        same('account', seen.subdomain, 'example'),
        same('renewals of the old token', seen.renewals, 1),
        same('leads read', seen.leads, before),
        exactly('leads in the log', countOf(account.log, 'create', 'leads'), 3),
        same('price read back', seen.price, 11),
        same('prices kept', [await priceOf(seen.first), await priceOf(seen.second)], [11, 20]),
        exactly('contacts more', (await recordsOf(account, 'contacts')).length - contacts, 1),
        same('pipelines', seen.pipelines, 4),
        same('users', seen.users, account.store.users.length),
        exactly('fields of leads', Number(seen.fields) > 0, true),
      ];

      async function priceOf(id: Parameters<typeof recordOf>[2]) {
        return (await recordOf(account, 'leads', id)).price ?? null;
      }
    } finally {
      await account.stop();
    }
  },
};
