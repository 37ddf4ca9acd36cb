import { open } from 'node:fs/promises';
import { unreadable } from '../client.js';
import type { FileStream } from '../settings.js';
import { innerEncoding, openBytes } from './byte-source.js';
import { columnNames } from './columns.js';
import { detectDelimiter, detectLineEnd, splitCells, trimLineEnd, walkRow } from './csv.js';
import { canonicalEncoding, decoderOf, detectEncoding, readMark } from './encoding.js';
import { newline } from './rows.js';

const sampleBytes = 256 * 1024;
const farSampleBytes = 64 * 1024;

/** How a text file is to be read; kept in its cursors, so that a growing file does not change its meaning half-way. */
export interface Dialect {
  readonly encoding: string;
  readonly delimiter: string;
  readonly lineEnd: number;
}

/** What is known of a text file before its first record. */
export interface Probe {
  readonly dialect: Dialect;
  /** Names of the columns; empty for JSON and for an empty file. */
  readonly names: readonly string[];
  /** Where the first record begins: offset in the bytes that the parser sees, and line. */
  readonly bodyAt: number;
  readonly bodyLine: number;
}

/** Looks at the beginning of a file; `known` is the dialect that a cursor brought along. */
export async function probeFile(path: string, stream: FileStream, known: Dialect | null): Promise<Probe> {
  const encoding = known?.encoding ?? (await findEncoding(path, stream));
  const sample = await readStart(path, { isGzip: stream.isGzip, encoding });
  const markLength = readMark(sample)?.markLength ?? 0;
  const dialect = known ?? {
    encoding,
    lineEnd: detectLineEnd(sample),
    delimiter:
      stream.delimiter === 'auto'
        ? detectDelimiter(decoderOf(innerEncoding(encoding))(sample.subarray(markLength, farSampleBytes)))
        : stream.delimiter,
  };
  if (stream.format !== 'csv' && stream.format !== 'tsv') {
    return { dialect: { ...dialect, lineEnd: newline }, names: [], bodyAt: markLength, bodyLine: 1 };
  }
  return probeHeader(sample, markLength, dialect, stream);
}

function probeHeader(sample: Buffer, markLength: number, dialect: Dialect, stream: FileStream): Probe {
  let at = markLength;
  let line = 1;
  while (sample[at] === dialect.lineEnd || (sample[at] === 0x0d && sample[at + 1] === dialect.lineEnd)) {
    at += sample[at] === dialect.lineEnd ? 1 : 2;
    line += 1;
  }
  if (at >= sample.length) return { dialect, names: [], bodyAt: at, bodyLine: line };
  const walk = walkRow(sample, at, dialect);
  if (walk.state !== 'row' || (walk.end - at >= sampleBytes && !walk.hasLineEnd)) {
    throw unreadable(
      stream,
      `The first row of \`${stream.path}\` is not a row of cells separated by \`${dialect.delimiter}\`.`,
      'Check `delimiter`, `encoding` and the quotes of the first row.',
    );
  }
  const decode = decoderOf(innerEncoding(dialect.encoding));
  const text = trimLineEnd(decode(sample.subarray(at, walk.end)), String.fromCharCode(dialect.lineEnd));
  const { cells } = splitCells(text, dialect.delimiter);
  if (stream.hasHeader) return { dialect, names: columnNames(cells), bodyAt: walk.end, bodyLine: line + walk.lines };
  const named = Object.keys(stream.columns);
  const names = named.length > 0 ? named : cells.map((_, index) => `column_${index + 1}`);
  return { dialect, names, bodyAt: at, bodyLine: line };
}

async function findEncoding(path: string, stream: FileStream): Promise<string> {
  if (stream.encoding !== 'auto') {
    const named = canonicalEncoding(stream.encoding);
    if (named !== null) return named;
    throw unreadable(
      stream,
      `The encoding \`${stream.encoding}\` of stream \`${stream.name}\` is not known.`,
      'Use `auto`, `utf-8`, `utf-16le`, `windows-1251`, `windows-1250` or another IANA name.',
    );
  }
  const first = await readStart(path, { isGzip: stream.isGzip, encoding: 'binary' });
  const samples = [first];
  if (!stream.isGzip && first.length >= sampleBytes) samples.push(...(await readFar(path)));
  return detectEncoding(samples).encoding;
}

async function readStart(path: string, shape: { isGzip: boolean; encoding: string }): Promise<Buffer> {
  const source = await openBytes(path, shape, 0);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    while (size < sampleBytes) {
      const chunk = await source.read();
      if (chunk === null) break;
      chunks.push(chunk);
      size += chunk.length;
    }
    return Buffer.concat(chunks);
  } finally {
    await source.close();
  }
}

/** The middle and the end: a file may begin with thousands of lines in plain ASCII. */
async function readFar(path: string): Promise<Buffer[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const samples: Buffer[] = [];
    for (const from of [Math.floor(size / 2), Math.max(0, size - farSampleBytes)]) {
      const bytes = Buffer.alloc(farSampleBytes);
      const { bytesRead } = await file.read(bytes, 0, farSampleBytes, from);
      samples.push(bytes.subarray(0, bytesRead));
    }
    return samples;
  } finally {
    await file.close();
  }
}
