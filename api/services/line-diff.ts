const largestTable = 4_000_000;

/** Two texts as one list of lines: ` ` in both, `-` only in the first, `+` only in the second. */
export function diffLines(from: string, to: string): string[] {
  const [a, b] = [from.split('\n'), to.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const middle = diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (line: string): string => ` ${line}`;
  return [...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)];
}

/** By the longest common subsequence; texts too large for its table are shown as replaced whole. */
function diffMiddle(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  if ((a.length + 1) * width > largestTable) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i]}`);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${a[i]}`);
      i += 1;
    } else {
      lines.push(`+${b[j]}`);
      j += 1;
    }
  }
  return lines;
}

/** Keeps only changed lines with `context` lines around them; `...` stands for what is left out. */
export function shorten(lines: readonly string[], context = 3): string {
  const keep = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.startsWith(' ')) return;
    for (let at = Math.max(0, index - context); at <= Math.min(lines.length - 1, index + context); at += 1)
      keep[at] = true;
  });
  const shown: string[] = [];
  lines.forEach((line, index) => {
    if (keep[index]) shown.push(line);
    else if (shown.at(-1) !== '...' && shown.length > 0) shown.push('...');
  });
  if (shown.at(-1) === '...') shown.pop();
  return shown.join('\n');
}
