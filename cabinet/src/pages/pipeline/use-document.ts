import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { TextHistory } from '../../parts/editor/text-history.js';
import type { Draft } from './draft.js';

/** One history of the text under somebody's hands, for the canvas, the editor and the mapping. */
export interface PipelineDocument {
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

export function useDocument({ content, change }: Pick<Draft, 'content' | 'change'>): PipelineDocument {
  const history = useRef<TextHistory | null>(null);
  const wasTyped = useRef(false);
  const isOurs = useRef(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [canUndo, setCanUndo] = useState(false);
  const [canRedo, setCanRedo] = useState(false);

  useEffect(() => {
    const follow = (): void => {
      const { now } = content;
      if (now === null) return;
      if (history.current === null) history.current = new TextHistory(now);
      // What came another way, such as the text of somebody else or of a version, is a step too.
      if (!isOurs.current) {
        wasTyped.current = false;
        history.current.step(now);
      }
      setCanUndo(history.current.canUndo);
      setCanRedo(history.current.canRedo);
    };
    follow();
    return content.subscribe(follow);
  }, [content]);

  const send = useCallback(
    (next: string, isTyped: boolean) => {
      wasTyped.current = isTyped;
      isOurs.current = true;
      setRefusal(null);
      change(next);
      isOurs.current = false;
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
  return useMemo(
    () => ({ canUndo, canRedo, refusal, isTyped, type, edit, undo, redo }),
    [canUndo, canRedo, refusal, isTyped, type, edit, undo, redo],
  );
}
