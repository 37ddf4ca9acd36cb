import { List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { tell } from '../../parts/change.js';
import { Confirm } from '../../parts/confirm.js';
import { useMay } from '../../role.js';
import type { PipelineView } from './pipeline-view.js';

/** Deletes a pipeline after saying what stops, what stays and what goes. */
export function Remove({ pipeline: { id, title, openRun, publishedVersion } }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayChange = useMay('editor');
  const remove = async (): Promise<void> => {
    await answerOf(api.DELETE('/pipelines/{id}', { params: { path: { id } } }));
    tell(t('pipelineRemoval.done', { title }));
    await navigate({ to: '/pipelines' });
    queries.removeQueries({ queryKey: ['pipeline', id] });
    await queries.invalidateQueries({ queryKey: ['pipelines'] });
  };
  if (!mayChange) return null;
  return (
    <Confirm
      isDangerous
      button={t('pipelineRemoval.button')}
      title={t('pipelineRemoval.title', { title })}
      size="sm"
      isQuiet
      act={remove}
    >
      {publishedVersion === null ? (
        <Text>{t('pipelineRemoval.draft')}</Text>
      ) : (
        <List>
          {openRun !== null && <List.Item>{t('pipelineRemoval.running')}</List.Item>}
          <List.Item>{t('pipelineRemoval.stops')}</List.Item>
          <List.Item>{t('pipelineRemoval.stays')}</List.Item>
          <List.Item>{t('pipelineRemoval.goes')}</List.Item>
        </List>
      )}
    </Confirm>
  );
}
