import { Button, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { useChange } from './change.js';
import type { Connection, Connector } from './connection-bits.js';
import { MoreSettings } from './more-settings.js';
import { ProblemAlert } from './problem.js';
import { fieldsOf, textsOf, valuesOf } from './schema.js';

interface SettingsFormProps {
  readonly connection: Connection;
  readonly connector: Connector;
}

/** The settings of a connection that are no secret. */
export function SettingsForm({ connection: { id, settings }, connector }: SettingsFormProps) {
  const { t } = useTranslation();
  const fields = fieldsOf(connector.settings);
  const [texts, setTexts] = useState(textsOf(fields, settings));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const saving = useChange({
    change: (values: Record<string, unknown>) =>
      answerOf(api.PATCH('/connections/{id}', { params: { path: { id } }, body: { settings: values } })),
    touches: [['connections']],
    said: t('accountActs.saved'),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const read = valuesOf(fields, texts);
    setFaults(read.faults);
    if (read.faults.length === 0) saving.mutate(read.values);
  };
  if (fields.length === 0) return t('connections.noSettings');
  return (
    <form onSubmit={send} aria-busy={saving.isPending}>
      <Stack>
        <MoreSettings
          fields={fields}
          texts={texts}
          faults={faults}
          onText={(name, text) => setTexts((before) => ({ ...before, [name]: text }))}
        />
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {t('accountActs.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
