import { Group, NativeSelect, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../parts/page-head.js';
import { Empty } from '../parts/work/empty.js';
import { LinkTo } from '../parts/work/link-to.js';
import { PipelineChoice } from '../parts/work/pipeline-choice.js';
import { RunTable } from '../parts/work/run-table.js';
import { runStates } from '../routes/work-search.js';

export function Runs() {
  const { t } = useTranslation();
  const wanted = useSearch({ from: '/shell/runs' });
  const navigate = useNavigate({ from: '/runs' });
  const isFiltered = wanted.pipeline !== undefined || wanted.state !== undefined;
  return (
    <>
      <PageHead title={t('nav.runs')} />
      <Group mb="sm" align="flex-end">
        <PipelineChoice
          value={wanted.pipeline}
          choose={(pipeline) => void navigate({ search: { ...wanted, pipeline, cursor: undefined } })}
        />
        <NativeSelect
          label={t('runList.state')}
          value={wanted.state ?? ''}
          onChange={(event) => {
            const state = runStates.find((each) => each === event.currentTarget.value);
            void navigate({ search: { ...wanted, state, cursor: undefined } });
          }}
          data={[
            { value: '', label: t('work.all') },
            ...runStates.map((state) => ({ value: state, label: t(`runs.states.${state}`) })),
          ]}
        />
      </Group>
      <RunTable
        {...wanted}
        go={(cursor) => void navigate({ search: { ...wanted, cursor } })}
        nothing={
          <Empty title={t(isFiltered ? 'runList.noneFits' : 'runList.none')}>
            {isFiltered ? (
              <LinkTo to="/runs">{t('work.showAll')}</LinkTo>
            ) : (
              <Text>
                {t('runList.teach')} <LinkTo to="/pipelines">{t('nav.pipelines')}</LinkTo>
              </Text>
            )}
          </Empty>
        }
      />
    </>
  );
}
