import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { FileStream } from '../settings.js';

/** Text of one record, its line end included; a problem with a value is thrown as RefusedValue. */
export interface LineEncoder {
  /** Text in front of the first record; empty where there is none. */
  readonly header: string;
  line(fields: JsonObject): string;
}

/** A value that this format cannot hold as it is; `message` names the field, never the value. */
export class RefusedValue extends Error {
  override readonly name = 'RefusedValue';
}

export function lineEncoder(stream: FileStream, columns: readonly string[]): LineEncoder {
  if (stream.format === 'jsonl') return { header: '', line: (fields) => `${JSON.stringify(fields)}\n` };
  return new DelimitedEncoder(stream, columns);
}

const isPlainNumber = (text: string): boolean => /^[+-]?\d+(\.\d+)?$/.test(text);
const isPlainNegative = (text: string): boolean => /^-\d+(\.\d+)?$/.test(text);

class DelimitedEncoder implements LineEncoder {
  readonly header: string;
  readonly #delimiter: string;
  readonly #isNumeric: readonly boolean[];
  readonly #needsQuotes: RegExp;

  constructor(
    readonly stream: FileStream,
    readonly columns: readonly string[],
  ) {
    this.#delimiter = stream.delimiter === 'auto' ? ',' : stream.delimiter;
    this.#needsQuotes = new RegExp(`["\\r\\n\\${this.#delimiter}]|^\\s|\\s$`);
    this.#isNumeric = columns.map((name) => ['integer', 'decimal', 'money'].includes(stream.columns[name] ?? ''));
    this.header = stream.hasHeader ? `${columns.map((name) => this.#quoted(name)).join(this.#delimiter)}\r\n` : '';
  }

  line(fields: JsonObject): string {
    const { columns } = this;
    let line = '';
    for (let index = 0; index < columns.length; index++) {
      if (index > 0) line += this.#delimiter;
      line += this.#cell(fields[columns[index] as string], index);
    }
    return `${line}\r\n`;
  }

  /** Empty is null, a pair of quotes is empty text. */
  #cell(value: JsonValue | undefined, index: number): string {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text === '') return '""';
    return this.#quoted(this.#safe(text, index));
  }

  /**
   * A spreadsheet takes a cell that begins so for a formula (D9): an apostrophe in front makes it text. A plain negative
   * number is none, and a column declared as a number holds numbers.
   */
  #safe(text: string, index: number): string {
    if (!this.stream.escapesFormulas) return text;
    const first = text.charCodeAt(0);
    // = + - @ tab carriage return
    if (first !== 61 && first !== 43 && first !== 45 && first !== 64 && first !== 9 && first !== 13) return text;
    if (isPlainNegative(text) || (this.#isNumeric[index] === true && isPlainNumber(text))) return text;
    return `'${text}`;
  }

  #quoted(text: string): string {
    return this.#needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
}
