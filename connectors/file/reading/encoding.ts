import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export const utf8 = 'utf-8';

export interface FoundEncoding {
  readonly encoding: string;
  /** Bytes of the byte order mark at the file's start. */
  readonly markLength: number;
}

/** Names as people write them, to the one name used here. */
export function canonicalEncoding(name: string): string | null {
  const lower = name.toLowerCase();
  if (['utf8', 'utf-8', 'utf-8-bom', 'ascii', 'us-ascii'].includes(lower)) return utf8;
  if (['utf-16', 'utf-16le', 'utf16le', 'utf-16-le', 'ucs-2'].includes(lower)) return 'utf-16le';
  if (['utf-16be', 'utf16be', 'utf-16-be'].includes(lower)) return 'utf-16be';
  return iconv.encodingExists(lower) ? lower : null;
}

export function isUtf16(encoding: string): boolean {
  return encoding.startsWith('utf-16');
}

/** Tells the encoding of a file from samples of it: a mark, the shape of UTF-16, valid UTF-8, else the letters. */
export function detectEncoding(samples: readonly Buffer[]): FoundEncoding {
  const first = samples[0] ?? Buffer.alloc(0);
  const marked = readMark(first);
  if (marked !== null) return marked;
  const wide = shapeOfUtf16(first);
  if (wide !== null) return { encoding: wide, markLength: 0 };
  for (const sample of samples) {
    if (!isAscii(sample) && !isUtf8Part(sample)) return { encoding: guessCodePage(sample), markLength: 0 };
  }
  return { encoding: utf8, markLength: 0 };
}

export function readMark(bytes: Buffer): FoundEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: utf8, markLength: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return null;
}

/** Text in UTF-16 has a zero in every second byte of its ASCII characters (separators and line ends at least). */
function shapeOfUtf16(bytes: Buffer): string | null {
  const length = Math.min(bytes.length & ~1, 4_096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const few = length / 40;
  if (odd > few && even < odd / 10) return 'utf-16le';
  if (even > few && odd < even / 10) return 'utf-16be';
  return null;
}

/** A sample may begin and end inside a character. */
function isUtf8Part(sample: Buffer): boolean {
  let start = 0;
  while (start < 3 && ((sample[start] ?? 0) & 0xc0) === 0x80) start += 1;
  for (let cut = 0; cut <= 3; cut += 1) if (isUtf8(sample.subarray(start, sample.length - cut))) return true;
  return false;
}

interface CodePage {
  readonly encoding: string;
  /** Letters that texts in this code page use most beside ASCII. */
  readonly letters: ReadonlySet<string>;
  /** Whether letters beside ASCII stand side by side, as in Cyrillic words, or mostly alone among ASCII ones. */
  readonly isBeside: boolean;
}

const cyrillic = new Set('оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮЦЭФіїєґ');
const central = new Set('ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŘŠŤÚŮÝŽăâîşţĂÎŞŢőűŐŰľöüäÖÜÄß');
const western = new Set('äöüÄÖÜßéèêëàâçîïôùûÉÈÀÇñÑáíóúåÅøØæÆãõ');

/** In the order of how common they are: the first of equal ones wins. */
const codePages: readonly CodePage[] = [
  { encoding: 'windows-1251', letters: cyrillic, isBeside: true },
  { encoding: 'windows-1250', letters: central, isBeside: false },
  { encoding: 'windows-1252', letters: western, isBeside: false },
  { encoding: 'iso-8859-2', letters: central, isBeside: false },
  { encoding: 'koi8-r', letters: cyrillic, isBeside: true },
  { encoding: 'cp866', letters: cyrillic, isBeside: true },
  { encoding: 'iso-8859-5', letters: cyrillic, isBeside: true },
];

/** The code page under which the text looks most like words. */
function guessCodePage(sample: Buffer): string {
  const bytes = sample.subarray(0, 65_536);
  const { beside, alone } = countNeighbours(bytes);
  let winner = 'windows-1252';
  let most = Number.NEGATIVE_INFINITY;
  for (const page of codePages) {
    const score = scoreOf(iconv.decode(bytes, page.encoding), page) - (page.isBeside ? alone : beside / 2);
    if (score > most) {
      most = score;
      winner = page.encoding;
    }
  }
  return winner;
}

function countNeighbours(bytes: Buffer): { beside: number; alone: number } {
  let beside = 0;
  let alone = 0;
  for (let at = 1; at < bytes.length - 1; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) beside += 1;
    else alone += 1;
  }
  return { beside, alone };
}

function scoreOf(text: string, { letters }: CodePage): number {
  let score = 0;
  let before = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code >= 0x80) {
      if (letters.has(character)) score += 2;
      else if (code < 0xa0 || code === 0xfffd) score -= 4;
      else if (/\p{L}/u.test(character)) score -= 1;
      else if (!/[«»„“”’–—№°€\u00a0]/.test(character)) score -= 2;
      // A capital inside a word speaks for the wrong page: koi8-r and windows-1251 differ just so.
      if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(character)) score -= 2;
    }
    before = character;
  }
  return score;
}

/** Decodes whole lines; never called with a part of a character. */
export function decoderOf(encoding: string): (bytes: Buffer) => string {
  if (encoding === utf8) return (bytes) => bytes.toString('utf8');
  return (bytes) => iconv.decode(bytes, encoding, { stripBOM: false });
}
