import { equals } from '../equality.js';
import { fail, make, spend } from '../meter.js';
import { boolType, dyn, type ExprType, listOf } from '../types.js';
import { any, type FunctionDeclaration, list } from './kinds.js';

const sameList = (args: readonly ExprType[]): ExprType => (args[0]?.kind === 'list' ? args[0] : listOf(dyn));
const member = (args: readonly ExprType[]): ExprType => (args[0]?.kind === 'list' ? args[0].of : dyn);

export const listFunctions: readonly FunctionDeclaration[] = [
  {
    name: 'first',
    parameters: [list('list')],
    returns: member,
    sentence: 'The first member; null where the list is empty.',
    examples: [
      ["first(['a', 'b'])", 'a'],
      ['first(record.EMAIL).VALUE', 'a@b.pl', { EMAIL: [{ VALUE: 'a@b.pl' }] }],
    ],
    run: (members: readonly unknown[]) => members[0] ?? null,
  },
  {
    name: 'last',
    parameters: [list('list')],
    returns: member,
    sentence: 'The last member; null where the list is empty.',
    examples: [
      ["last(['a', 'b'])", 'b'],
      ['last([])', null],
    ],
    run: (members: readonly unknown[]) => members[members.length - 1] ?? null,
  },
  {
    name: 'unique',
    parameters: [list('list')],
    returns: sameList,
    sentence: 'Each different member once, in the order of first appearance.',
    examples: [
      ["unique(['a', 'b', 'a'])", ['a', 'b']],
      ['unique([1, 1.0, 2])', [1, 2]],
    ],
    run: unique,
  },
  {
    name: 'compact',
    parameters: [list('list')],
    returns: sameList,
    sentence: 'The members that are neither null nor empty text.',
    examples: [
      ["compact(['a', '', null])", ['a']],
      ["join(compact([record.A, record.B]), ', ')", 'x', { A: 'x', B: '' }],
    ],
    run: (members: readonly unknown[]) => {
      make(members.length * 16);
      return members.filter((each) => each !== null && each !== undefined && each !== '');
    },
  },
  {
    name: 'sort',
    parameters: [list('list')],
    returns: sameList,
    sentence: 'The members in order: all text, or all numbers.',
    examples: [
      ["sort(['b', 'a'])", ['a', 'b']],
      ['sort([10, 9])', [9, 10]],
    ],
    run: sort,
  },
  {
    name: 'isEmpty',
    parameters: [any('value')],
    returns: boolType,
    sentence: 'True for null, empty text, an empty list or map.',
    examples: [
      ["isEmpty('')", true],
      ['isEmpty(record.PHONE)', false, { PHONE: ['1'] }],
    ],
    takesNull: true,
    run: isEmpty,
  },
];

function unique(members: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  const kept: unknown[] = [];
  for (const each of members) {
    if (typeof each === 'object' && each !== null) {
      spend(kept.length + 1);
      if (!kept.some((other) => equals(other, each))) kept.push(each);
      continue;
    }
    const mark = typeof each === 'bigint' ? Number(each) : each;
    if (seen.has(mark)) continue;
    seen.add(mark);
    kept.push(each);
  }
  make(kept.length * 16);
  return kept;
}

function sort(members: readonly unknown[]): unknown[] {
  const isText = members.every((each) => typeof each === 'string');
  const isNumber = members.every((each) => typeof each === 'number' || typeof each === 'bigint');
  if (!isText && !isNumber) fail('`sort` takes a list of text or a list of numbers');
  spend(members.length * Math.ceil(Math.log2(members.length + 1)));
  make(members.length * 16);
  const ordered = [...members] as (string | number | bigint)[];
  return ordered.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
