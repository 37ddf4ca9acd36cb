import { type LineIndex, maskText } from '../text/lines.js';
import type { TextPath, TextProblem, TextRange } from '../text/problem.js';
import { pathText } from '../text/problem.js';
import type { TextTree } from '../text/tree.js';
import type { Problem, ProblemCode } from './problems.js';
import { mostProblems } from './shape.js';

export interface Finding {
  readonly message: string;
  readonly hint: string;
  /** Which part of the place is marked; the value if absent. */
  readonly at?: 'key' | 'value';
  /** Offsets inside the text of the value (expressions). */
  readonly within?: { readonly start: number; readonly end: number };
  readonly severity?: 'error' | 'warning';
}

/** Collects problems and gives each its line, column and excerpt. */
export class Reporter {
  readonly #problems: Problem[] = [];
  readonly #seen = new Set<string>();
  readonly #shown: string | undefined;

  constructor(
    readonly file: string,
    readonly lines: LineIndex,
    readonly tree: TextTree | null,
    /** Places that no excerpt may show. */
    masked: readonly TextRange[] = [],
  ) {
    this.#shown = tree && masked.length > 0 ? maskText(tree.text, masked) : undefined;
  }

  report(code: ProblemCode, path: TextPath, finding: Finding): void {
    this.#add(code, path, this.#range(path, finding), finding);
  }

  addText(problem: TextProblem): void {
    this.#add(problem.code, problem.path, problem.range, problem);
  }

  hasErrors(): boolean {
    return this.#problems.some((problem) => problem.severity === 'error');
  }

  sorted(): Problem[] {
    return [...this.#problems].sort(
      (a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code) || a.path.localeCompare(b.path),
    );
  }

  #add(code: ProblemCode, path: TextPath, range: TextRange, finding: Finding): void {
    const { line, column } = this.lines.place(range.start);
    const mark = `${code} ${line}:${column} ${finding.message}`;
    if (this.#seen.has(mark) || this.#problems.length >= mostProblems) return;
    this.#seen.add(mark);
    this.#problems.push({
      code,
      severity: finding.severity ?? 'error',
      message: finding.message,
      hint: finding.hint,
      line,
      column,
      path: pathText(path),
      excerpt: this.lines.excerpt(range, this.#shown),
      file: this.file,
    });
  }

  #range(path: TextPath, finding: Finding): TextRange {
    const node = this.tree?.nearest(path);
    if (!node) return { start: 0, end: 0 };
    if (finding.at === 'key') return node.key ?? node.value;
    if (!finding.within) return node.value;
    return this.#within(node.value, path, finding.within);
  }

  /** A place inside a scalar: exact where the text stands there as it is, else the whole scalar. */
  #within(range: TextRange, path: TextPath, within: { readonly start: number; readonly end: number }): TextRange {
    const value = valueAt(this.tree?.value, path);
    if (typeof value !== 'string' || !this.tree) return range;
    const at = this.tree.text.slice(range.start, range.end).indexOf(value);
    if (at < 0) return range;
    return { start: range.start + at + within.start, end: range.start + at + within.end };
  }
}

export function valueAt(value: unknown, path: TextPath): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[part];
  }
  return current;
}
