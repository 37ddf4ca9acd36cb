/** The known name that was most likely meant, or null where none is near enough. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = bare(name);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    if (bare(candidate) === wanted) return candidate;
    // A third of the longer one may differ, so that a plural finds its singular.
    const allowed = Math.max(1, Math.floor(Math.min(Math.max(name.length, candidate.length), 40) / 3));
    if (Math.abs(candidate.length - name.length) > allowed) continue;
    const distance = damerauLevenshtein(name.slice(0, 60).toLowerCase(), candidate.slice(0, 60).toLowerCase());
    if (distance > allowed || distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Edits, where swapping two neighbours counts as one. */
export function damerauLevenshtein(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + cost,
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** A hint with the nearest name and, where there are few, all of them. */
export function didYouMean(name: string, known: Iterable<string>, what: string): string {
  const names = [...known];
  const guess = nearest(name, names);
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? `, and ${names.length - 12} more` : '');
  const list = names.length > 0 ? `Known ${what}: ${shown}.` : `There are no ${what} here.`;
  return guess === null ? list : `Did you mean \`${guess}\`? ${list}`;
}
