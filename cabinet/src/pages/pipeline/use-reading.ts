import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { TextPath } from '../../../../definitions/text/problem.js';
import { BackgroundParser } from './background-parser.js';
import type { DraftText } from './draft-text.js';
import { Reader, type Reading } from './known.js';

const restMs = 250;

/** What the text says: after an act at once, after keys a moment later and parsed beside the page. */
export function useReading(
  text: DraftText,
  isTyped: () => boolean,
): Reading & { lineOf(path: TextPath): ReturnType<Reader['lineOf']> } {
  const reader = useRef<Reader | null>(null);
  reader.current ??= new Reader();
  const { current } = reader;
  const [reading, setReading] = useState(() => current.read(text.now ?? ''));
  useEffect(() => {
    const parser = new BackgroundParser();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readBeside = async (seen: string): Promise<void> => {
      const value = await parser.parse(seen);
      // Another key may have been pressed meanwhile: its text is on its way.
      if (text.now === seen) startTransition(() => setReading(current.take(seen, value)));
    };
    const follow = (): void => {
      clearTimeout(timer);
      const now = text.now ?? '';
      if (!isTyped()) {
        setReading(current.read(now));
        return;
      }
      parser.start();
      timer = setTimeout(() => void readBeside(now), restMs);
    };
    setReading(current.read(text.now ?? ''));
    const leave = text.subscribe(follow);
    return () => {
      leave();
      clearTimeout(timer);
      parser.stop();
    };
  }, [text, isTyped, current]);
  const lineOf = useCallback((path: TextPath) => current.lineOf(path), [current]);
  return { ...reading, lineOf };
}
