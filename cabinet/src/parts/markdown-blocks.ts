/** A part of a text that stands on lines of its own. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'paragraph'; readonly text: string };

const heading = /^(#{1,4})\s+(.+?)\s*#*$/;
const bullet = /^\s{0,3}[-*+]\s+(.*)$/;
const numbered = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;
const quote = /^\s{0,3}>\s?(.*)$/;
const rule = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const fence = /^\s{0,3}```/;

/** Takes a text of Markdown apart into blocks; what no rule knows is a paragraph. */
export function blocksOf(text: string): readonly MarkdownBlock[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  /** The lines from here on that fit, with what the pattern caught of each. */
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (; at < lines.length; at += 1) {
      const found = pattern.exec(lines[at] ?? '');
      if (found === null) break;
      taken.push(found[1] ?? '');
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const head = heading.exec(line);
    if (line.trim() === '') at += 1;
    else if (fence.test(line)) {
      at += 1;
      const code = take(/^(?!\s{0,3}```)(.*)$/);
      at += 1;
      blocks.push({ kind: 'code', text: code.join('\n') });
    } else if (head !== null) {
      at += 1;
      blocks.push({ kind: 'heading', level: levelOf(head[1] ?? ''), text: head[2] ?? '' });
    } else if (rule.test(line)) {
      at += 1;
      blocks.push({ kind: 'rule' });
    } else if (bullet.test(line)) blocks.push({ kind: 'list', isOrdered: false, items: take(bullet) });
    else if (numbered.test(line)) blocks.push({ kind: 'list', isOrdered: true, items: take(numbered) });
    else if (quote.test(line)) blocks.push({ kind: 'quote', text: take(quote).join(' ').trim() });
    else {
      const paragraph = [line.trim()];
      for (at += 1; at < lines.length && isParagraph(lines[at] ?? ''); at += 1)
        paragraph.push((lines[at] ?? '').trim());
      blocks.push({ kind: 'paragraph', text: paragraph.join(' ') });
    }
  }
  return blocks;
}

/** The page's own heading is the first. */
function levelOf(marks: string): 2 | 3 | 4 {
  return marks.length <= 2 ? 2 : marks.length === 3 ? 3 : 4;
}

function isParagraph(line: string): boolean {
  return line.trim() !== '' && ![heading, bullet, numbered, quote, rule, fence].some((pattern) => pattern.test(line));
}
