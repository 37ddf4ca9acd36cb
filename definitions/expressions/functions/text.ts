import { createHash } from 'node:crypto';
import { fail, make, spend } from '../meter.js';
import { boolType, intType, listOf, textType } from '../types.js';
import { any, type FunctionDeclaration, list, type Numeric, n, t } from './kinds.js';
import { plainText, wholeNumber } from './values.js';

export const textFunctions: readonly FunctionDeclaration[] = [
  {
    name: 'trim',
    parameters: [t('text')],
    returns: textType,
    sentence: 'Takes white space off both ends.',
    examples: [
      ["trim('  ACME ')", 'ACME'],
      ["trim('')", ''],
    ],
    run: (text: string) => text.trim(),
  },
  {
    name: 'lower',
    parameters: [t('text')],
    returns: textType,
    sentence: 'Writes all letters small.',
    examples: [
      ["lower('Info@ACME.pl')", 'info@acme.pl'],
      ["lower('ŁÓDŹ')", 'łódź'],
    ],
    run: (text: string) => text.toLowerCase(),
  },
  {
    name: 'upper',
    parameters: [t('text')],
    returns: textType,
    sentence: 'Writes all letters large.',
    examples: [
      ["upper('pl')", 'PL'],
      ["upper('київ')", 'КИЇВ'],
    ],
    run: (text: string) => text.toUpperCase(),
  },
  {
    name: 'title',
    parameters: [t('text')],
    returns: textType,
    sentence: 'Writes the first letter of each word large and the others small.',
    examples: [
      ["title('jan KOWALSKI')", 'Jan Kowalski'],
      ["title('anna nowak-zając')", 'Anna Nowak-Zając'],
    ],
    run: (text: string) => text.toLowerCase().replace(/(^|[^\p{L}\p{N}'’])\p{L}/gu, (start) => start.toUpperCase()),
  },
  {
    name: 'contains',
    parameters: [t('text'), t('part')],
    returns: boolType,
    sentence: 'Tells whether the text holds the part.',
    examples: [
      ["contains('info@acme.pl', '@')", true],
      ["'ACME'.contains('acme')", false],
    ],
    run: (text: string, part: string) => {
      spendSearch(text, part);
      return text.includes(part);
    },
  },
  {
    name: 'startsWith',
    parameters: [t('text'), t('part')],
    returns: boolType,
    sentence: 'Tells whether the text begins with the part.',
    examples: [
      ["'+48221234567'.startsWith('+48')", true],
      ["startsWith('ACME', 'x')", false],
    ],
    run: (text: string, part: string) => text.startsWith(part),
  },
  {
    name: 'endsWith',
    parameters: [t('text'), t('part')],
    returns: boolType,
    sentence: 'Tells whether the text ends with the part.',
    examples: [
      ["'info@acme.pl'.endsWith('.pl')", true],
      ["endsWith('ACME', 'x')", false],
    ],
    run: (text: string, part: string) => text.endsWith(part),
  },
  {
    name: 'replace',
    parameters: [t('text'), t('part'), t('by')],
    returns: textType,
    sentence: 'Puts `by` in the place of every `part`.',
    examples: [
      ["replace('12-34-56', '-', '')", '123456'],
      ["replace('a/b', '/', ' or ')", 'a or b'],
    ],
    run: replaceAll,
  },
  {
    name: 'substring',
    parameters: [t('text'), n('start'), n('end', true)],
    returns: textType,
    sentence:
      'The characters from `start` (the first is 0) to before `end`, or to the last; what lies outside is cut off.',
    examples: [
      ["substring('2025-03-01', 0, 4)", '2025'],
      ["substring('PL5260250274', 2)", '5260250274'],
    ],
    run: sliceCharacters,
  },
  {
    name: 'split',
    parameters: [t('text'), t('separator')],
    returns: listOf(textType),
    sentence: 'Cuts the text at every separator.',
    examples: [
      ["split('a;b;c', ';')", ['a', 'b', 'c']],
      ["split('Jan Kowalski', ' ')[1]", 'Kowalski'],
    ],
    run: (text: string, separator: string) => {
      make(text.length * 2);
      spendSearch(text, separator);
      const parts = separator === '' ? [...text] : text.split(separator);
      make(parts.length * 16);
      return parts;
    },
  },
  {
    name: 'join',
    parameters: [list('list'), t('separator')],
    returns: textType,
    sentence: 'Joins the members with the separator between them; null members are left out.',
    examples: [
      ["join([record.NAME, record.LAST_NAME], ' ')", 'Jan Kowalski', { NAME: 'Jan', LAST_NAME: 'Kowalski' }],
      ["join(['a', null, 'b'], ', ')", 'a, b'],
    ],
    run: joinList,
  },
  {
    name: 'padLeft',
    parameters: [t('text'), n('length'), t('filler')],
    returns: textType,
    sentence: 'Fills the text from the left up to the length.',
    examples: [
      ["padLeft('42', 5, '0')", '00042'],
      ["padLeft('12345', 3, '0')", '12345'],
    ],
    run: (text: string, length: Numeric, filler: string) => {
      const wanted = wholeNumber(length, 'padLeft');
      make(Math.max(0, wanted - text.length));
      return text.padStart(wanted, filler);
    },
  },
  {
    name: 'digits',
    parameters: [t('text')],
    returns: textType,
    sentence: 'Keeps only the digits 0 to 9.',
    examples: [
      ["digits('+48 (22) 123-45-67')", '48221234567'],
      ["digits('no number')", ''],
    ],
    run: keepDigits,
  },
  {
    name: 'size',
    parameters: [any('value')],
    returns: intType,
    sentence: 'The number of characters of a text, members of a list, or entries of a map.',
    examples: [
      ["size('łódź')", 4],
      ['size(record.PHONE)', 2, { PHONE: [{ VALUE: '1' }, { VALUE: '2' }] }],
    ],
    takesNull: true,
    run: sizeOf,
  },
  {
    name: 'string',
    parameters: [any('value')],
    returns: textType,
    sentence: 'The value as text: numbers without exponent, true and false as words.',
    examples: [
      ['string(record.ID)', '17', { ID: 17 }],
      ['string(true)', 'true'],
    ],
    run: (value: unknown) => plainText(value) ?? fail('`string` takes text, a number, or true or false'),
  },
  {
    name: 'hash',
    parameters: [t('text')],
    returns: textType,
    sentence: 'The SHA-256 of the text as 64 hex digits: a stable key that does not show what it was made from.',
    examples: [
      ["substring(hash('ACME'), 0, 8)", 'a8308e8e'],
      ["size(hash(''))", 64],
    ],
    cost: 50,
    run: (text: string) => createHash('sha256').update(text).digest('hex'),
  },
];

/** Takes out whole stretches of digits: most texts have few of them, and this runs for every record. */
function keepDigits(text: string): string {
  let kept = '';
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      kept += text.slice(start, at);
      start = -1;
    }
  }
  return start < 0 ? kept : start === 0 ? text : kept + text.slice(start);
}

/** Searching for a long part may, at worst, look at every pair of characters. */
function spendSearch(text: string, part: string): void {
  if (part.length > 64) spend(Math.floor((text.length * part.length) / 4096));
}

function replaceAll(text: string, part: string, by: string): string {
  if (part === '') fail('`replace` needs a part to look for');
  spendSearch(text, part);
  let hits = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) hits++;
  if (hits === 0) return text;
  make(text.length + hits * Math.max(0, by.length - part.length));
  return text.split(part).join(by);
}

function sliceCharacters(text: string, start: Numeric, end?: Numeric): string {
  const from = Math.max(0, wholeNumber(start, 'substring'));
  const to = end === undefined ? text.length : Math.max(0, wholeNumber(end, 'substring'));
  if (!/[\ud800-\udfff]/.test(text)) return text.slice(from, to);
  make(text.length * 2);
  return [...text].slice(from, to).join('');
}

export function joinList(members: readonly unknown[], separator: string): string {
  let text = '';
  let isFirst = true;
  for (const member of members) {
    if (member === null || member === undefined) continue;
    const part = typeof member === 'string' ? member : plainText(member);
    if (part === null) return fail('`join` takes lists of text, numbers, true or false');
    make(part.length + separator.length);
    text = isFirst ? part : text + separator + part;
    isFirst = false;
  }
  return text;
}

function sizeOf(value: unknown): bigint {
  if (typeof value === 'string') return BigInt(characters(value));
  if (Array.isArray(value)) return BigInt(value.length);
  if (typeof value === 'object' && value !== null) return BigInt(Object.keys(value).length);
  return fail('`size` takes text, a list or a map');
}

/** Unicode characters, not UTF-16 units, as CEL counts. */
function characters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next >= 0xdc00 && next <= 0xdfff) count--;
  }
  return count;
}
