import { useCallback, useEffect, useRef, useState } from 'react';
import { TextHistory } from '../../parts/editor/text-history.js';
import type { useDraft } from './draft.js';

/** The text under somebody's hands with one history for the canvas, the editor and the mapping. */
export interface PipelineDocument {
  readonly text: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether the last change was a key, so that others may wait until the hands rest. */
  isTyped(): boolean;
  /** Why the last edit was refused; null after one that was not. */
  readonly refusal: unknown;
  /** What somebody types. */
  type(text: string): void;
  /** An edit that gives the new text, or throws why it cannot be done; false where it was refused. */
  edit(work: (text: string) => string): boolean;
  undo(): void;
  redo(): void;
}

export function useDocument(draft: ReturnType<typeof useDraft>): PipelineDocument {
  const { text, change } = draft;
  const history = useRef<TextHistory | null>(null);
  const wasTyped = useRef(false);
  /** Texts given to the draft that have not come back from it yet. */
  const sent = useRef(new Set<string>());
  const [refusal, setRefusal] = useState<unknown>(null);
  if (history.current === null && text !== null) history.current = new TextHistory(text);

  // What came another way, such as the text of somebody else or of a version, is a step too.
  useEffect(() => {
    if (text === null || history.current === null) return;
    const isOurs = sent.current.has(text);
    if (text === history.current.text) sent.current.clear();
    if (!isOurs) history.current.step(text);
  }, [text]);

  const send = useCallback(
    (next: string, isTyped: boolean) => {
      wasTyped.current = isTyped;
      sent.current.add(next);
      setRefusal(null);
      change(next);
    },
    [change],
  );
  const edit = useCallback(
    (work: (text: string) => string): boolean => {
      const past = history.current;
      if (past === null) return false;
      try {
        past.step(work(past.text));
      } catch (refused) {
        setRefusal(refused);
        return false;
      }
      send(past.text, false);
      return true;
    },
    [send],
  );
  const type = useCallback(
    (next: string) => {
      history.current?.type(next, performance.now());
      send(next, true);
    },
    [send],
  );
  const go = useCallback(
    (where: 'undo' | 'redo') => {
      const next = history.current?.[where]();
      if (next != null) send(next, false);
    },
    [send],
  );
  const undo = useCallback(() => go('undo'), [go]);
  const redo = useCallback(() => go('redo'), [go]);
  const isTyped = useCallback(() => wasTyped.current, []);
  const { canUndo = false, canRedo = false } = history.current ?? {};
  return { text, canUndo, canRedo, refusal, isTyped, type, edit, undo, redo };
}
