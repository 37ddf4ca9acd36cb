import { describe, expect, test } from '@jest/globals';
import { DraftText } from './draft-text.js';
import { Reader } from './known.js';
import { modelOf } from './mapping/model.js';
import { parsedText } from './parsed.js';

const text = 'pipeline: copy\nflows:\n  a:\n    from: { stream: crm.a }\n';

describe('reading a text', () => {
  test('parses it once, however many ask for it', () => {
    const parsed = parsedText(text);
    expect(parsedText(['pipeline: copy', text.slice(15)].join('\n'))).toBe(parsed);
    expect(new Reader().read(text).value).toBe(parsed.tree?.value);
    modelOf(text);
    expect(parsedText(text)).toBe(parsed);
  });

  test('gives the same answer for the same text', () => {
    const reader = new Reader();
    expect(reader.read(text)).toBe(reader.read(text));
  });

  test('takes what was parsed elsewhere, and finds places in that text', () => {
    const reader = new Reader();
    reader.read(text);
    const value = { pipeline: 'copy' };
    expect(reader.take(`# above\n${text}`, value)).toEqual({ value, isFresh: true });
    expect(reader.lineOf(['flows', 'a'])).toEqual({ line: 4, column: 3 });
  });

  test('remembers the last text that could be read', () => {
    const reader = new Reader();
    const { value } = reader.read(text);
    expect(reader.read('flows: [')).toEqual({ value, isFresh: false });
    expect(reader.take('flows: [[', null)).toEqual({ value, isFresh: false });
    expect(reader.lineOf(['flows', 'a'])).toBeNull();
    expect(reader.read(text).isFresh).toBe(true);
  });
});

describe("a text under somebody's hands", () => {
  test('tells each change once, and nothing where nothing has changed', () => {
    const draft = new DraftText();
    const told: (string | null)[] = [];
    const leave = draft.subscribe(() => told.push(draft.now));
    for (const each of ['a', 'ab', 'ab', 'abc']) draft.set(each);
    leave();
    draft.set('gone');
    expect(told).toEqual(['a', 'ab', 'abc']);
  });
});
