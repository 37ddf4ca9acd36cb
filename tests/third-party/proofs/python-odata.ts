import { startCreatio } from '../../../sandbox/creatio/sandbox.js';
import type { Json } from '../../../sandbox/kit/json.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

export const pythonOdata: ClientProof = {
  client: 'python-odata 0.8.1',
  async prove() {
    const site = await startCreatio({ records: 60 });
    try {
      const contacts = await recordsOf(site, 'Contact');
      const names = contacts.map(({ Name }) => String(Name));
      const seen = await runPython('drive_python_odata', site);
      const withA = contacts.filter(({ Name }) => String(Name).toLowerCase().includes('a'));
      return [
        atLeast('classes made from the metadata', Number(seen.entities), 60),
        same('contacts read', seen.contacts, contacts.map(({ Id }) => String(Id)).sort()),
        exactly('names of the page', isFrom(seen.page, names, 7), true),
        same('contacts filtered', seen.filtered, withA.map(({ Id }) => String(Id)).sort()),
        exactly('contacts beside their communications', isFrom(seen.owners, names, 20), true),
        same('city changed', seen.changed, 'Łódź III'),
        same('city kept', (await recordOf(site, 'City', seen.created)).Name, 'Łódź III'),
        same('the deleted one', (await recordOf(site, 'City', seen.gone)).Id ?? null, null),
        exactly('cities in the log', countOf(site.log, 'create', 'City'), 2),
        exactly('changes in the log', countOf(site.log, 'update', 'City'), 1),
        exactly('deletions in the log', countOf(site.log, 'delete', 'City'), 1),
      ];
    } finally {
      await site.stop();
    }
  },
};

function isFrom(list: Json | undefined, names: readonly string[], count: number): boolean {
  return Array.isArray(list) && list.length === count && list.every((name) => names.includes(String(name)));
}
