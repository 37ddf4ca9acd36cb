import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Coded } from './coded.js';
import type { SchemaField, Texts } from './schema.js';

interface SchemaFieldsProps {
  readonly fields: readonly SchemaField[];
  readonly texts: Texts;
  readonly faults?: readonly string[];
  readonly isSecret?: boolean;
  onText(name: string, text: string): void;
}

/** The inputs of a declared form; each has its own name, what it is for, and takes plain text. */
export function SchemaFields({ fields, texts, faults = [], isSecret = false, onText }: SchemaFieldsProps) {
  return fields.map((field) => (
    <Field
      key={field.name}
      field={field}
      text={texts[field.name] ?? ''}
      isFaulty={faults.includes(field.name)}
      isSecret={isSecret}
      onText={(text) => onText(field.name, text)}
    />
  ));
}

interface FieldProps {
  readonly field: SchemaField;
  readonly text: string;
  readonly isFaulty: boolean;
  readonly isSecret: boolean;
  onText(text: string): void;
}

/** Names and ids among the secrets may be read by whoever types them. */
const open = /^(user(name)?|login|client_id)$/;

function Field({ field, text, isFaulty, isSecret, onText }: FieldProps) {
  const { t } = useTranslation();
  const hint = field.kind === 'list' || field.kind === 'numbers' || field.kind === 'json';
  const description = [field.description, ...(hint ? [t(`connectorForm.hints.${field.kind}`)] : [])].join(' ').trim();
  const common = {
    label: field.title,
    name: field.name,
    description: description === '' ? undefined : <Coded text={description} />,
    required: field.isRequired,
    value: text,
    error: isFaulty ? t('connectorForm.fault') : undefined,
    onChange: (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value),
  };
  if (field.kind === 'choice' || field.kind === 'boolean')
    return <NativeSelect {...common} data={optionsOf(field, t)} />;
  if (field.kind === 'number') {
    return <TextInput {...common} type="number" min={field.min} max={field.max} step={field.isInteger ? 1 : 'any'} />;
  }
  if (field.kind !== 'text' || field.isLong)
    return <Textarea {...common} autosize={false} rows={3} spellCheck={false} />;
  if (isSecret && !open.test(field.name)) {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('connectorForm.show', { name: field.title }) }}
      />
    );
  }
  return <TextInput {...common} autoComplete="off" spellCheck={false} />;
}

function optionsOf(field: SchemaField, t: (key: string) => string) {
  const named =
    field.kind === 'boolean'
      ? [
          { value: 'true', label: t('connectorForm.yes') },
          { value: 'false', label: t('connectorForm.no') },
        ]
      : field.choices.map((value) => ({ value, label: value }));
  return [{ value: '', label: t(field.isRequired ? 'connectorForm.choose' : 'connectorForm.usual') }, ...named];
}
