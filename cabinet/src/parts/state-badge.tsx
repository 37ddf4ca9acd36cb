import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colors = {
  queued: 'gray',
  running: 'blue',
  waiting: 'grape',
  paused: 'yellow',
  done: 'teal',
  done_with_dead_letters: 'orange',
  failed: 'red',
  cancelled: 'gray',
} as const;

export type RunState = keyof typeof colors;

export function StateBadge({ state }: { readonly state: RunState }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`runs.states.${state}`)}
    </Badge>
  );
}
