import { randomBytes } from 'node:crypto';
import { buildIdentity } from '../api/identity/library.js';
import { createLetters } from '../api/services/letters.js';
import type { OwnerReport, PeopleTools } from '../cli/tools.js';
import { readState } from '../runtime/data-folder.js';
import { loadMasterKey } from '../runtime/master-key.js';
import { withRole } from '../runtime/postgres-connection.js';
import type { Settings } from '../runtime/settings.js';
import { ensureFirstAccount } from '../store/accounts.js';
import { Store, type Tx } from '../store/database.js';
import { openInstallationKeys } from '../store/installation-keys.js';
import { addMember, lockMembers } from '../store/members.js';
import { migrate } from '../store/migrate.js';
import { ensurePerson } from '../store/people.js';
import { listStaff, removeStaff, setStaff } from '../store/staff.js';
import { MasterKeys } from '../store/vault-keys.js';
import { withOwner } from './backup.js';

const linkHours = 24;

/** People of an installation, reached through its database: of the running one, else of one that is started for this. */
export function peopleTools(settings: Settings): PeopleTools {
  const inStore = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    withOwner(settings, async (ownerUrl) => {
      await migrate(ownerUrl);
      const url = settings.database?.url ?? ownerUrl;
      const store = new Store({
        appUrl: withRole(url, 'pipewright_app'),
        systemUrl: withRole(url, 'pipewright_system'),
        maxConnections: 2,
      });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    });
  return {
    takeOver: (email) => inStore((store) => takeOver(settings, store, email)),
    listStaff: () =>
      inStore(async (store) => (await store.system(listStaff)).map(({ email, role }) => ({ email, role }))),
    addStaff: (email, role) =>
      inStore(async (store) => {
        const { id, hasPassword } = await store.system(async (tx) => {
          const person = await ensurePerson(tx, email);
          await setStaff(tx, person.id, role);
          return person;
        });
        return { email, role, link: hasPassword ? null : await passwordLink(settings, store, id) };
      }),
    removeStaff: (email) =>
      inStore((store) => store.system(async (tx) => removeStaff(tx, (await findStaff(tx, email)) ?? ''))),
  };
}

async function takeOver(settings: Settings, store: Store, email: string): Promise<OwnerReport> {
  const accountId = await ensureFirstAccount(store, 'demo');
  const { person, account } = await store.system(async (tx) => {
    await lockMembers(tx, accountId);
    const found = await ensurePerson(tx, email);
    await addMember(tx, accountId, found.id, 'owner');
    await tx
      .updateTable('account')
      .set({ taken_over_at: new Date() })
      .where('id', '=', accountId)
      .where('taken_over_at', 'is', null)
      .execute();
    const row = await tx.selectFrom('account').select('name').where('id', '=', accountId).executeTakeFirstOrThrow();
    return { person: found, account: row.name };
  });
  const link = person.hasPassword ? null : await passwordLink(settings, store, person.id);
  const expiresAt = link === null ? null : expiry().toISOString();
  return { email, account, accountId, isNew: person.isNew, link, expiresAt };
}

/** The link that a letter would hold, shown here instead: no mail server is needed for the first owner. */
async function passwordLink(settings: Settings, store: Store, userId: string): Promise<string> {
  const { masterKeyPrevious } = settings;
  const keys = await openInstallationKeys(
    store,
    new MasterKeys(
      settings.masterKey ?? loadMasterKey(settings.dataFolder),
      masterKeyPrevious === undefined ? [] : [masterKeyPrevious],
    ),
  );
  const origin = originOf(settings);
  const identity = buildIdentity({
    store,
    secret: keys.derived('sessions').toString('base64'),
    origin,
    session: settings.session,
    letters: createLetters({ store, keys, origin }),
  });
  const token = randomBytes(32).toString('base64url');
  const { internalAdapter } = await identity.$context;
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: userId,
    expiresAt: expiry(),
  });
  return `${origin}/reset-password?token=${token}`;
}

function expiry(): Date {
  return new Date(Date.now() + linkHours * 3_600_000);
}

function originOf(settings: Settings): string {
  return settings.publicUrl ?? readState(settings.dataFolder)?.address ?? `http://${settings.host}:${settings.port}`;
}

async function findStaff(tx: Tx, email: string): Promise<string | undefined> {
  return (await listStaff(tx)).find((each) => each.email === email)?.userId;
}
