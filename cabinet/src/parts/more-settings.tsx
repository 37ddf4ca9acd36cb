import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SchemaField, Texts } from './schema.js';
import { SchemaFields } from './schema-fields.js';

interface MoreSettingsProps {
  readonly fields: readonly SchemaField[];
  readonly texts: Texts;
  readonly faults: readonly string[];
  onText(name: string, text: string): void;
}

/** Settings with what has a good default put away; the way of signing in always shows. */
export function MoreSettings({ fields, ...rest }: MoreSettingsProps) {
  const { t } = useTranslation();
  const isShown = ({ isRequired, name }: SchemaField): boolean => isRequired || name === 'auth';
  const others = fields.filter((field) => !isShown(field));
  return (
    <>
      <SchemaFields fields={fields.filter(isShown)} {...rest} />
      {others.length > 0 && (
        <details>
          <summary>{t('connectorForm.more')}</summary>
          <Stack mt="sm">
            <SchemaFields fields={others} {...rest} />
          </Stack>
        </details>
      )}
    </>
  );
}
