import { extname } from 'node:path';
import { type Static, Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { parseSettings } from '../kit/settings.js';

const choice = <Name extends string>(names: readonly Name[], title: string, description: string) =>
  Type.Optional(
    Type.Union(
      names.map((name) => Type.Literal(name)),
      { title, description },
    ),
  );

const formats = ['csv', 'tsv', 'json', 'jsonl', 'xlsx'] as const;
export type Format = (typeof formats)[number];

const columnTypes = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'money'] as const;
export type ColumnType = (typeof columnTypes)[number];

const streamSettings = Type.Object(
  {
    path: Type.String({
      minLength: 1,
      maxLength: 1_000,
      title: 'Path',
      description: 'The file, below the root where one is set.',
    }),
    format: choice(formats, 'Format', 'By the extension when absent; `.gz` behind it means gzip.'),
    gzip: Type.Optional(
      Type.Boolean({ title: 'Gzip', description: 'Whether the file is compressed; by the extension when absent.' }),
    ),
    encoding: Type.Optional(
      Type.String({
        maxLength: 40,
        title: 'Encoding',
        description:
          '`auto` (default), `utf-8`, `utf-8-bom`, `utf-16le`, `windows-1251`, … New files are UTF-8 when `auto`.',
      }),
    ),
    delimiter: Type.Optional(
      Type.String({
        maxLength: 4,
        title: 'Delimiter',
        description: '`auto` (default) or one character; new files get a comma when `auto`.',
      }),
    ),
    header: Type.Optional(
      Type.Boolean({ title: 'Header', description: 'Whether the first row holds the names of the columns (default).' }),
    ),
    sheet: Type.Optional(
      Type.String({ maxLength: 31, title: 'Sheet', description: 'Sheet of a workbook; the first one when absent.' }),
    ),
    columns: Type.Optional(
      Type.Record(Type.String(), Type.Union(columnTypes.map((name) => Type.Literal(name))), {
        title: 'Columns',
        description: 'Types of columns that are not text, by name; the names in order where there is no header.',
      }),
    ),
    key: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
        title: 'Key',
        description: 'Column or columns that identify a record; without it a record is its line and content.',
      }),
    ),
    empty: choice(
      ['text', 'null'],
      'Empty cells',
      'What an empty unquoted text cell is: empty text (default) or null.',
    ),
    formulas: choice(
      ['escape', 'keep'],
      'Formulas',
      'Whether text that a spreadsheet would take for a formula is escaped when written (default), or kept as it is.',
    ),
    overwrite: Type.Optional(
      Type.Boolean({
        title: 'Overwrite',
        description: 'Whether a file that this product did not write may be replaced; refused when absent.',
      }),
    ),
  },
  { additionalProperties: false, title: 'Stream' },
);

export const fileSettings = Type.Object(
  {
    root: Type.Optional(
      Type.String({
        maxLength: 1_000,
        title: 'Root',
        description: 'Folder that all paths of this connection stand in.',
      }),
    ),
    streams: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' }), streamSettings, {
      title: 'Streams',
      description: 'One file per stream, by the name that pipelines use.',
    }),
  },
  { additionalProperties: false },
);

/** One stream with all defaults visible. */
export interface FileStream {
  readonly name: string;
  /** As configured: shown in messages and part of source keys. */
  readonly path: string;
  readonly root: string | null;
  readonly format: Format;
  readonly isGzip: boolean;
  readonly encoding: string;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly sheet: string | null;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[] | null;
  readonly emptyIsNull: boolean;
  readonly escapesFormulas: boolean;
  readonly mayOverwrite: boolean;
}

const formatOfExtension: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.txt': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.xlsx': 'xlsx',
};

/** All streams of a connection by name; throws `connection/invalid_settings`. */
export function parseFileSettings(settings: JsonObject): ReadonlyMap<string, FileStream> {
  const parsed = parseSettings(fileSettings, settings);
  return new Map(
    Object.entries(parsed.streams).map(([name, stream]) => [name, withDefaults(name, stream, parsed.root ?? null)]),
  );
}

function withDefaults(name: string, stream: Static<typeof streamSettings>, root: string | null): FileStream {
  const lower = stream.path.toLowerCase();
  const isGzip = stream.gzip ?? lower.endsWith('.gz');
  const format = stream.format ?? formatOfExtension[extname(lower.replace(/\.gz$/, ''))];
  if (format === undefined) {
    throw invalid(
      `The format of \`${stream.path}\` cannot be told by its extension.`,
      `Set \`format\` to one of ${formats.join(', ')}.`,
    );
  }
  if (isGzip && format === 'xlsx') throw invalid(`\`${stream.path}\` is compressed in itself.`, 'Remove `gzip`.');
  return {
    name,
    path: stream.path,
    root,
    format,
    isGzip,
    encoding: (stream.encoding ?? 'auto').toLowerCase(),
    delimiter: format === 'tsv' ? '\t' : checkedDelimiter(stream.delimiter ?? 'auto'),
    hasHeader: stream.header ?? true,
    sheet: stream.sheet ?? null,
    columns: stream.columns ?? {},
    key: stream.key === undefined ? null : [stream.key].flat(),
    emptyIsNull: stream.empty === 'null',
    escapesFormulas: stream.formulas !== 'keep',
    mayOverwrite: stream.overwrite ?? false,
  };
}

function checkedDelimiter(delimiter: string): string {
  if (delimiter === 'auto') return delimiter;
  const text = delimiter === '\\t' ? '\t' : delimiter;
  if (text.length === 1 && text.charCodeAt(0) < 128 && !'"\r\n'.includes(text)) return text;
  throw invalid(`\`${delimiter}\` cannot separate cells.`, 'Set `delimiter` to one character such as `,` or `;`.');
}

function invalid(message: string, hint: string): Failure {
  return new Failure('connection/invalid_settings', { message, hint });
}
