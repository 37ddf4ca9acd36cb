import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PagerProps {
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly isFirst: boolean;
  /** Undefined: the first page. */
  go(cursor: string | undefined): void;
}

/** Forward page by page; the browser's own way back leads back. */
export function Pager({ next, isFirst, go }: PagerProps) {
  const { t } = useTranslation();
  if (isFirst && next === null) return null;
  return (
    <Group justify="flex-end" mt="md" component="nav" aria-label={t('work.pages')}>
      <Button variant="default" disabled={isFirst} onClick={() => go(undefined)}>
        {t('work.firstPage')}
      </Button>
      <Button variant="default" disabled={next === null} onClick={() => go(next ?? undefined)}>
        {t('work.nextPage')}
      </Button>
    </Group>
  );
}
