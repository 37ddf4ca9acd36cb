import { join } from 'node:path';
import { TariffBook } from '../billing/tariff-book.js';
import type { Tariff } from '../billing/tariffs.js';
import { durationMs } from '../definitions/check/durations.js';
import { loadTariffs } from '../definitions/load/index.js';
import type { TariffFile } from '../definitions/schema/module.js';
import { findProjectFolder } from '../runtime/project-folder.js';

/** The tariffs that ship with the product. Throws where `ofNewAccounts` is none of them. */
export function shippedTariffs(ofNewAccounts?: string): TariffBook {
  return new TariffBook(loadTariffs(join(findProjectFolder(), 'definitions', 'modules')).map(tariffOf), ofNewAccounts);
}

function tariffOf({ module, title, description, price, position, limits }: TariffFile): Tariff {
  const interval = limits.shortest_interval;
  return {
    name: module,
    title,
    description,
    price: { amountMinor: price.amount, currency: price.currency },
    position,
    limits: {
      pipelines: limits.pipelines ?? null,
      recordsAMonth: limits.records_a_month ?? null,
      members: limits.members ?? null,
      shortestIntervalMs: interval === undefined ? null : durationMs(interval),
    },
  };
}
