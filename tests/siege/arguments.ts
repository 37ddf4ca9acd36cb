import { randomInt } from 'node:crypto';

export interface Arguments {
  /** Empty, with `names` empty too: all of them. */
  readonly numbers: readonly number[];
  /** Entries of `tests/siege/named`, which run only when they are named. */
  readonly names: readonly string[];
  readonly scale: number;
  readonly seed: number;
}

/** Files of `tests/siege/named`. */
const knownNames: readonly string[] = ['clients', 'scale-out'];

export const usage = 'Usage: npm run siege -- [promise numbers, or `clients`, or `scale-out`] [--scale 0.1] [--seed N]';

export function parseArguments(words: readonly string[]): Arguments | { readonly problem: string } {
  const numbers: number[] = [];
  const names: string[] = [];
  let scale = 0.1;
  let seed = Number(process.env.SEED ?? randomInt(2 ** 31));
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--scale' || word === '--seed') {
      index += 1;
      const value = Number(words[index]);
      if (!Number.isFinite(value) || value <= 0) return { problem: `\`${word}\` needs a number above 0.` };
      if (word === '--scale') scale = value;
      else seed = value;
    } else if (/^\d+$/.test(word)) numbers.push(Number(word));
    else if (knownNames.includes(word)) names.push(word);
    else return { problem: `\`${word}\` is not the number of a promise.` };
  }
  return { numbers, names, scale, seed };
}
