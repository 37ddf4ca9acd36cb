import { Failure } from '../../core/failures.js';
import { commonWords } from './common-words.js';

const leastLetters = 8;
const mostBytes = 256;

/**
 * Throws `person/password_weak`. Length and the commonest passwords count, nothing else: no rules about kinds of
 * characters, no forced change (reliability, ASVS 6.2).
 */
export function checkPassword(password: string): void {
  if ([...password].length < leastLetters) {
    throw new Failure('person/password_weak', {
      message: `The password is shorter than ${leastLetters} characters.`,
      hint: 'Choose a longer one; a few words are better than a few signs.',
    });
  }
  if (Buffer.byteLength(password) > mostBytes) {
    throw new Failure('person/password_weak', {
      message: `The password is longer than ${mostBytes} bytes.`,
      hint: 'Choose a shorter one.',
    });
  }
  if (isCommonPassword(password)) {
    throw new Failure('person/password_weak', {
      message: 'The password is one of those that everybody tries first.',
      hint: 'Choose another one; a few words that nobody puts together are good.',
    });
  }
}

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const words = new Set(commonWords);
const keyboardRows = [
  '1234567890',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'abcdefghijklmnopqrstuvwxyz',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qawsedrftgyhujikolp',
  '147258369',
  '159357456852',
  '741852963',
  'zaqxswcdevfrbgtnhymjukilop',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
];
const runs = keyboardRows.flatMap((row) => [row, [...row].reverse().join('')]).map((row) => row + row);

/**
 * The commonest passwords by how they are made, so that a few hundred words stand for several thousand passwords: a
 * word alone or twice, with digits or signs around it, with digits in place of letters; runs of a keyboard; one part
 * repeated; a date.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  return isPattern(text) || isWord(text);
}

function isPattern(text: string): boolean {
  return isRun(text) || isRepeated(text) || isDate(text) || isRunsInRow(text);
}

function isRun(text: string): boolean {
  return runs.some((run) => run.includes(text));
}

/** `aaaaaaaa`, `12121212`, `abcabcabc`, `qwerqwer`. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.length % length === 0 && text === text.slice(0, length).repeat(text.length / length)) {
      return length <= 4 || words.has(text.slice(0, length)) || isRun(text.slice(0, length));
    }
  }
  return false;
}

/** `12051990`, `19900512`, `12.05.1990`. */
function isDate(text: string): boolean {
  const digits = text.replaceAll(/[-./ ]/g, '');
  return /^(\d{4}(19|20)\d\d|(19|20)\d{6})$/.test(digits);
}

/** `123qwe123`, `qwerty12345`, `asdf1234`: runs of at least three signs and nothing else. */
function isRunsInRow(text: string): boolean {
  let at = 0;
  let pieces = 0;
  while (at < text.length) {
    let length = 3;
    if (at + length > text.length || !isRun(text.slice(at, at + length))) return false;
    while (at + length < text.length && isRun(text.slice(at, at + length + 1))) length += 1;
    at += length;
    pieces += 1;
  }
  return pieces <= 4;
}

function isWord(text: string): boolean {
  if (words.has(text)) return true;
  // At most four digits and two signs at the end, three digits before: what people add when they are asked to.
  const core = text.replace(/^\d{0,3}(?=\D)/, '').replace(/[!@#$%^&*.,?_-]{0,2}$/, '');
  const bare = core.replace(/(\d{1,4}|12345|123456)$/, '').replace(/[!@#$%^&*.,?_-]{0,2}$/, '');
  return [core, bare]
    .flatMap((part) => [part, withLetters(part)])
    .some((part) => words.has(part) || isDouble(part) || (part.length >= 4 && isRun(part)));
}

/** A word twice: `lovelove`. */
function isDouble(text: string): boolean {
  for (let length = 3; length <= text.length - 3; length += 1) {
    if (text.slice(0, length) === text.slice(length) && words.has(text.slice(0, length))) return true;
  }
  return false;
}

function withLetters(text: string): string {
  return [...text].map((sign) => lookAlikes[sign] ?? sign).join('');
}
