import { type Department, type Kind, kinds, type Sheet, type Value } from './model.js';

/**
 * All differences between what should be there and what is, as sentences; none where both are equal. Records are
 * compared as multisets: two equal ones are not one.
 */
export function compare(wanted: Department, found: Department): string[] {
  return kinds.flatMap((kind) => compareKind(kind, wanted[kind], found[kind]));
}

function compareKind(kind: Kind, wanted: readonly Sheet[], found: readonly Sheet[]): string[] {
  const present = new Set(found.map(printOf));
  const [missing, extra] = withoutEqual(wanted, found);
  const sentences: string[] = [];
  for (const sheet of missing) {
    const index = closest(sheet, extra);
    const [other] = index < 0 ? [] : extra.splice(index, 1);
    if (other !== undefined) sentences.push(...differences(kind, sheet, other));
    else if (present.has(printOf(sheet)))
      sentences.push(`${kind}: \`${sheet.name}\` is there fewer times than it should.`);
    else sentences.push(`${kind}: \`${sheet.name}\` is missing.`);
  }
  const expected = new Set(wanted.map(printOf));
  for (const sheet of extra)
    sentences.push(
      `${kind}: \`${sheet.name}\` ${expected.has(printOf(sheet)) ? 'is doubled' : 'should not be there'}.`,
    );
  return sentences;
}

/** What is left of both lists when each record has taken an equal one away. */
function withoutEqual(wanted: readonly Sheet[], found: readonly Sheet[]): [Sheet[], Sheet[]] {
  const left = new Map<string, Sheet[]>();
  for (const sheet of found) left.set(printOf(sheet), [...(left.get(printOf(sheet)) ?? []), sheet]);
  const missing = wanted.filter((sheet) => left.get(printOf(sheet))?.pop() === undefined);
  return [missing, [...left.values()].flat()];
}

/** Of those with the same name, the one with the most equal fields; a renamed record is known by nearly all its fields. */
function closest(sheet: Sheet, others: readonly Sheet[]): number {
  let [best, bestScore] = [-1, 0];
  others.forEach((other, index) => {
    const names = fieldNames(sheet, other);
    const equal = names.filter((name) => isEqual(sheet.fields[name], other.fields[name])).length;
    const score = sheet.name === other.name ? 1 + equal : equal >= 3 && equal >= names.length - 1 ? 0.5 : 0;
    if (score > bestScore) [best, bestScore] = [index, score];
  });
  return best;
}

function differences(kind: Kind, wanted: Sheet, found: Sheet): string[] {
  const renamed = wanted.name === found.name ? [] : [sentence(kind, wanted.name, 'name', wanted.name, found.name)];
  const changed = fieldNames(wanted, found).flatMap((field) => {
    const [one, other] = [wanted.fields[field], found.fields[field]];
    return isEqual(one, other) ? [] : [sentence(kind, wanted.name, field, one, other)];
  });
  return [...renamed, ...changed];
}

function sentence(
  kind: Kind,
  name: string,
  field: string,
  wanted: Value | undefined,
  found: Value | undefined,
): string {
  const shown = (value: Value | undefined) => (value === undefined ? 'empty' : `\`${JSON.stringify(value)}\``);
  return `${kind}: \`${field}\` of \`${name}\` should be ${shown(wanted)} and is ${shown(found)}.`;
}

function fieldNames(one: Sheet, other: Sheet): string[] {
  return [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])].sort();
}

function isEqual(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function printOf({ name, fields }: Sheet): string {
  return JSON.stringify([name, Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))]);
}
