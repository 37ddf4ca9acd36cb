import * as crypto from 'node:crypto';
import type { IdSpace } from '../kit/id-space.js';
import type { Random } from '../kit/random.js';

/** What OData shows for a lookup without a value. */
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return SHAPE.test(text);
}

/** A GUID that follows from a name: the same on every machine and for every seed. */
export function namedGuid(name: string): string {
  return shaped(crypto.hash('sha256', `creatio/${name}`, 'hex'));
}

/** A random GUID of a seed. */
export function randomGuid(random: Random): string {
  return shaped(random.hex(32));
}

/**
 * Ids of one table. Those made here follow from the row number, so a million of them need no memory; those chosen by
 * the client are kept in a map.
 */
export function guidIds(random: Random): IdSpace {
  const mask = random.int(0, 0xffffffff);
  const salts = [1, 2, 3].map(() => random.int(1, 0x7fffffff));
  const chosen = new Map<number, string>();
  const rows = new Map<string, number>();
  const [salt1 = 1, salt2 = 2, salt3 = 3] = salts;
  const made = (row: number): string => {
    const first = (Math.imul(row + 1, FACTOR) ^ mask) >>> 0;
    return guidOf(first, mixed(row + 1, salt1), mixed(row + 1, salt2), mixed(row + 1, salt3));
  };
  return {
    idOf: (row) => chosen.get(row) ?? made(row),
    rowOf(id) {
      const low = id.toLowerCase();
      const known = rows.get(low);
      if (known !== undefined) return known;
      if (!isGuid(low)) return -1;
      const row = Math.imul((Number.parseInt(low.slice(0, 8), 16) ^ mask) >>> 0, INVERSE) - 1;
      return row >= 0 && !chosen.has(row) && made(row) === low ? row : -1;
    },
    assign(row, wanted) {
      if (wanted === undefined) return made(row);
      const id = wanted.toLowerCase();
      chosen.set(row, id);
      rows.set(id, row);
      return id;
    },
  };
}

/** MS SQL Server compares GUIDs by their last group first and the first three groups byte by byte backwards. */
export function sqlServerOrder(guid: string): string {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = guid.toLowerCase().split('-');
  return fifth + fourth + backwards(third) + backwards(second) + backwards(first);
}

// An odd factor and its inverse modulo 2^32: rows spread over the whole range and are found again.
const FACTOR = 0x9e3779b1;
const INVERSE = inverseOf(FACTOR);

function inverseOf(factor: number): number {
  let inverse = factor;
  for (let round = 0; round < 5; round += 1) inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse));
  return inverse;
}

function mixed(row: number, salt: number): number {
  let value = Math.imul(row ^ salt, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex4(value: number): string {
  return `${BYTES[(value >>> 8) & 255] ?? ''}${BYTES[value & 255] ?? ''}`;
}

/** Four numbers of 32 bits as a GUID of version 4. */
function guidOf(a: number, b: number, c: number, d: number): string {
  const [version, variant] = [(b & 0x0fff) | 0x4000, ((c >>> 16) & 0x3fff) | 0x8000];
  return `${hex4(a >>> 16)}${hex4(a)}-${hex4(b >>> 16)}-${hex4(version)}-${hex4(variant)}-${hex4(c)}${hex4(d >>> 16)}${hex4(d)}`;
}

/** 32 hexadecimal digits as a GUID of version 4. */
function shaped(hex: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = [0, 8, 16, 24].map((at) => Number.parseInt(hex.slice(at, at + 8), 16));
  return guidOf(a, b, c, d);
}

function backwards(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join('');
}
