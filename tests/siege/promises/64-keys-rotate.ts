import { randomBytes, randomUUID } from 'node:crypto';
import { EncryptionCodec, payloadCodec } from '../../../assembly/payload-codec.js';
import { addAccount } from '../../../store/accounts.js';
import { InstallationKeys, openInstallationKeys } from '../../../store/installation-keys.js';
import { Vault } from '../../../store/vault.js';
import { MasterKeys } from '../../../store/vault-keys.js';
import type { TestEngine } from '../../support/engine.js';
import { reconcile } from '../../support/reconciliation.js';
import { countCreates, publishCopy, untilCount, wrongFields } from '../copy.js';
import { exactly, type Figure, type Measured, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

export default {
  number: 64,
  title: 'Keys rotate in flight',
  required: '0 failed runs; all wrapped anew, old key removable; swaps and bit flips refused; 0 repeated nonces',
  limitMs: 15 * 60_000,
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 4 } });
    return [...(await tamper(context, engine)), ...(await rotate(context, engine)), ...(await formerHistories())];
  },
} satisfies SiegePromise;

/** Workers with the old key, with both, and with the new one alone move one run, one after the other. */
async function rotate(context: SiegeContext, engine: TestEngine): Promise<Measured> {
  const records = context.size(20_000, context.isShort ? 1_000 : 4_000);
  const [source, target] = await Promise.all([
    context.startCrm({ seed: context.seed, records: { contacts: records } }),
    context.startCrm({ seed: context.seed + 1, latencyMs: 60, settings: { max_batch: 50 } }),
  ]);
  const { pipeline } = await publishCopy(engine, source, target, { to: ', batch: 50' });
  const freshKey = randomBytes(32);
  const masterKey = freshKey.toString('base64');
  const first = await engine.spawnWorker();
  const run = await engine.open(pipeline);
  await untilCount(target, Math.floor(records / 4));

  const both = { masterKey, masterKeyPrevious: engine.masterKey.toString('base64') };
  const second = await engine.spawnWorker(undefined, [], both);
  first.signal('SIGTERM');
  const firstEnd = await first.ended;
  const wrapped = await wrapAnew(engine, freshKey);
  await untilCount(target, Math.floor(records / 2));

  const third = await engine.spawnWorker(undefined, [], { masterKey });
  second.signal('SIGTERM');
  const secondEnd = await second.ended;
  const end = await engine.until(run, undefined, 300_000);
  const again = await engine.open(pipeline);
  const next = await engine.until(again, undefined, 300_000);
  third.signal('SIGTERM');
  const creates = countCreates(target, records);
  return [
    exactly('workers with an old key that ended well', [firstEnd, secondEnd].filter((code) => code === 0).length, 2),
    exactly('runs that failed', [end, next].filter(({ state }) => state !== 'done').length, 0),
    exactly('lost', creates.lost, 0),
    exactly('twice', creates.twice, 0),
    nothing('wrong fields', await wrongFields(engine, source, target)),
    nothing('reconciliation', await reconcile(engine, run, { flow: 'contacts', stream: 'contacts', sandbox: target })),
    ...wrapped,
  ];
}

/** What the hourly maintenance of a process with both keys does; then the new key alone must open everything. */
async function wrapAnew(engine: TestEngine, fresh: Buffer): Promise<Figure[]> {
  const { store, vault } = engine.engine.dependencies;
  const place = 'a place';
  const sealed = await vault.seal(engine.accountId, place, 'kept from before');
  const former = new MasterKeys(engine.masterKey);
  const rotating = new Vault(store, await openInstallationKeys(store, new MasterKeys(fresh, [engine.masterKey])));
  const wrapped = await rotating.rewrapAll();
  const left = await store.system(async (tx) => {
    const keys = await tx.selectFrom('installation_key').select('master_key_id').execute();
    return keys.filter((row) => row.master_key_id === former.currentId);
  });
  const dataKeys = await engine.rows('select id from data_key where master_key_id = $1', [former.currentId]);
  const alone = new Vault(store, await openInstallationKeys(store, new MasterKeys(fresh)));
  const opened = await alone.open(engine.accountId, place, sealed).catch(() => 'unreadable');
  const refused = await new Vault(store, vault.keys).open(engine.accountId, place, sealed).then(
    () => 'opened',
    (error: { code?: string }) => error.code ?? 'another error',
  );
  return [
    exactly('keys wrapped anew', wrapped >= 1, true),
    nothing('keys that the old master key still wraps', [...left, ...dataKeys]),
    exactly('sealed before, opened with the new key alone', String(opened), 'kept from before'),
    exactly('the old key alone, once everything is wrapped anew', refused, 'vault/unreadable'),
    exactly('the second time there is nothing to wrap', await rotating.rewrapAll(), 0),
  ];
}

/** Every bit of a sealed value and of a wrapped key, every other place, and every other account. */
async function tamper(context: SiegeContext, engine: TestEngine): Promise<Measured> {
  const { store, vault } = engine.engine.dependencies;
  const other = randomUUID();
  await store.system((tx) => addAccount(tx, { id: other, name: 'Other', tariff: 'unlimited' }));
  const { accountId } = engine;
  const secret = { token: 'x'.repeat(24) };
  const sealed = await vault.seal(accountId, 'connection|1|secret', secret);
  const foreign = await vault.seal(other, 'connection|1|secret', secret);
  const opens = (account: string, place: string, value: Buffer): Promise<boolean> =>
    vault.open(account, place, value).then(
      () => true,
      () => false,
    );
  const accepted: string[] = [];
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const flipped = Buffer.from(sealed);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (await opens(accountId, 'connection|1|secret', flipped)) accepted.push(`bit ${bit}`);
  }
  if (await opens(accountId, 'connection|2|secret', sealed)) accepted.push('another row');
  if (await opens(accountId, 'connection|1|settings', sealed)) accepted.push('another field');
  if (await opens(other, 'connection|1|secret', sealed)) accepted.push('another account');
  if (await opens(accountId, 'connection|1|secret', foreign)) accepted.push('a value of another account');
  const sealer = await vault.sealer(accountId);
  const count = context.size(1_000_000, 20_000);
  const nonces = new Set<string>();
  for (let n = 0; n < count; n += 1) nonces.add(sealer('n', n).subarray(4, 16).toString('latin1'));
  return [
    exactly('the value itself', await opens(accountId, 'connection|1|secret', sealed), true),
    nothing('changed or moved values that were opened', accepted),
    exactly('nonces', nonces.size, count),
  ];
}

/** A payload that an earlier release wrote under the master key itself is read while that key is named. */
async function formerHistories(): Promise<Measured> {
  const [former, fresh] = [randomBytes(32), randomBytes(32)];
  const before = new MasterKeys(former);
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"from before"') };
  const [written] = await new EncryptionCodec({ id: before.currentId, key: before.derived('payloads') }).encode([
    payload,
  ]);
  const own = new Map([['own', randomBytes(32)]]);
  const read = async (keys: MasterKeys): Promise<string> => {
    if (written === undefined) return 'nothing';
    const codec = payloadCodec(new InstallationKeys(own, keys));
    return codec.decode([written]).then(
      ([back]) => Buffer.from(back?.data ?? []).toString(),
      (error: { code?: string }) => error.code ?? 'another error',
    );
  };
  return [
    exactly('a history of an earlier release', await read(new MasterKeys(fresh, [former])), '"from before"'),
    exactly('the same without its key', await read(new MasterKeys(fresh)), 'vault/unreadable'),
  ];
}
