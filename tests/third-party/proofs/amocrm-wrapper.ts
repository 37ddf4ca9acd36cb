import { startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

export const amocrmWrapper: ClientProof = {
  client: 'amocrm-api-wrapper 1.0.1',
  async prove() {
    const account = await startAmoCrm({ records: 180, settings: { rate: null, account_rate: null } });
    try {
      const before = (await recordsOf(account, 'leads')).map(({ id }) => Number(id)).sort((one, other) => one - other);
      const seen = await runPython('drive_amocrm_wrapper', account);
      const made = Array.isArray(seen.made) ? seen.made : [];
      const requests = account.kit.requests.list();
      return [
        same('account', seen.subdomain, 'example'),
        same('renewals after the revoked token', seen.renewed, 1),
        same('leads read', seen.leads, before),
        exactly('leads in the log', countOf(account.log, 'create', 'leads'), 5),
        same('price read back', seen.price, 555),
        same('price kept', (await recordOf(account, 'leads', made[0])).price, 555),
        same('links', seen.links, [seen.contact ?? null]),
        same('links left', seen.left, 0),
        same('task done', (await recordOf(account, 'tasks', seen.task)).is_completed, true),
        same('tags', seen.tags, ['another', 'wrapped']),
        same('field made and deleted', seen.field_is_gone, true),
        same('webhooks', seen.hooks, 1),
        same('events tell of the new leads', seen.knows_the_new_leads, true),
        same('answers in spite of the limit', seen.answers, 20),
        atLeast('refusals of the limit', requests.filter(({ status }) => status === 429).length, 1),
      ];
    } finally {
      await account.stop();
    }
  },
};
