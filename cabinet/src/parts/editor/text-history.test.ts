import { describe, expect, test } from '@jest/globals';
import { TextHistory } from './text-history.js';

describe('the history of a text', () => {
  test('takes what is typed in one go back at once', () => {
    const history = new TextHistory('a');
    history.type('ab', 0);
    history.type('abc', 100);
    history.type('abcd', 5_000);
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['abc', 'a', null]);
    expect([history.redo(), history.redo(), history.redo()]).toEqual(['abc', 'abcd', null]);
  });

  test('takes changes of other views back one by one, between what was typed', () => {
    const history = new TextHistory('a');
    history.type('ab', 0);
    history.step('drawn');
    history.type('drawn!', 100);
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['drawn', 'ab', 'a']);
  });

  test('forgets what was taken back when something else is done', () => {
    const history = new TextHistory('a');
    history.step('b');
    history.undo();
    history.step('c');
    expect(history.canRedo).toBe(false);
    expect([history.undo(), history.canUndo]).toEqual(['a', false]);
  });
});
