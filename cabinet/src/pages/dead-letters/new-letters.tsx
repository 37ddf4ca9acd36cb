import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { useAskAgain } from '../../live.js';
import type { LetterSearch } from '../../routes/work-search.js';
import type { Selection } from './resend.js';

interface NewLettersProps {
  readonly wanted: LetterSearch;
  readonly narrowed: Selection;
  readonly shown: AnswerOf<'listDeadLetters'>['items'];
  show(): void;
}

/** Letters that came since the list was asked for wait behind a button: nothing moves while somebody chooses. */
export function NewLetters({ wanted: { state = 'open', cursor }, narrowed, shown, show }: NewLettersProps) {
  const { t } = useTranslation();
  const newest = useQuery({
    queryKey: ['dead-letters', 'newest', narrowed, state],
    queryFn: () =>
      answerOf(
        api.GET('/dead-letters', { params: { query: { ...narrowed, limit: 50, ...(state !== 'all' && { state }) } } }),
      ),
    refetchInterval: useAskAgain(10_000),
    enabled: cursor === undefined,
  });
  const known = new Set(shown.map(({ id }) => id));
  const count = newest.data?.items.filter(({ id }) => !known.has(id)).length ?? 0;
  if (cursor !== undefined || count === 0) return null;
  return (
    <Button size="xs" variant="light" onClick={show}>
      {t('newLetters.show', { count })}
    </Button>
  );
}
