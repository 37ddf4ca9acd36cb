import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';

/** What a letter says, as far as a thread needs it. */
export interface ReadMail {
  /** The one address in `From`, in small letters; null where there is none, or several. */
  readonly from: string | null;
  readonly text: string;
  readonly messageId: string;
  /** Written by a program (an absence note, a bounce, a list, a letter of ours): nobody waits for an answer to it. */
  readonly isAutomatic: boolean;
}

const mostText = 20_000;
const mostHtml = 200_000;
const longestLookedAt = 300;

/** Throws where the bytes are no letter that can be read. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 });
  const { from } = mail;
  const said = withoutQuotes(mail.text ?? plainOf((mail.html ?? '').slice(0, mostHtml)));
  return {
    from: from?.address === undefined || from.address === '' ? null : from.address.toLowerCase(),
    text: withNotes(said.replaceAll('\u0000', ''), mail.attachments.length),
    messageId: mail.messageId?.slice(0, 500) ?? `sha256:${createHash('sha256').update(raw).digest('hex')}`,
    isAutomatic: isAutomatic(mail),
  };
}

function isAutomatic(mail: Email): boolean {
  const header = (name: string): string =>
    mail.headers
      .filter(({ key }) => key === name)
      .map(({ value }) => value.trim().toLowerCase())
      .join(',');
  const submitted = header('auto-submitted');
  return (
    (submitted !== '' && submitted !== 'no') ||
    /bulk|junk|list|auto/.test(header('precedence')) ||
    header('x-autoreply') !== '' ||
    header('x-autorespond') !== '' ||
    header('list-id') !== '' ||
    header('return-path') === '<>' ||
    /multipart\/report/.test(header('content-type')) ||
    (mail.messageId ?? '').endsWith('@pipewright>')
  );
}

function withNotes(text: string, attachments: number): string {
  const isLong = text.length > mostText;
  const body = isLong ? text.slice(0, mostText) : text;
  const notes = [
    isLong ? '[The rest of the letter was too long and is left out.]' : null,
    attachments > 0 ? `[Attachments are not taken: ${attachments}.]` : null,
  ].filter((note) => note !== null);
  return [body, ...notes].filter((part) => part !== '').join('\n\n');
}

/**
 * What somebody wrote above the letter that they answer. Quotes between their own lines stay; where nothing would be
 * left, everything stays.
 */
export function withoutQuotes(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines.findIndex((_, index) => endsHere(lines, index));
  const kept = trimQuote(end < 0 ? lines : lines.slice(0, end));
  const own = kept.join('\n').trim();
  return own === '' ? text.trim() : own;
}

const separator =
  /^\s*(-{2,}|_{2,}) ?(original message|forwarded message|исходное сообщение|пересылаемое сообщение|оригінальне повідомлення|wiadomość oryginalna|oryginalna wiadomość|mesaj original|mesajul original)/i;
const wrote =
  /(wrote|writes|написал|написала|пишет|пише|писав|написав|написала|napisał|napisała|napisał\(a\)|pisze|a scris)[^:]{0,80}:\s*$/i;
const senderLine = /^\s*\*?(from|от|від|od|de la|de):\*? /i;
const sentLine = /^\s*\*?(sent|date|отправлено|дата|надіслано|wysłano|data|trimis):\*? /i;

/** Whether everything from this line on is the letter that is answered, or a signature. */
function endsHere(lines: readonly string[], index: number): boolean {
  const line = lookedAt(lines[index]);
  if (line === '-- ' || /^\s*_{20,}\s*$/.test(line) || separator.test(line)) return true;
  // The line before the quote may be broken in two.
  if (wrote.test(line) && /\d/.test(`${lookedAt(lines[index - 1])}${line}`)) return true;
  return senderLine.test(line) && lines.slice(index + 1, index + 4).some((next) => sentLine.test(lookedAt(next)));
}

function lookedAt(line: string | undefined): string {
  return (line ?? '').slice(0, longestLookedAt);
}

/** Quoted lines at the end go, and the line that announces them. */
function trimQuote(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  while (end > 0 && /^\s*(>|$)/.test(lookedAt(lines[end - 1]))) end -= 1;
  const hasQuote = lines.slice(end).some((line) => line.trimStart().startsWith('>'));
  if (!hasQuote) return lines;
  if (end > 0 && /:\s*$/.test(lookedAt(lines[end - 1]?.slice(-longestLookedAt)))) end -= 1;
  return lines.slice(0, end);
}

const breaks = new Set(['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'blockquote']);
const hidden = new Set(['style', 'script', 'head', 'title', 'blockquote']);
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Letters that have only HTML: its words, without what it quotes. In one pass, whatever the bytes are. */
function plainOf(html: string): string {
  let text = '';
  let depth = 0;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const stop = open < 0 ? html.length : open;
    if (depth === 0) text += html.slice(at, stop);
    if (open < 0) break;
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20));
    const name = (tag?.[2] ?? '').toLowerCase();
    if (hidden.has(name)) depth = Math.max(0, depth + (tag?.[1] === '/' ? -1 : 1));
    if (breaks.has(name) && depth === 0) text += '\n';
    at = close + 1;
  }
  return text
    .replace(/&(#\d{1,7}|[a-z]{2,5});/gi, (whole, name: string) =>
      name.startsWith('#') ? characterOf(Number(name.slice(1))) : (named[name.toLowerCase()] ?? whole),
    )
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function characterOf(code: number): string {
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
