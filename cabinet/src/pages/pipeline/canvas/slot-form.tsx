import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import * as edits from '../../../../../definitions/text/edits.js';
import { LinkTo } from '../../../parts/work/link-to.js';
import type { Bench } from './bench.js';
import { Committed } from './live-input.js';
import type { Part } from './parts.js';

/** A place for a connection: its name, the kind of service, and what the account offers for it now. */
export function SlotForm({ bench, part }: { readonly bench: Bench; readonly part: Part }) {
  const { t } = useTranslation();
  const streams = useQuery({
    queryKey: ['canvas-streams-of', part.name, part.detail],
    queryFn: () => bench.live.streams(part.name),
    staleTime: 10_000,
  });
  const rename = (name: string): void => {
    const wanted = name.trim();
    if (wanted !== '' && bench.edit((text) => edits.renameSlot(text, part.name, wanted)))
      bench.choose(`slot:${wanted}`);
  };
  return (
    <Stack gap="xs">
      <Committed label={t('canvas.settings.name')} value={part.name} isReadOnly={bench.isReadOnly} commit={rename} />
      <ConnectorChoice
        bench={bench}
        value={part.detail}
        isReadOnly={bench.isReadOnly}
        choose={(connector) => bench.edit((text) => edits.setConnector(text, part.name, connector))}
      />
      {streams.data !== undefined && (
        <Text size="sm" c="dimmed">
          {streams.data.length > 0 ? t('canvas.streamCount', { count: streams.data.length }) : t('canvas.noConnection')}{' '}
          {streams.data.length === 0 && <LinkTo to="/connections">{t('canvas.toConnections')}</LinkTo>}
        </Text>
      )}
    </Stack>
  );
}

interface ConnectorChoiceProps {
  readonly bench: Bench;
  readonly value: string;
  readonly isReadOnly?: boolean;
  choose(connector: string): void;
}

export function ConnectorChoice({ bench, value, isReadOnly = false, choose }: ConnectorChoiceProps) {
  const { t } = useTranslation();
  const asked = useQuery({
    queryKey: ['canvas-connectors'],
    queryFn: () => bench.live.connectors(),
    staleTime: 60_000,
  });
  const known = asked.data ?? [];
  return (
    <NativeSelect
      size="sm"
      label={t('canvas.settings.connector')}
      value={value}
      disabled={isReadOnly}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        ...(known.some(({ name }) => name === value) ? [] : [{ value, label: value }]),
        ...known.map(({ name, title }) => ({ value: name, label: title === '' ? name : title })),
      ]}
    />
  );
}
