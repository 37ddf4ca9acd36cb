import type { TariffBook } from '../../billing/tariff-book.js';
import { type Tariff, type TariffUse, withinTariff } from '../../billing/tariffs.js';
import { Failure } from '../../core/failures.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { AccountId, Tx } from '../../store/database.js';
import { addToOutbox } from '../../store/outbox.js';
import {
  countMembers,
  lockMembers,
  readMonth,
  readPublishedTriggers,
  readTariffs,
  setTariff,
  waitingRuns,
} from '../../store/tariffs.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { inLanguage } from './texts.js';
import { shortestIntervalOf } from './trigger-interval.js';

/** The tariff that accounts begin with (DEFAULT_TARIFF). */
export function tariffOfNewAccounts(context: Pick<ApiContext, 'tariffs'>): string {
  return context.tariffs.ofNewAccounts;
}

export function listTariffs(context: ApiContext, language: string) {
  return { items: context.tariffs.all.map((tariff) => shown(tariff, language)), next: null };
}

/** The account's tariff with what is used of it. */
export async function accountTariff(context: ApiContext, accountId: AccountId, language: string) {
  const { use, names } = await readUse(context, accountId);
  const next = names.nextTariff === null ? undefined : context.tariffs.find(names.nextTariff);
  return {
    tariff: shown(context.tariffs.of(names.tariff), language),
    use,
    next: next === undefined ? null : shown(next, language),
  };
}

/** Takes effect at once; a tariff that what is used now does not fit into is refused. */
export async function chooseTariff(context: ApiContext, { accountId }: Caller, name: string, language: string) {
  await requireTariff(context, accountId, name);
  await setAccountTariff(context, accountId, name);
  return accountTariff(context, accountId, language);
}

/** Throws `tariff/unknown`, or `tariff/limit_reached` where what is used now does not fit into it. */
export async function requireTariff(context: ApiContext, accountId: AccountId, name: string): Promise<void> {
  const tariff = context.tariffs.find(name);
  if (tariff === undefined) throw unknownTariff(name, context.tariffs.names);
  const { use, now } = await readUse(context, accountId);
  const refusal = withinTariff(tariff, use, { kind: 'choose', now });
  if (refusal !== null) throw refusal;
}

/** Runs that waited for it look again. */
export async function setAccountTariff(context: ApiContext, accountId: AccountId, name: string): Promise<void> {
  await context.store.account(accountId, async (tx) => {
    await setTariff(tx, accountId, name);
    for (const runId of await waitingRuns(tx)) await addToOutbox(tx, accountId, 'wake_run', { runId });
  });
}

/** Refuses to publish beyond the tariff: a pipeline too many, or a trigger that starts too often. */
export async function requireRoomForPipeline(
  tx: Tx,
  tariffs: TariffBook,
  accountId: AccountId,
  plan: Plan,
): Promise<void> {
  const tariff = tariffs.of((await readTariffs(tx, accountId)).tariff);
  const others = (await readPublishedTriggers(tx, accountId)).filter(({ id }) => id !== plan.pipeline);
  const ms = shortestIntervalOf(startsOf(plan));
  const refusal =
    withinTariff(tariff, { pipelines: others.length }, { kind: 'pipeline' }) ??
    (ms === null ? null : withinTariff(tariff, {}, { kind: 'interval', ms }));
  if (refusal !== null) throw refusal;
}

function startsOf({ trigger }: Plan): object {
  if (trigger.kind === 'webhook') return { everyMs: trigger.reconcileMs };
  return { ...trigger };
}

/** Refuses to open a run when the month's records are used up. */
export async function requireRecords(tx: Tx, tariffs: TariffBook, accountId: AccountId): Promise<void> {
  const { tariff, records, now } = await readMonth(tx, accountId);
  const refusal = withinTariff(tariffs.of(tariff), { recordsThisMonth: records }, { kind: 'records', now });
  if (refusal !== null) throw refusal;
}

/**
 * Refuses one more member or invitation than the tariff has room for. In a transaction of the second role
 * (`store.system`); it lasts to that transaction's end, so two callers never take the same last place.
 */
export async function requireRoomForMember(tx: Tx, tariffs: TariffBook, accountId: AccountId): Promise<void> {
  await lockMembers(tx, accountId);
  const tariff = tariffs.of((await readTariffs(tx, accountId)).tariff);
  const refusal = withinTariff(tariff, { members: await countMembers(tx, accountId) }, { kind: 'member' });
  if (refusal !== null) throw refusal;
}

async function readUse(context: ApiContext, accountId: AccountId) {
  const members = await context.store.system((tx) => countMembers(tx, accountId));
  return context.store.account(accountId, async (tx) => {
    const { records, now } = await readMonth(tx, accountId);
    const published = await readPublishedTriggers(tx, accountId);
    const intervals = published
      .map(({ trigger }) => shortestIntervalOf(trigger))
      .filter((ms): ms is number => ms !== null);
    const use: TariffUse = {
      pipelines: published.length,
      recordsThisMonth: records,
      members,
      shortestIntervalMs: intervals.length === 0 ? null : Math.min(...intervals),
    };
    return { use, now, names: await readTariffs(tx, accountId) };
  });
}

function shown(tariff: Tariff, language: string) {
  return {
    name: tariff.name,
    title: inLanguage(tariff.title, language),
    description: inLanguage(tariff.description, language),
    price: tariff.price,
    limits: tariff.limits,
  };
}

function unknownTariff(name: string, known: readonly string[]): Failure {
  return new Failure('tariff/unknown', {
    message: `There is no tariff \`${name}\`.`,
    hint: `Choose one of these: ${known.join(', ')}.`,
  });
}
