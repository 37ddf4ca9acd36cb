import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, stableStringify } from '../../core/json.js';
import type { TextPath } from './problem.js';
import { actOf, choice } from './testing/acts.js';
import { commented, commentMark, texts } from './testing/texts.js';
import { parseText, type TextNode } from './tree.js';

/** Lines outside the touched places, without the empty ones, in order. */
function untouchedLines(text: string, touches: readonly TextPath[]): readonly string[] {
  const { tree } = parseText(text);
  const lines = text.split(/\r?\n/);
  const touched = new Set<number>();
  for (const path of touches) {
    let at = path;
    let node: TextNode | null = null;
    while (at.length > 0 && node === null) {
      node = tree?.at(at) ?? null;
      at = node === null ? at.slice(0, -1) : at;
    }
    const isWhole = at.length === path.length || node?.isFlow === true || node?.children.size === 0;
    // A map of one member is left empty behind its key; the first key beside a dash gives its line to the next.
    const parent = tree?.at(at.slice(0, -1)) ?? null;
    const isSmall = isWhole && (parent?.children.size === 1 || parent?.key === null || parent?.isFlow === true);
    for (const each of [isWhole ? node : null, isSmall ? parent : null]) {
      if (each === null || tree === null) continue;
      const from = tree.lines.place(each.key?.start ?? each.value.start).line;
      const until = tree.lines.place(Math.max(each.value.end, each.key?.end ?? 0)).line;
      for (let line = from; line <= until; line++) touched.add(line);
    }
  }
  return lines.filter((line, index) => !touched.has(index + 1) && line.trim() !== '');
}

/** Lines of the part that do not stand in the whole in the same order. */
function missingFrom(part: readonly string[], whole: readonly string[]): readonly string[] {
  let at = 0;
  const missing: string[] = [];
  for (const line of part) {
    const found = whole.indexOf(line, at);
    if (found < 0) missing.push(line);
    else at = found + 1;
  }
  return missing;
}

/** Members added to brackets touch the line they stand on. */
function inOneLineBrackets(line: string): boolean {
  return /[{}[\],]/.test(line);
}

describe('any sequence of edits', () => {
  test('keeps every comment and every line that it has nothing to do with, and changes only what it says', () => {
    let done = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.nat(300), { maxLength: 6 }),
        fc.boolean(),
        fc.array(choice, { minLength: 1, maxLength: 6 }),
        (example, places, isWindows, choices) => {
          const begun = commented(example, places);
          let text = isWindows ? begun.replaceAll('\n', '\r\n') : begun;
          for (const each of choices) {
            const value = parseText(text).tree?.value;
            if (!isJsonObject(value)) throw new Error('the text cannot be read any more');
            const act = actOf(structuredClone(value), each);
            if (act === undefined) continue;
            const wanted = structuredClone(value);
            act.model(wanted);
            let next: string;
            try {
              next = act.edit(text);
            } catch (error) {
              expect((error as { code?: unknown }).code).toBe('definition/invalid');
              refused += 1;
              continue;
            }
            done += 1;
            const after = parseText(next).tree?.value ?? null;
            expect([act.name, stableStringify(after)]).toEqual([act.name, stableStringify(wanted)]);
            const marks = (of: string): readonly string[] => (of.match(commentMark) ?? []).sort();
            expect(marks(next)).toEqual(expect.arrayContaining([...marks(text)]));
            const lost = missingFrom(untouchedLines(text, act.touches), next.split(/\r?\n/));
            expect([act.name, lost.filter((line) => !inOneLineBrackets(line))]).toEqual([act.name, []]);
            if (isWindows) expect(next.replaceAll('\r\n', '')).not.toContain('\n');
            text = next;
          }
        },
      ),
      { numRuns: Number(process.env.EDIT_RUNS ?? 120), seed: Number(process.env.EDIT_SEED ?? 7) },
    );
    // Refusals are for what cannot be done, not a way out.
    expect(refused).toBeLessThan(done / 20);
  });
});
