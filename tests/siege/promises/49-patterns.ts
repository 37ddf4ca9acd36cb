import { createContext, Script } from 'node:vm';
import { patternsOfProduct } from '../product-patterns.js';
import { atLeast, nothing, type SiegePromise, within } from '../siege.js';

const limitMs = 50;

export default {
  number: 49,
  title: 'No pattern blocks the loop',
  required: 'each <= 50 ms on attack strings; 0 exponential patterns',
  run: async ({ isShort }) => {
    const patterns = await patternsOfProduct();
    const slow: string[] = [];
    let slowestMs = 0;
    for (const { source, flags, place } of patterns) {
      for (const attacks of [attackStrings(source, 26), attackStrings(source, isShort ? 1_000 : 4_000)]) {
        const startedMs = performance.now();
        // A machine under load gets ten times the promise; a pattern that blocks needs seconds, minutes or years.
        const culprit = firstSlow(source, flags, attacks, isShort ? 10 * limitMs : limitMs);
        if (culprit !== null) slow.push(`${place}: /${source}/${flags} on ${culprit}`);
        slowestMs = Math.max(slowestMs, (performance.now() - startedMs) / attacks.length);
      }
    }
    const exponential = firstSlow('^(a+)+$', '', attackStrings('^(a+)+$', 40), 200);
    return [
      atLeast('patterns', patterns.length, 50),
      nothing('blocking patterns', slow),
      // The test must be able to see one.
      atLeast('a known exponential pattern is seen', exponential === null ? 0 : 1, 1),
      within('slowest on average', slowestMs, limitMs),
    ];
  },
} satisfies SiegePromise;

const context = createContext({});
const trial = new Script('pattern.test(attack)');

/** The first string on which the pattern takes longer than the limit, described; null where there is none. */
function firstSlow(source: string, flags: string, attacks: readonly string[], limit: number): string | null {
  const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
  const isSlow = (attack: string): boolean => {
    try {
      Object.assign(context, { pattern, attack });
      trial.runInContext(context, { timeout: limit });
      return false;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      return true;
    }
  };
  // Once may be a pause of the machine; a pattern is slow every time.
  const culprit = attacks.find((attack) => isSlow(attack) && isSlow(attack) && isSlow(attack));
  if (culprit === undefined) return null;
  return `${culprit.length} characters ${JSON.stringify(culprit.slice(0, 12))}...${JSON.stringify(culprit.slice(-4))}`;
}

const usualPumps = ['a', 'A', '0', ' ', '\t', '-', '_', '.', '/', 'aA', 'a0', 'a.', 'a-', '0.', '\\', '"', 'ż'];

/** Strings that repeat what the pattern speaks of and then do not fit. */
function attackStrings(source: string, length: number): string[] {
  const own = [...new Set(source.replace(/\\[a-zA-Z]/g, '').match(/[^\\()[\]{}*+?|^$]/g) ?? [])].slice(0, 12);
  const pumps = [...new Set([...usualPumps, ...own])];
  const literal = /^\^?((?:[\w\s:/@#&;,.-]|\\\.)*)/.exec(source)?.[1]?.replaceAll('\\', '').slice(0, -1) ?? '';
  return pumps.flatMap((pump) => {
    const body = pump.repeat(Math.ceil(length / pump.length));
    return [`${body}\u0000`, `${literal}${body}!`];
  });
}
