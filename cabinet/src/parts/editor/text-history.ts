/** How long a pause in typing may be within one step of the history. */
const pauseMs = 800;

/**
 * Every state of a text since it was opened: one history for all views that change it. What is typed in one go is one
 * step; every other change is a step of its own.
 */
export class TextHistory {
  readonly #past: string[] = [];
  #future: string[] = [];
  #now: string;
  #typedAt = Number.NEGATIVE_INFINITY;

  constructor(text: string) {
    this.#now = text;
  }

  get text(): string {
    return this.#now;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** A key was pressed: `at` in milliseconds. A new line begins a new step. */
  type(text: string, at: number): void {
    if (text === this.#now) return;
    const isNewLine = text.length === this.#now.length + 1 && text.split('\n').length > this.#now.split('\n').length;
    const goesOn = at - this.#typedAt < pauseMs && this.#future.length === 0 && !isNewLine;
    if (!goesOn) this.#past.push(this.#now);
    this.#take(text);
    this.#typedAt = at;
  }

  /** A change that stands for itself. */
  step(text: string): void {
    if (text === this.#now) return;
    this.#past.push(this.#now);
    this.#take(text);
    this.#typedAt = Number.NEGATIVE_INFINITY;
  }

  /** The text before the last step; null where there is none. */
  undo(): string | null {
    const before = this.#past.pop();
    if (before === undefined) return null;
    this.#future.push(this.#now);
    this.#now = before;
    this.#typedAt = Number.NEGATIVE_INFINITY;
    return before;
  }

  redo(): string | null {
    const next = this.#future.pop();
    if (next === undefined) return null;
    this.#past.push(this.#now);
    this.#now = next;
    this.#typedAt = Number.NEGATIVE_INFINITY;
    return next;
  }

  #take(text: string): void {
    this.#now = text;
    this.#future = [];
  }
}
