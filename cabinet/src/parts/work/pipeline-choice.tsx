import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';

interface PipelineChoiceProps {
  readonly value: string | undefined;
  choose(pipeline: string | undefined): void;
}

/** A filter by pipeline; one that the address names stays there, also when it is not in the list. */
export function PipelineChoice({ value, choose }: PipelineChoiceProps) {
  const { t } = useTranslation();
  const pipelines = useQuery({
    queryKey: ['pipelines'],
    queryFn: () => answerOf(api.GET('/pipelines', { params: { query: { limit: 200 } } })),
  });
  const known = pipelines.data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? [];
  const isOther = value !== undefined && !known.some((each) => each.value === value);
  return (
    <NativeSelect
      label={t('work.pipeline')}
      value={value ?? ''}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[{ value: '', label: t('work.all') }, ...(isOther ? [{ value, label: value }] : []), ...known]}
    />
  );
}
