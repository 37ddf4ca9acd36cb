import { type Culture, cultures, latin } from './names.js';
import { type Address, makeAddress, makePhone } from './people.js';
import type { Random } from './random.js';

/** A made-up company with a tax code whose check digit is right for its country. */
export interface Organisation {
  readonly culture: Culture;
  readonly name: string;
  readonly taxId: string;
  readonly email: string;
  readonly phones: readonly string[];
  readonly website: string;
  readonly industry: string;
  readonly address: Address;
}

const WORDS: Readonly<Record<Culture['code'], readonly string[]>> = {
  pl: ['Zakłady', 'Hurtownia', 'Piekarnia', 'Młyn', 'Źródło', 'Gwiazda', 'Bałtyk', 'Śląsk', 'Żubr', 'Tatry'],
  ro: ['Brutăria', 'Dunărea', 'Carpați', 'Construcții', 'Țesătura', 'Steaua', 'Ceramică', 'Izvor'],
  uk: ['Дніпро', 'Карпати', 'Хлібозавод', 'Будівельник', 'Зоря', 'Їжак', 'Технологія', 'Вітряк'],
  ru: ['Ромашка', 'Восход', 'Стройсервис', 'Берёзка', 'Техно', 'Уралмаш', 'Подъём', 'Заря'],
  en: ['Brighton', 'Northern', 'Oak & Elm', 'Silverline', 'Harbour', 'Crown', 'Redwood', 'Pioneer'],
};

const FORMS: Readonly<Record<Culture['code'], (core: string) => string>> = {
  pl: (core) => `${core} Sp. z o.o.`,
  ro: (core) => `S.C. ${core} S.R.L.`,
  uk: (core) => `ТОВ «${core}»`,
  ru: (core) => `ООО «${core}»`,
  en: (core) => `${core} Ltd`,
};

const INDUSTRIES = ['retail', 'construction', 'food', 'it', 'logistics', 'manufacturing', 'education', 'medicine'];

/** The `number`-th company of a seed. */
export function makeOrganisation(random: Random, number: number): Organisation {
  const culture = random.pick(cultures);
  const words = WORDS[culture.code];
  const core = `${random.pick(words)} ${random.pick(words)} ${number}`;
  const host = `${latin(core)}.example.com`;
  return {
    culture,
    name: FORMS[culture.code](core),
    taxId: makeTaxId(random, culture.code),
    email: `office@${host}`,
    phones: [makePhone(random, culture)],
    website: `https://${host}`,
    industry: random.pick(INDUSTRIES),
    address: makeAddress(random, culture),
  };
}

/** NIP (pl), CUI (ro), EDRPOU (uk), INN of a legal person (ru) or VAT number (en) with a valid check digit. */
export function makeTaxId(random: Random, code: Culture['code']): string {
  for (;;) {
    const body = random.digits({ pl: 9, ro: 8, uk: 7, ru: 9, en: 7 }[code]);
    const check = checkDigits(body, code);
    if (check !== undefined) return body + check;
  }
}

function checkDigits(body: string, code: Culture['code']): string | undefined {
  if (code === 'pl') {
    const rest = weighted(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    return rest === 10 ? undefined : String(rest);
  }
  if (code === 'ro') return String(((weighted(body.padStart(9, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10);
  if (code === 'ru') return String((weighted(body, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10);
  if (code === 'uk') {
    const isMiddle = Number(body) >= 3_000_000 && Number(body) < 6_000_000;
    const first = weighted(body, isMiddle ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]) % 11;
    if (first < 10) return String(first);
    return String((weighted(body, isMiddle ? [9, 3, 4, 5, 6, 7, 8] : [3, 4, 5, 6, 7, 8, 9]) % 11) % 10);
  }
  const rest = 97 - (weighted(body, [8, 7, 6, 5, 4, 3, 2]) % 97);
  return String(rest).padStart(2, '0');
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index] ?? 0), 0);
}
