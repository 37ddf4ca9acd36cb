import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colors = { open: 'orange', resent: 'blue', solved: 'teal', discarded: 'gray' } as const;

export function LetterBadge({ state }: { readonly state: keyof typeof colors }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`letters.states.${state}`)}
    </Badge>
  );
}
