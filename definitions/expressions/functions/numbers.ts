import Big from 'big.js';
import { fail, make } from '../meter.js';
import { boolType, intType, numberType, textType } from '../types.js';
import { any, decimal, type FunctionDeclaration, list, type Numeric, n, t } from './kinds.js';
import { exactDecimal, moneyText, placesOf, placesOfCurrency, plainText, wholeNumber } from './values.js';

export const numberFunctions: readonly FunctionDeclaration[] = [
  {
    name: 'int',
    parameters: [any('value')],
    returns: intType,
    sentence: 'The value as whole number: text of digits is read, fractions are cut off.',
    examples: [
      ["int('42') + 1", 43],
      ['int(2.9)', 2],
    ],
    run: toInt,
  },
  {
    name: 'double',
    parameters: [any('value')],
    returns: numberType,
    sentence: 'The value as number with fraction; for money use the exact functions below.',
    examples: [
      ["double('2.5') * 2.0", 5],
      ['double(3) / 2.0', 1.5],
    ],
    run: toDouble,
  },
  {
    name: 'bool',
    parameters: [any('value')],
    returns: boolType,
    sentence: 'Reads true, false, 1, 0, Y, N, yes and no, in large or small letters.',
    examples: [
      ["bool('Y')", true],
      ["bool('false')", false],
    ],
    run: (value: unknown) => truthOf(value) ?? fail('`bool` takes true, false, 1, 0, Y, N, yes or no'),
  },
  {
    name: 'abs',
    parameters: [n('number')],
    returns: (args) => args[0] ?? numberType,
    sentence: 'The number without its sign.',
    examples: [
      ['abs(-5)', 5],
      ['abs(2.5)', 2.5],
    ],
    run: (value: Numeric) => (value < 0 ? -value : value),
  },
  {
    name: 'floor',
    parameters: [n('number')],
    returns: intType,
    sentence: 'The next whole number below.',
    examples: [
      ['floor(2.9)', 2],
      ['floor(-2.1)', -3],
    ],
    run: (value: Numeric) => wholeOf(typeof value === 'bigint' ? value : Math.floor(value)),
  },
  {
    name: 'ceil',
    parameters: [n('number')],
    returns: intType,
    sentence: 'The next whole number above.',
    examples: [
      ['ceil(2.1)', 3],
      ['ceil(-2.9)', -2],
    ],
    run: (value: Numeric) => wholeOf(typeof value === 'bigint' ? value : Math.ceil(value)),
  },
  {
    name: 'add',
    parameters: [decimal('a'), decimal('b')],
    returns: textType,
    sentence: 'Exact sum as decimal text.',
    examples: [
      ["add('0.10', '0.20')", '0.30'],
      ["add('999999999999999999.99', '0.01')", '1000000000000000000.00'],
    ],
    run: (a: unknown, b: unknown) => sumOf(a, b),
  },
  {
    name: 'subtract',
    parameters: [decimal('a'), decimal('b')],
    returns: textType,
    sentence: 'Exact difference as decimal text.',
    examples: [
      ["subtract('1.00', '0.90')", '0.10'],
      ["subtract('5', 7)", '-2'],
    ],
    run: (a: unknown, b: unknown) =>
      sumOf(
        a,
        toBig(b)
          .times(-1)
          .toFixed(Math.min(60, placesOf(b))),
      ),
  },
  {
    name: 'multiply',
    parameters: [decimal('a'), decimal('b')],
    returns: textType,
    sentence: 'Exact product as decimal text; `round` it where the places matter.',
    examples: [
      ["multiply('19.99', 3)", '59.97'],
      ["round(multiply('100.00', '0.235'), 2)", '23.50'],
    ],
    run: (a: unknown, b: unknown) => bounded(toBig(a).times(toBig(b)).toFixed()),
  },
  {
    name: 'divide',
    parameters: [decimal('a'), decimal('b'), n('places')],
    returns: textType,
    sentence: 'Quotient as decimal text with that many decimal places, halves rounded away from zero.',
    examples: [
      ["divide('10', '3', 2)", '3.33'],
      ["divide('1', '8', 2)", '0.13'],
    ],
    run: divide,
  },
  {
    name: 'round',
    parameters: [decimal('number'), n('places', true)],
    returns: textType,
    sentence: 'Decimal text with that many decimal places (0 if left out), halves rounded away from zero.',
    examples: [
      ["round('2.345', 2)", '2.35'],
      ["round('-0.5')", '-1'],
    ],
    run: (value: unknown, places: unknown = 0) => toBig(value).toFixed(placesArgument(places), Big.roundHalfUp),
  },
  {
    name: 'compare',
    parameters: [decimal('a'), decimal('b')],
    returns: intType,
    sentence: 'Below 0, 0 or above 0, as `a` is smaller than, equal to or larger than `b`.',
    examples: [
      ["compare('10.00', '9.99') > 0", true],
      ["compare('1.50', '1.5') == 0", true],
    ],
    run: (a: unknown, b: unknown) => BigInt(toBig(a).cmp(toBig(b))),
  },
  {
    name: 'sum',
    parameters: [list('list')],
    returns: textType,
    sentence: 'Exact sum of all members as decimal text; null members are left out.',
    examples: [
      ["sum(['0.10', '0.20', 5])", '5.30'],
      ['sum(record.ROWS.map(r, r.PRICE))', '30.00', { ROWS: [{ PRICE: '10.00' }, { PRICE: '20.00' }] }],
    ],
    run: (members: readonly unknown[]) => {
      let total = '0';
      for (const member of members) if (member !== null) total = sumOf(total, member);
      return total;
    },
  },
  {
    name: 'money',
    parameters: [decimal('amount'), t('currency')],
    returns: textType,
    sentence: 'Exact amount with the decimal places of the currency; an amount with more of them is an error.',
    examples: [
      ["money('1500', 'PLN')", '1500.00'],
      ["money('1500.0', 'JPY')", '1500'],
    ],
    run: (amount: unknown, currency: string) => {
      const places = placesOfCurrency(currency) ?? fail('`money` needs a currency of three capital letters');
      return moneyText(amount, places) ?? fail(`\`money\` needs an exact amount with at most ${places} decimal places`);
    },
  },
];

const maxInt = 2n ** 63n - 1n;
const minInt = -(2n ** 63n);

/** An int of the language: 64 bits, as CEL has it. */
export function wholeOf(value: Numeric): bigint {
  if (typeof value === 'number' && !Number.isFinite(value)) return fail('the number is not finite');
  const whole = BigInt(value);
  return whole > maxInt || whole < minInt ? fail('the number needs more than 64 bits') : whole;
}

function toInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return wholeOf(Math.trunc(value));
  if (typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value)) return wholeOf(BigInt(value.replace('+', '')));
  return fail('`int` takes a number or text of digits');
}

function toDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && /^[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,3})?$/.test(value)) return Number(value);
  return fail('`double` takes a number or text of digits');
}

/** True or false as vendors write it; null where it is neither. */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = plainText(value)?.toLowerCase();
  if (text === 'true' || text === '1' || text === 'y' || text === 'yes') return true;
  if (text === 'false' || text === '0' || text === 'n' || text === 'no') return false;
  return null;
}

function toBig(value: unknown): Big {
  return exactDecimal(value) ?? fail('an exact decimal is needed, such as `12.50`');
}

function sumOf(a: unknown, b: unknown): string {
  const places = Math.min(60, Math.max(placesOf(a), placesOf(b)));
  return bounded(toBig(a).plus(toBig(b)).toFixed(places));
}

function bounded(text: string): string {
  if (text.length > 122) fail('the decimal has more than 120 digits');
  make(text.length);
  return text;
}

function placesArgument(places: unknown): number {
  const count = wholeNumber(places, 'places');
  return count < 0 || count > 30 ? fail('decimal places go from 0 to 30') : count;
}

function divide(a: unknown, b: unknown, places: unknown): string {
  const divisor = toBig(b);
  if (divisor.eq(0)) fail('division by zero');
  const count = placesArgument(places);
  const Quotient = Big();
  Quotient.DP = count;
  Quotient.RM = Big.roundHalfUp;
  return bounded(new Quotient(toBig(a)).div(divisor).toFixed(count));
}
