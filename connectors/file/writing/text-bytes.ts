import iconv from 'iconv-lite';
import { isWellFormed } from '../../kit/well-formed.js';
import { canonicalEncoding, isUtf16, utf8 } from '../reading/encoding.js';
import type { FileStream } from '../settings.js';
import { RefusedValue } from './encoders.js';

/** How text becomes the bytes of one file. */
export interface TextBytes {
  /** Stands at the very beginning of the file. */
  readonly mark: Buffer;
  encode(text: string): Buffer;
  /** Throws RefusedValue where a line holds a character that would not come back as it is. */
  check(line: string): void;
  /** Whether every line of a batch is good; then none has to be checked alone. */
  isGood(text: string): boolean;
}

export function textBytes(stream: FileStream): TextBytes {
  const encoding = stream.encoding === 'auto' ? utf8 : (canonicalEncoding(stream.encoding) ?? utf8);
  const isExact = encoding === utf8 || isUtf16(encoding);
  const encode = (text: string): Buffer =>
    encoding === utf8 ? Buffer.from(text, 'utf8') : iconv.encode(text, encoding);
  const isGood = (text: string): boolean =>
    // JSON is always well-formed: halves of characters are escaped in it.
    isExact ? stream.format === 'jsonl' || isWellFormed(text) : iconv.decode(encode(text), encoding) === text;
  return {
    mark: stream.encoding === 'utf-8-bom' || isUtf16(encoding) ? encode('\ufeff') : Buffer.alloc(0),
    encode,
    isGood,
    check: (line) => {
      if (!isGood(line)) {
        throw new RefusedValue(
          isExact
            ? 'a text in it holds half of a character (a lone surrogate)'
            : `a text in it holds a character that ${encoding} does not have`,
        );
      }
    },
  };
}
