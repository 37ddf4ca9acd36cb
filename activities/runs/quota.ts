import type { TariffBook } from '../../billing/tariff-book.js';
import { withinTariff } from '../../billing/tariffs.js';
import type { Failure } from '../../core/failures.js';
import type { AccountId, Tx } from '../../store/database.js';
import { meterRun, readMonth } from '../../store/tariffs.js';

/**
 * Counts what a flow of a run has moved so far. Gives a refusal when the month's records are used up: the run then
 * waits for the next month or for another tariff. Asked once for each slice; what was counted is kept either way.
 */
export async function meterAndCheck(
  tx: Tx,
  tariffs: TariffBook,
  accountId: AccountId,
  run: { readonly id: string; readonly flow: string },
): Promise<Failure | null> {
  await meterRun(tx, accountId, run.id, run.flow);
  const { tariff, records, now } = await readMonth(tx, accountId);
  return withinTariff(tariffs.of(tariff), { recordsThisMonth: records }, { kind: 'records', now });
}
