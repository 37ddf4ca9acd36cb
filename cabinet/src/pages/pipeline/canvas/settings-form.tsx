import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../../../../core/json.js';
import type { Named } from '../../../parts/editor/live-source.js';
import type { JsonMap } from '../known.js';
import { Committed } from './live-input.js';
import { readJson, readList, type Setting, showJson, showList } from './settings.js';

/** What may be chosen for settings of each kind. */
export interface Choices {
  readonly streams: readonly Named[];
  readonly sourceFields: readonly Named[];
  readonly targetFields: readonly Named[];
}

interface SettingsFormProps {
  readonly settings: readonly Setting[];
  readonly values: JsonMap;
  readonly choices: Choices;
  readonly isReadOnly?: boolean;
  /** Takes each key over at once: for what is added by a button. */
  readonly isEager?: boolean;
  /** Null removes a setting. */
  set(name: string, value: JsonValue): void;
}

/** Settings of one part, each taken over when it is done. */
export function SettingsForm({ settings, ...props }: SettingsFormProps) {
  return (
    <Stack gap="xs">
      {settings.map((setting) => (
        <SettingInput key={setting.name} setting={setting} {...props} />
      ))}
    </Stack>
  );
}

function SettingInput(props: Omit<SettingsFormProps, 'settings'> & { readonly setting: Setting }) {
  const { setting, values, choices, isReadOnly = false, isEager = false, set } = props;
  const { t } = useTranslation();
  const { name, kind, isRequired } = setting;
  const label = t(`canvas.settings.${name}`);
  const value = values[name];
  if (kind === 'flag') {
    return (
      <Checkbox
        label={label}
        checked={value === true}
        disabled={isReadOnly}
        onChange={(event) => set(name, event.currentTarget.checked ? true : null)}
      />
    );
  }
  if (kind === 'choice') {
    const chosen = typeof value === 'string' ? value : '';
    const known = setting.choices ?? [];
    return (
      <NativeSelect
        size="sm"
        label={label}
        value={chosen}
        disabled={isReadOnly}
        onChange={(event) => set(name, event.currentTarget.value === '' ? null : event.currentTarget.value)}
        data={[
          { value: '', label: t('canvas.byDefault') },
          ...known.map((each) => ({ value: each, label: t(`canvas.choices.${each}`) })),
          ...(chosen !== '' && !known.includes(chosen) ? [{ value: chosen, label: chosen }] : []),
        ]}
      />
    );
  }
  const isList = kind === 'sourceFields' || kind === 'targetFields';
  const shown = isList ? showList(value) : kind === 'text' ? showText(value) : showJson(value);
  const read = (text: string): JsonValue => {
    if (isList) return readList(text, value);
    if (kind === 'json') return readJson(text);
    if (kind === 'number') return text.trim() === '' ? null : Number.isFinite(Number(text)) ? Number(text) : text;
    return text.trim() === '' ? null : text;
  };
  const offers =
    kind === 'stream'
      ? choices.streams
      : kind === 'targetFields'
        ? choices.targetFields
        : kind === 'sourceField' || kind === 'sourceFields'
          ? choices.sourceFields
          : [];
  return (
    <Committed
      label={label}
      value={shown}
      description={hintOf(t, name, kind)}
      isRequired={isRequired}
      isReadOnly={isReadOnly}
      isEager={isEager}
      isMono={kind !== 'text' && kind !== 'number'}
      offers={offers}
      commit={(text) => set(name, read(text))}
    />
  );
}

const hinted = new Set(['lag', 'start', 'where', 'cron', 'catch_up', 'fresh', 'on_delete', 'by', 'zone', 'as', 'with']);

function hintOf(t: (name: string) => string, name: string, kind: Setting['kind']): string | undefined {
  if (hinted.has(name)) return t(`canvas.hints.${name}`);
  return kind === 'sourceFields' || kind === 'targetFields' ? t('canvas.hints.list') : undefined;
}

function showText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
