import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { ApplicationFields, applicationOf, ReturnAddress } from './application-fields.js';
import { tell } from './change.js';
import type { Connection, Connector } from './connection-bits.js';
import { beginConsent, returnAddress } from './consent.js';
import { ProblemAlert } from './problem.js';
import { fieldsOf, type Texts, valuesOf } from './schema.js';
import { SchemaFields } from './schema-fields.js';

interface ReconnectFormProps {
  readonly connection: Connection;
  readonly connector: Connector;
}

/** New credentials for a connection; it keeps its name and everything that uses it. */
export function ReconnectForm({ connection, connector }: ReconnectFormProps) {
  const { t } = useTranslation();
  const { id } = connection;
  const fields = fieldsOf(connector.secret);
  const [way, setWay] = useState<string>(connection.settings.auth === 'oauth' ? 'consent' : 'secret');
  const [secret, setSecret] = useState<Texts>({});
  const queries = useQueryClient();
  const connecting = useMutation({
    mutationFn: async () => {
      if (way === 'consent') return beginConsent({ connection: id, application: applicationOf(secret) });
      const body = { secret: valuesOf(fields, secret).values };
      await answerOf(api.PUT('/connections/{id}/secret', { params: { path: { id } }, body }));
      setSecret({});
      queries.removeQueries({ queryKey: ['connection-check', id] });
      await queries.invalidateQueries({ queryKey: ['connections'] });
      tell(t('connections.reconnected'));
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!connecting.isPending) connecting.mutate();
  };
  const onText = (name: string, text: string): void => setSecret((before) => ({ ...before, [name]: text }));
  if (fields.length === 0) return t('connections.noSecret');
  return (
    <form onSubmit={send} aria-busy={connecting.isPending}>
      <Stack>
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
        {way === 'consent' ? (
          <>
            <ReturnAddress value={returnAddress} />
            <ApplicationFields texts={secret} isOptional onText={onText} />
          </>
        ) : (
          <SchemaFields fields={fields} texts={secret} isSecret onText={onText} />
        )}
        <ProblemAlert error={connecting.error} />
        <div>
          <Button type="submit" loading={connecting.isPending}>
            {t(way === 'consent' ? 'connections.toVendor' : 'connections.reconnect')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
