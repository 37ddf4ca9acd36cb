import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api.js';

type Page = Pick<AnswerOf<'getPageForEdit'>, 'state' | 'startsAt' | 'endsAt'>;

const colors = { draft: 'gray', planned: 'blue', shown: 'teal', ended: 'orange' } as const;

/** What visitors see of it now. */
export function PageState({ page }: { readonly page: Page }) {
  const { t } = useTranslation();
  const state = stateOf(page, Date.now());
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`operator.pageStates.${state}`)}
    </Badge>
  );
}

function stateOf({ state, startsAt, endsAt }: Page, now: number): keyof typeof colors {
  if (state === 'draft') return 'draft';
  if (startsAt !== null && Date.parse(startsAt) > now) return 'planned';
  return endsAt !== null && Date.parse(endsAt) <= now ? 'ended' : 'shown';
}
