import type { JsonValue } from '../../../../../core/json.js';

/** How a setting is asked for. Fields and streams are offered out of the live account. */
export type SettingKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'choice'
  | 'json'
  | 'expression'
  | 'stream'
  | 'sourceField'
  | 'sourceFields'
  | 'targetFields';

export interface Setting {
  readonly name: string;
  readonly kind: SettingKind;
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
}

const choice = (name: string, ...choices: string[]): Setting => ({ name, kind: 'choice', choices });
const required = (name: string, kind: SettingKind): Setting => ({ name, kind, isRequired: true });

export const sourceSettings: readonly Setting[] = [
  required('stream', 'stream'),
  choice('read', 'full', 'incremental'),
  { name: 'key', kind: 'sourceFields' },
  { name: 'cursor', kind: 'sourceFields' },
  { name: 'start', kind: 'json' },
  { name: 'lag', kind: 'text' },
  { name: 'where', kind: 'json' },
];

export const targetSettings: readonly Setting[] = [
  required('stream', 'stream'),
  choice('write', 'insert', 'update', 'upsert', 'delete'),
  { name: 'match_on', kind: 'targetFields' },
  choice('on_conflict', 'source_wins', 'target_wins', 'dead_letter'),
  { name: 'on_delete', kind: 'json' },
  { name: 'merge', kind: 'flag' },
  { name: 'create_fields', kind: 'targetFields' },
  { name: 'batch', kind: 'number' },
];

export const triggerKinds = ['manual', 'every', 'cron', 'webhook'] as const;
export const cronSettings: readonly Setting[] = [
  required('cron', 'text'),
  { name: 'zone', kind: 'text' },
  choice('overlap', 'skip', 'after'),
  { name: 'catch_up', kind: 'text' },
];

export const errorSettings: readonly Setting[] = [
  choice('rejected', 'dead_letter', 'stop'),
  choice('drift', 'pause', 'dead_letter'),
];

export const stepKinds = ['where', 'lookup', 'enrich', 'split', 'set', 'require'] as const;
export type StepKind = (typeof stepKinds)[number];

/** Settings of the steps that are a map of settings. */
export const stepSettings: Readonly<Partial<Record<string, readonly Setting[]>>> = {
  lookup: [
    required('as', 'text'),
    required('from', 'stream'),
    required('key', 'sourceField'),
    { name: 'by', kind: 'text' },
    { name: 'many', kind: 'flag' },
    choice('on_missing', 'keep', 'reject'),
  ],
  enrich: [
    required('as', 'text'),
    required('with', 'text'),
    required('key', 'sourceField'),
    choice('on_missing', 'keep', 'reject', 'skip'),
    { name: 'fresh', kind: 'text' },
  ],
  split: [required('path', 'sourceField'), required('as', 'text'), { name: 'key', kind: 'text' }],
};

export const mappedKinds = ['from', 'expr', 'value', 'ref'] as const;
export type MappedKind = (typeof mappedKinds)[number];

export const casts = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'money', 'phone', 'list'] as const;

/** What is typed for a JSON setting: JSON where it is some, else plain text; nothing is null. */
export function readJson(text: string): JsonValue {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

export function showJson(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Names with commas between them; one alone stays a text where the definition had one. */
export function readList(text: string, before: unknown): JsonValue {
  const names = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  if (names.length === 0) return null;
  return names.length === 1 && typeof before === 'string' ? (names[0] ?? null) : names;
}

export function showList(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}
