import { startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { Caller } from '../../../sandbox/kit/caller.js';
import type { Json } from '../../../sandbox/kit/json.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

export const aioamocrm: ClientProof = {
  client: 'aioamocrm 0.1.1',
  async prove() {
    const account = await startAmoCrm({ records: 180, settings: { rate: null, account_rate: null } });
    try {
      const before = (await recordsOf(account, 'leads')).map(({ id }) => id ?? null);
      const contacts = (await recordsOf(account, 'contacts')).length;
      const seen = await runPython('drive_aioamocrm', account);
      const made = list(seen.made);
      const [leadId, contactId, companyId] = list(seen.whole);
      const [first, second] = [await recordOf(account, 'leads', made[0]), await recordOf(account, 'leads', made[1])];
      const company = await recordOf(account, 'companies', companyId);
      const requests = account.kit.requests.list();
      return [
        same('account before and after the revoked token', seen.subdomains, ['example', 'example']),
        same('sign-ins', await new Caller(account).control('oauth').then(counts), [1, 1]),
        same('leads read', seen.leads, before),
        same('contacts read', seen.contacts, contacts),
        exactly('leads made', new Set(made).size, 60),
        exactly('leads in the log', countOf(account.log, 'create', 'leads'), 61),
        same('price read back', seen.price, 777),
        same('price and name kept', [first.price ?? null, second.name ?? null], [777, 'Renamed']),
        same('tags', seen.tags, ['site']),
        same('contact found by phone', seen.found, [contactId ?? null]),
        same('phone', seen.phone, '+79123456789'),
        same('company', company.name, 'Romashka'),
        exactly('lead with contact and company', (await recordOf(account, 'leads', leadId)).price === 1, true),
        same('links', seen.links, [['contacts', contactId ?? null]]),
        same('links taken back', seen.unlinked, []),
        same('task done', (await recordOf(account, 'tasks', seen.task)).is_completed, true),
        exactly('notes in the log', countOf(account.log, 'create', 'notes'), 1),
        same('refusals', seen.refusals, [[400, 'status_id'], [204]]),
        same('answers in spite of the limit', seen.accounts, 12),
        atLeast('refusals of the limit', requests.filter(({ status }) => status === 429).length, 1),
      ];
    } finally {
      await account.stop();
    }
  },
};

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function counts(answer: unknown): Json {
  const { exchanged, refreshed } = answer as { exchanged: number; refreshed: number };
  return [exchanged, refreshed];
}
