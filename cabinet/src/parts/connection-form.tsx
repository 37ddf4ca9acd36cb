import { Button, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { ApplicationFields, applicationOf, ReturnAddress } from './application-fields.js';
import type { Connector } from './connection-bits.js';
import { beginConsent, returnAddress } from './consent.js';
import { MoreSettings } from './more-settings.js';
import { ProblemAlert } from './problem.js';
import { fieldsOf, type SchemaField, type Texts, valuesOf } from './schema.js';
import { SchemaFields } from './schema-fields.js';

interface ConnectionFormProps {
  readonly connector: Connector;
  added(id: string): unknown;
}

/** The form that a connector declares: by typing what it needs, or by the consent on the vendor's page. */
export function ConnectionForm({ connector, added }: ConnectionFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [way, setWay] = useState<string>(connector.hasConsent ? 'consent' : 'secret');
  const [settings, setSettings] = useState<Texts>({});
  const [secret, setSecret] = useState<Texts>({});
  const [faults, setFaults] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const settingFields = fieldsOf(connector.settings);
  // The consent decides the way of signing in by itself.
  const isAsked = (field: SchemaField): boolean => way !== 'consent' || field.name !== 'auth';
  const secretFields = fieldsOf(connector.secret);
  const adding = useMutation({
    mutationFn: async (given: Record<string, unknown>) => {
      if (way === 'consent') {
        return beginConsent({ connector: connector.id, name, settings: given, application: applicationOf(secret) });
      }
      const body = { name, connector: connector.id, settings: given, secret: secretOf() };
      const { id } = await answerOf(api.POST('/connections', { body }));
      await tryOut(id);
      await added(id);
    },
  });
  const secretOf = (): Record<string, unknown> | null =>
    secretFields.length === 0 ? null : valuesOf(secretFields, secret).values;
  /** The page of the connection opens with what the first check found. */
  const tryOut = async (id: string): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['connections'] });
    const query = { queryKey: ['connection-check', id], queryFn: () => check(id) };
    await queries.fetchQuery(query).catch(() => undefined);
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const read = valuesOf(settingFields, settings);
    setFaults(read.faults);
    if (read.faults.length === 0 && !adding.isPending) adding.mutate(read.values);
  };
  const setText = (change: typeof setSettings) => (field: string, text: string) =>
    change((before) => ({ ...before, [field]: text }));
  return (
    <form onSubmit={send} aria-busy={adding.isPending}>
      <Stack>
        <TextInput
          label={t('connections.name')}
          description={t('connections.nameText')}
          required
          pattern="[A-Za-z][A-Za-z0-9_.\-]{0,62}"
          title={t('connections.nameText')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {connector.hasConsent && (
          <SegmentedControl
            aria-label={t('connections.way')}
            value={way}
            onChange={setWay}
            data={[
              { value: 'consent', label: t('connections.consent') },
              { value: 'secret', label: t('connections.typed') },
            ]}
          />
        )}
        <MoreSettings
          fields={settingFields.filter(isAsked)}
          texts={settings}
          faults={faults}
          onText={setText(setSettings)}
        />
        {way === 'consent' ? (
          <>
            <ReturnAddress value={returnAddress} />
            <ApplicationFields texts={secret} onText={setText(setSecret)} />
          </>
        ) : (
          <SchemaFields fields={secretFields} texts={secret} isSecret onText={setText(setSecret)} />
        )}
        <ProblemAlert error={adding.error} />
        <Button type="submit" loading={adding.isPending}>
          {t(way === 'consent' ? 'connections.toVendor' : 'connections.addAndCheck')}
        </Button>
      </Stack>
    </form>
  );
}

function check(id: string) {
  return answerOf(api.POST('/connections/{id}/check', { params: { path: { id } } }));
}
