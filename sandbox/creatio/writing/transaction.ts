import type { EffectNote } from '../../kit/effect-log.js';
import type { CreatioStore } from '../store.js';

type Effect = (note: EffectNote) => void;

/**
 * Several writes that happen together or not at all. Their effects are noted at the end: when one of them throws, 424
 * marks those that were taken back, so that the log stays the truth.
 */
export function together<Result>(store: CreatioStore, effect: Effect, write: (effect: Effect) => Result): Result {
  const notes: EffectNote[] = [];
  try {
    const result = store.atomically(() => write((note) => notes.push(note)));
    for (const note of notes) effect(note);
    return result;
  } catch (error) {
    for (const note of notes) effect(note.status < 300 ? { ...note, status: 424 } : note);
    throw error;
  }
}
