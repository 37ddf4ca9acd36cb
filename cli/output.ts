import type { CliTools } from './tools.js';

/** Writes a result: as one JSON document with `--json`, else as text for people. */
export class Output {
  constructor(
    readonly tools: CliTools,
    readonly isJson: boolean,
  ) {}

  result(value: unknown, text: () => string): void {
    this.tools.stdout.write(this.isJson ? `${JSON.stringify(value)}\n` : `${text()}\n`);
  }

  /** A list: a JSON line for each item, or a table. */
  list<Item>(items: readonly Item[], columns: readonly Column<Item>[], empty: string): void {
    if (this.isJson) for (const item of items) this.tools.stdout.write(`${JSON.stringify(item)}\n`);
    else this.tools.stdout.write(`${items.length === 0 ? empty : tableOf(items, columns)}\n`);
  }

  line(value: unknown): void {
    this.tools.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Remarks for people go beside the result. */
  note(text: string): void {
    if (!this.isJson) this.tools.stderr.write(`${text}\n`);
  }
}

export interface Column<Item> {
  readonly title: string;
  of(item: Item): string | number | null | undefined;
}

function tableOf<Item>(items: readonly Item[], columns: readonly Column<Item>[]): string {
  const rows = [
    columns.map((column) => column.title),
    ...items.map((item) => columns.map((column) => cell(column.of(item)))),
  ];
  const widths = columns.map((_column, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: string | number | null | undefined): string {
  return value == null ? '-' : String(value);
}

export function plural(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
