import { Failure } from '../core/failures.js';
import type { Tariff } from './tariffs.js';

/** All tariffs of an installation, and the one that new accounts begin with. */
export class TariffBook {
  readonly #byName: ReadonlyMap<string, Tariff>;

  /** Throws `settings/invalid_value` where `ofNewAccounts` (DEFAULT_TARIFF) is none of them. */
  constructor(
    tariffs: readonly Tariff[],
    readonly ofNewAccounts: string = unlimited.name,
  ) {
    this.#byName = new Map([unlimited, ...tariffs].map((tariff) => [tariff.name, tariff]));
    if (!this.#byName.has(ofNewAccounts)) throw unknownDefault(ofNewAccounts, this.names);
  }

  get names(): readonly string[] {
    return this.all.map((tariff) => tariff.name);
  }

  /** The smallest first. */
  get all(): readonly Tariff[] {
    return [...this.#byName.values()].sort((a, b) => a.position - b.position);
  }

  find(name: string): Tariff | undefined {
    return this.#byName.get(name);
  }

  /** The tariff of an account. One whose file was removed no longer limits anybody: work is never stopped by a lost file. */
  of(name: string): Tariff {
    return this.#byName.get(name) ?? unlimited;
  }
}

/** Always there, also where its file is not. */
const unlimited: Tariff = {
  name: 'unlimited',
  title: { en: 'Unlimited' },
  description: { en: 'Without limits.' },
  price: { amountMinor: 0, currency: 'EUR' },
  position: 1_000,
  limits: { pipelines: null, recordsAMonth: null, members: null, shortestIntervalMs: null },
};

function unknownDefault(name: string, known: readonly string[]): Failure {
  return new Failure('settings/invalid_value', {
    message: `\`DEFAULT_TARIFF\` is \`${name}\`, which is no tariff of this installation.`,
    hint: `Choose one of these: ${known.join(', ')}.`,
  });
}
