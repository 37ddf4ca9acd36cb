import { PasswordInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copy } from './once.js';
import type { Texts } from './schema.js';

interface ApplicationFieldsProps {
  readonly texts: Texts;
  readonly isOptional?: boolean;
  onText(name: string, text: string): void;
}

/** The application at the vendor that a consent is given to. */
export function ApplicationFields({ texts, isOptional = false, onText }: ApplicationFieldsProps) {
  const { t } = useTranslation();
  const inputOf = (name: string) => ({
    label: t(`connections.${name}`),
    name,
    required: !isOptional,
    value: texts[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => onText(name, event.currentTarget.value),
  });
  return (
    <>
      <Text size="sm">{t(isOptional ? 'connections.applicationKept' : 'connections.applicationText')}</Text>
      <TextInput {...inputOf('clientId')} autoComplete="off" />
      <PasswordInput
        {...inputOf('clientSecret')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('connectorForm.show', { name: t('connections.clientSecret') }) }}
      />
    </>
  );
}

/** Where the vendor's page sends the browser back to. */
export function ReturnAddress({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('connections.returnAddress')}
        description={t('connections.returnAddressText')}
        value={value}
        readOnly
        classNames={{ input: 'mono' }}
      />
      <div>
        <Copy value={value} label={t('accountActs.copy')} />
      </div>
    </>
  );
}

export function applicationOf(texts: Texts): { readonly clientId: string; readonly clientSecret: string } | undefined {
  const { clientId = '', clientSecret = '' } = texts;
  return clientId.trim() === '' ? undefined : { clientId: clientId.trim(), clientSecret };
}
