import { startCreatio } from '../../../sandbox/creatio/sandbox.js';
import { exactly, type Measured } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runPython } from '../run-client.js';

/** Both runtimes of the vendor: the client knows the prefix of each. */
export const slCreatio: ClientProof = {
  client: 'sl-creatio-connector 0.1.7',
  prove: async () => [...(await proveWith('framework', '/0/odata/')), ...(await proveWith('core', '/odata/'))],
};

async function proveWith(runtime: string, prefix: string): Promise<Measured> {
  const site = await startCreatio({ records: 60, settings: { runtime } });
  try {
    const contacts = (await recordsOf(site, 'Contact')).map(({ Id }) => String(Id)).sort();
    const seen = await runPython('drive_sl_creatio', site);
    const paths = site.kit.requests.list().map(({ path }) => path);
    return [
      same(`${runtime}: contacts read`, seen.contacts, contacts),
      same(`${runtime}: city found`, seen.found, [seen.city ?? null]),
      same(`${runtime}: city by id`, seen.by_id, 'Burbank'),
      same(`${runtime}: city kept`, (await recordOf(site, 'City', seen.city)).Name, 'Burbank'),
      same(`${runtime}: answer of the deletion`, seen.deleted, 204),
      same(`${runtime}: the deleted one`, (await recordOf(site, 'City', seen.gone)).Id ?? null, null),
      exactly(`${runtime}: cities in the log`, countOf(site.log, 'create', 'City'), 2),
      same(`${runtime}: contact by its e-mail`, seen.owner, seen.way ?? null),
      same(`${runtime}: a wrong value refused`, seen.refused, true),
      same(`${runtime}: a wrong password refused`, seen.wrong_password, true),
      exactly(
        `${runtime}: questions below ${prefix}`,
        paths.some((path) => path.startsWith(prefix)),
        true,
      ),
    ];
  } finally {
    await site.stop();
  }
}
