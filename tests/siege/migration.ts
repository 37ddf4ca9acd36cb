import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import { readAmo } from '../crm/comparison/amocrm.js';
import { readBitrix } from '../crm/comparison/bitrix24.js';
import { compare } from '../crm/comparison/compare.js';
import { inTermsOf, withoutOwn } from '../crm/comparison/terms.js';
import { exampleText, type Office, openOffice, startAmo, startBitrix } from '../crm/departments.js';
import { bitrixInAmo } from '../crm/terms-of-examples.js';
import type { TestEngineOptions } from '../support/engine.js';
import type { SiegeContext } from './siege.js';

/** A sales department of a given size that is to move from Bitrix24 (Moscow) to amoCRM (Warsaw). */
export interface Migration {
  readonly office: Office;
  readonly crm: BitrixSandbox;
  readonly amo: AmoCrmSandbox;
  /** Id of the run. */
  open(): Promise<string>;
  end(run: string): Promise<string>;
  /** Records that stand at the target. */
  moved(): number;
  /** Calls of both vendors since the definition was published. */
  calls(): number;
  /** What the target holds otherwise than it should, by the comparison that knows nothing of the engine. */
  differences(): Promise<string[]>;
}

const pipeline = 'bitrix24-to-amocrm';

export async function prepareMigration(
  context: SiegeContext,
  deals: number,
  options: TestEngineOptions = {},
): Promise<Migration> {
  const [crm, amo] = await Promise.all([
    startBitrix({ records: deals, seed: context.seed, settings: { zone: '+03:00', operating_limit: 0 } }),
    startAmo({ seed: context.seed + 1, settings: { zone: 'Europe/Warsaw', ban_after: 0 } }),
  ]);
  context.onEnd(() => crm.sandbox.stop());
  context.onEnd(() => amo.sandbox.stop());
  const office = await openOffice(options);
  context.onEnd(() => office.stop());
  await office.connect('crm', crm);
  await office.connect('amo', amo);
  await office.publish(exampleText(pipeline));
  const requests = (): number => crm.sandbox.kit.requests.lastSeq + amo.sandbox.kit.requests.lastSeq;
  const [wanted, published] = [await readBitrix(crm.sandbox), requests()];
  const since = amo.sandbox.log.lastSeq;
  return {
    office,
    crm: crm.sandbox,
    amo: amo.sandbox,
    open: async () => {
      const { status, body, text } = await office.api.call('POST', '/runs', { pipeline });
      if (status !== 201) throw new Error(`runs: ${status} ${text}`);
      return String(body.id);
    },
    end: async (run) => (await office.engine.until(run, undefined, 900_000)).state,
    moved: () => amo.sandbox.log.list(since).filter(({ effect, status }) => effect === 'create' && status < 300).length,
    calls: () => requests() - published,
    differences: async () => {
      const terms = bitrixInAmo(amo.sandbox);
      return compare(inTermsOf(wanted, terms), withoutOwn(await readAmo(amo.sandbox), terms));
    },
  };
}
