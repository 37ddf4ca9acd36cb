import { Alert, Group, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkTo } from '../../../parts/work/link-to.js';
import type { Bindings } from './bindings.js';
import type { Place } from './model.js';

/** Slots whose connection cannot be told from the definition. */
export function Choices({
  bindings,
  places,
}: {
  readonly bindings: Bindings;
  readonly places: readonly (Place | null)[];
}) {
  const { t } = useTranslation();
  const slots = [...new Set(places.flatMap((place) => (place === null ? [] : [place.slot])))];
  const open = slots.filter((slot) => bindings.of(slot) === null);
  if (bindings.isLoading || open.length === 0) return null;
  return (
    <Alert color="orange" mb="sm" title={t('mapping.chooseConnections')}>
      <Text size="sm" mb="xs">
        {t('mapping.chooseConnectionsText')} <LinkTo to="/connections">{t('nav.connections')}</LinkTo>
      </Text>
      <Group>
        {open.map((slot) => (
          <NativeSelect
            key={slot}
            label={slot}
            value=""
            data={[
              { value: '', label: t('mapping.choose') },
              ...bindings.choices(slot).map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={({ currentTarget }) => currentTarget.value !== '' && bindings.choose(slot, currentTarget.value)}
          />
        ))}
      </Group>
    </Alert>
  );
}
