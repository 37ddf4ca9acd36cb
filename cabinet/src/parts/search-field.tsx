import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  search(text: string | undefined): void;
}

/** A filter of free words: it counts when it is sent. */
export function SearchField({ label, value, search }: SearchFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value ?? '');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    search(typed.trim() || undefined);
  };
  return (
    <form onSubmit={send}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={label}
          type="search"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('operator.search')}
        </Button>
      </Group>
    </form>
  );
}
