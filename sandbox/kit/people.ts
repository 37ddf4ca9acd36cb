import { type Culture, cultures, latin } from './names.js';
import type { Random } from './random.js';

/** A made-up person. */
export interface Person {
  readonly culture: Culture;
  readonly firstName: string;
  readonly lastName: string;
  readonly position: string;
  /** At least one; the first is unique within a seed. */
  readonly emails: readonly string[];
  /** None to two; about one in thirty cannot be dialled. */
  readonly phones: readonly string[];
  readonly address: Address;
  readonly birthday: string;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
}

const BROKEN_PHONES = ['n/a', '-', '+48 12', 'ask the secretary', '000', '+7 (495) 12-', '12345678901234567890', '??'];

/** The `number`-th person of a seed; `number` makes the e-mail address unique. */
export function makePerson(random: Random, number: number): Person {
  const culture = random.pick(cultures);
  const isWoman = random.chance(0.5);
  const firstName = random.pick(isWoman ? culture.women : culture.men);
  const lastName = random.pick(culture.families)[isWoman ? 0 : 1];
  const phones: string[] = [];
  if (!random.chance(0.04)) phones.push(makePhone(random, culture));
  if (random.chance(0.35)) phones.push(makePhone(random, culture));
  const host = random.pick(culture.mailHosts);
  const emails = [`${latin(firstName)}.${latin(lastName)}${number}@${host}`];
  if (random.chance(0.3)) emails.push(`${capital(latin(lastName))}.${number}@private.example.net`);
  return {
    culture,
    firstName,
    lastName,
    position: random.pick(culture.positions),
    emails,
    phones,
    address: makeAddress(random, culture),
    birthday: `${random.int(1955, 2004)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
  };
}

export function makeAddress(random: Random, culture: Culture): Address {
  return {
    street: `${random.pick(culture.streets)} ${random.int(1, 120)}`,
    city: random.pick(culture.cities),
    zip:
      culture.code === 'pl' ? `${random.digits(2)}-${random.digits(3)}` : random.digits(culture.code === 'uk' ? 5 : 6),
    country: culture.country,
  };
}

/** A telephone number written the way people write them: with and without +, brackets, dashes, leading 8 or 0. */
export function makePhone(random: Random, culture: Culture): string {
  if (random.chance(0.035)) return random.pick(BROKEN_PHONES);
  const [code, number] = subscriber(random, culture);
  const international = culture.callingCode;
  switch (random.int(0, 4)) {
    case 0:
      return `+${international}${code}${number}`;
    case 1:
      return `+${international} ${code} ${number.slice(0, 3)} ${number.slice(3)}`;
    case 2:
      return `+${international} (${code}) ${number.slice(0, 3)}-${number.slice(3, 5)}-${number.slice(5)}`;
    case 3:
      return `00${international} ${code}-${number}`;
    default:
      return `${culture.code === 'ru' ? '8' : culture.code === 'pl' ? '' : '0'}${code}${number}`;
  }
}

function subscriber(random: Random, { code }: Culture): [string, string] {
  if (code === 'pl') return [random.pick(['501', '602', '790', '883']), random.digits(6)];
  if (code === 'ro') return [random.pick(['721', '745', '766']), random.digits(6)];
  if (code === 'uk') return [random.pick(['50', '67', '93', '96']), random.digits(7)];
  if (code === 'ru') return [random.pick(['495', '903', '916', '921']), random.digits(7)];
  return [random.pick(['7400', '7700', '7911']), random.digits(6)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
