import { Alert, Button, CopyButton, Group, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ShownOnceProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  done?(): void;
}

/** A secret that the server shows this one time: to be copied and put away. */
export function ShownOnce({ title, text, label, value, rows = 2, done }: ShownOnceProps) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" variant="outline" title={title} role="status" mb="md" maw={760}>
      <Textarea
        label={label}
        description={text}
        value={value}
        readOnly
        rows={rows}
        classNames={{ input: 'mono' }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group mt="sm" gap="xs">
        <Copy value={value} />
        {done !== undefined && (
          <Button variant="default" onClick={done}>
            {t('accountActs.putAway')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

export function Copy({ value, label }: { readonly value: string; readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button onClick={copy} variant={label === undefined ? 'filled' : 'default'} aria-live="polite">
          {copied ? t('accountActs.copied') : (label ?? t('accountActs.copy'))}
        </Button>
      )}
    </CopyButton>
  );
}
