import { startCreatio } from '../../../sandbox/creatio/sandbox.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

export const creatioApi: ClientProof = {
  client: 'creatio-api-py 1.3.3',
  async prove() {
    const site = await startCreatio({ records: 120 });
    try {
      const contacts = (await recordsOf(site, 'Contact')).map(({ Id }) => String(Id)).sort();
      const deals = await recordsOf(site, 'Opportunity');
      const seen = await runPython('drive_creatio_api', site);
      const made = await recordOf(site, 'Contact', seen.made);
      const files = (await recordsOf(site, 'ContactFile')).filter(({ ContactId }) => ContactId === seen.made);
      const requests = site.kit.requests.list();
      return [
        same('sign-ins: the second from the file, the third after the loss', seen.logins, [1, 2]),
        same('contacts read', seen.contacts, contacts),
        same('contacts counted', seen.counted, contacts.length),
        atLeast('pages', requests.filter(({ path }) => /\/odata\/Contact\?.*skip/.test(path)).length, 2),
        same('deals read', seen.deals, deals.length),
        same('their accounts', seen.accounts, deals.filter(({ AccountId }) => AccountId !== undefined).length),
        same('rows of the longest list', seen.cut, 25),
        same('contact read back', seen.read_back, ['Client Made', 'Head', seen.account ?? null]),
        same(
          'contact kept',
          [made.Name, made.JobTitle, made.AccountId].map((value) => value ?? null),
          ['Client Made', 'Head', seen.account ?? null],
        ),
        same('e-mail', [seen.email ?? null, made.Email ?? null], ['made@client.example', 'made@client.example']),
        same('a form in place of JSON', seen.as_form, 400),
        same('file', seen.file, 'hello file'),
        same(
          'files',
          files.map(({ Name }) => Name ?? null),
          ['hello.txt'],
        ),
        exactly('contacts in the log', countOf(site.log, 'create', 'Contact'), 2),
        exactly('changes in the log', countOf(site.log, 'update', 'Contact'), 1),
        exactly('deletions in the log', countOf(site.log, 'delete', 'Contact'), 1),
        same('the deleted one', seen.missing, 404),
        exactly('a wrong password is told', typeof seen.wrong_password, 'string'),
      ];
    } finally {
      await site.stop();
    }
  },
};
