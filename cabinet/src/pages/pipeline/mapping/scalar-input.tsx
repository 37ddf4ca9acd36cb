import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const kinds = ['text', 'number', 'yes', 'no', 'null'] as const;
type Kind = (typeof kinds)[number];

interface ScalarInputProps {
  readonly label: string;
  readonly value: unknown;
  readonly isDisabled?: boolean;
  change(value: string | number | boolean | null): void;
}

/** A constant of the definition: text, a number, true or false, or nothing. */
export function ScalarInput({ label, value, isDisabled = false, change }: ScalarInputProps) {
  const { t } = useTranslation();
  const kind = kindOf(value);
  const choose = (next: Kind): void => {
    if (next === 'text') change(value === null || typeof value === 'boolean' ? '' : String(value));
    else if (next === 'number') change(Number(value) || 0);
    else change(next === 'null' ? null : next === 'yes');
  };
  return (
    <Group align="flex-end" gap="xs" grow>
      <NativeSelect
        label={label}
        disabled={isDisabled}
        value={kind}
        data={kinds.map((each) => ({ value: each, label: t(`mapping.kinds.${each}`) }))}
        onChange={(event) => choose(kinds.find((each) => each === event.currentTarget.value) ?? 'text')}
      />
      {(kind === 'text' || kind === 'number') && (
        <TextInput
          aria-label={t('mapping.valueOf', { label })}
          disabled={isDisabled}
          type={kind === 'number' ? 'number' : 'text'}
          step="any"
          value={String(value ?? '')}
          onChange={({ currentTarget }) =>
            change(kind === 'number' ? Number(currentTarget.value) : currentTarget.value)
          }
        />
      )}
    </Group>
  );
}

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? 'number' : 'text';
}
