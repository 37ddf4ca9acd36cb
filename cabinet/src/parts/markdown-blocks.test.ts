import { describe, expect, test } from '@jest/globals';
import { blocksOf } from './markdown-blocks.js';

describe('the blocks of a text of Markdown', () => {
  test('a heading needs no empty line before the text or the list below it', () => {
    expect(blocksOf('# Offer\nTwo months.\n## How\n- register\n- choose\nThat is all.')).toEqual([
      { kind: 'heading', level: 2, text: 'Offer' },
      { kind: 'paragraph', text: 'Two months.' },
      { kind: 'heading', level: 2, text: 'How' },
      { kind: 'list', isOrdered: false, items: ['register', 'choose'] },
      { kind: 'paragraph', text: 'That is all.' },
    ]);
  });

  test('lines of a paragraph are one, an empty line ends it', () => {
    expect(blocksOf('One\r\ntwo\r\n\r\n\r\nthree')).toEqual([
      { kind: 'paragraph', text: 'One two' },
      { kind: 'paragraph', text: 'three' },
    ]);
  });

  test('numbers, quotes, rules and code stand for themselves', () => {
    expect(blocksOf('1. a\n2) b\n> said\n> so\n---\n```yaml\n# no heading\n- no list\n```\nend')).toEqual([
      { kind: 'list', isOrdered: true, items: ['a', 'b'] },
      { kind: 'quote', text: 'said so' },
      { kind: 'rule' },
      { kind: 'code', text: '# no heading\n- no list' },
      { kind: 'paragraph', text: 'end' },
    ]);
  });

  test('code that is not closed reaches to the end, and a dash within words is no list', () => {
    expect(blocksOf('```\na\n\nb')).toEqual([{ kind: 'code', text: 'a\n\nb' }]);
    expect(blocksOf('half-done -or not\n#hashtag')).toEqual([
      { kind: 'paragraph', text: 'half-done -or not #hashtag' },
    ]);
  });
});
