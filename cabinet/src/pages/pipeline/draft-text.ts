import { useCallback, useSyncExternalStore } from 'react';

/** The text under somebody's hands, outside of what is drawn: a key reaches those who ask for the text, nobody else. */
export class DraftText {
  #now: string | null = null;
  readonly #told = new Set<() => void>();

  /** Null until it has been read. */
  get now(): string | null {
    return this.#now;
  }

  set(text: string): void {
    if (text === this.#now) return;
    this.#now = text;
    for (const tell of [...this.#told]) tell();
  }

  /** Calls back after each change; the answer ends that. */
  subscribe(tell: () => void): () => void {
    this.#told.add(tell);
    return () => {
      this.#told.delete(tell);
    };
  }
}

/** What `look` sees in the text; the component is drawn anew only where that changes. */
export function useOfText<Seen extends string | boolean | null>(
  text: DraftText,
  look: (now: string | null) => Seen,
): Seen {
  const subscribe = useCallback((tell: () => void) => text.subscribe(tell), [text]);
  return useSyncExternalStore(subscribe, () => look(text.now));
}

/** The text itself, at every key. */
export function useText(text: DraftText): string | null {
  return useOfText(text, same);
}

function same(now: string | null): string | null {
  return now;
}
