import { contactFunctions } from './contacts.js';
import { dateFunctions } from './dates.js';
import type { FunctionDeclaration } from './kinds.js';
import { listFunctions } from './lists.js';
import { numberFunctions } from './numbers.js';
import { textFunctions } from './text.js';

/** The whole fixed function set, in the groups of docs/expressions.md. */
export const functionGroups: readonly { readonly title: string; readonly functions: readonly FunctionDeclaration[] }[] =
  [
    { title: 'Text', functions: textFunctions },
    { title: 'Phone, e-mail, patterns', functions: contactFunctions },
    { title: 'Numbers and exact decimals', functions: numberFunctions },
    { title: 'Dates and times', functions: dateFunctions },
    { title: 'Lists', functions: listFunctions },
  ];

export const functions: ReadonlyMap<string, FunctionDeclaration> = new Map(
  functionGroups.flatMap((group) => group.functions.map((each) => [each.name, each] as const)),
);

/** Forms that look like functions and decide themselves what of them is evaluated. */
export const specialForms: readonly {
  readonly name: string;
  readonly form: string;
  readonly sentence: string;
  readonly examples: FunctionDeclaration['examples'];
}[] = [
  {
    name: 'has',
    form: 'has(record.A.B)',
    sentence: 'True where the field is there, also when it is null.',
    examples: [
      ['has(record.NIP)', true, { NIP: null }],
      ['has(record.NIP)', false, {}],
    ],
  },
  {
    name: 'default',
    form: 'default(value, other)',
    sentence: 'The value, or the other one where the value is missing or null.',
    examples: [
      ["default(record.NAME, 'unknown')", 'unknown', {}],
      ["default(record.PHONE[0].VALUE, '')", '', { PHONE: [] }],
    ],
  },
  {
    name: 'coalesce',
    form: 'coalesce(a, b, c, ...)',
    sentence: 'The first of the values that is neither missing nor null; null where none is.',
    examples: [
      ['coalesce(record.MOBILE, record.PHONE)', '22', { PHONE: '22' }],
      ['coalesce(record.MOBILE, record.PHONE)', null, {}],
    ],
  },
  {
    name: 'all',
    form: 'list.all(x, test)',
    sentence: 'True where the test holds for every member.',
    examples: [
      ['record.ROWS.all(r, r.QTY > 0)', true, { ROWS: [{ QTY: 1 }] }],
      ['[1, 2].all(x, x > 1)', false],
    ],
  },
  {
    name: 'exists',
    form: 'list.exists(x, test)',
    sentence: 'True where the test holds for at least one member.',
    examples: [
      ["record.TAGS.exists(x, x == 'vip')", true, { TAGS: ['vip'] }],
      ['[].exists(x, x > 1)', false],
    ],
  },
  {
    name: 'exists_one',
    form: 'list.exists_one(x, test)',
    sentence: 'True where the test holds for exactly one member.',
    examples: [
      ['[1, 2, 3].exists_one(x, x > 2)', true],
      ['[1, 2, 3].exists_one(x, x > 1)', false],
    ],
  },
  {
    name: 'filter',
    form: 'list.filter(x, test)',
    sentence: 'The members for which the test holds.',
    examples: [
      ["first(record.PHONE.filter(p, p.TYPE == 'WORK')).VALUE", '22', { PHONE: [{ TYPE: 'WORK', VALUE: '22' }] }],
      ['[1, 2, 3].filter(x, x > 1)', [2, 3]],
    ],
  },
  {
    name: 'map',
    form: 'list.map(x, value) or list.map(x, test, value)',
    sentence: 'A value made of every member, or of those for which the test holds.',
    examples: [
      ['record.EMAIL.map(e, lower(e.VALUE))', ['a@b.pl'], { EMAIL: [{ VALUE: 'A@B.pl' }] }],
      ['[1, 2, 3].map(x, x > 1, x * 10)', [20, 30]],
    ],
  },
];

export const specialNames: ReadonlySet<string> = new Set(specialForms.map((each) => each.name));
export const macroNames: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Names that CEL or cel-js knows and that are refused here, with what to use instead. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ['matches', 'Use `rx(text, pattern) != null`, which cannot hang.'],
  ['bind', 'Name the value in a `set` step.'],
  ['timestamp', 'Dates are text here; use `datetime`, `addTime` and `timeBetween`.'],
  ['duration', 'Use `addTime` and `timeBetween`.'],
  ['bytes', 'Bytes are not part of the language; use text.'],
  ['uint', 'Use `int`.'],
  ['type', 'Use a conversion such as `string` or `int`.'],
  ['dyn', 'Leave it out; types are converted where that is safe.'],
]);
