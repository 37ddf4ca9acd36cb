import { Alert, Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../parts/problem.js';
import type { Draft } from '../draft.js';
import type { PipelineDocument } from '../use-document.js';

interface DraftBarProps {
  readonly draft: Draft;
  readonly document: PipelineDocument;
  readonly isReadOnly: boolean;
}

/** Whether the draft is stored, and what to do where somebody else has changed it. */
export function DraftBar({ draft, document, isReadOnly }: DraftBarProps) {
  const { t } = useTranslation();
  useHotkeys([
    ['mod+Z', document.undo],
    ['mod+shift+Z', document.redo],
  ]);
  return (
    <>
      <Group justify="space-between" mb="xs" mih={30}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {t(draft.isDraft || draft.state !== 'stored' ? `definition.states.${draft.state}` : 'mapping.published')}
        </Text>
        {!isReadOnly && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" disabled={!document.canUndo} onClick={document.undo}>
              {t('canvas.undo')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={!document.canRedo} onClick={document.redo}>
              {t('canvas.redo')}
            </Button>
          </Group>
        )}
      </Group>
      {draft.state === 'conflict' && (
        <Alert color="orange" role="alert" title={t('definition.conflict')} mb="sm">
          <Text size="sm" mb="sm">
            {t('mapping.conflictText')}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => void draft.reread()}>
              {t('definition.takeTheirs')}
            </Button>
            <Button size="xs" variant="light" color="red" onClick={() => void draft.overwrite()}>
              {t('definition.keepMine')}
            </Button>
          </Group>
        </Alert>
      )}
      <ProblemAlert error={draft.error} />
      {document.refusal !== null && (
        <Alert color="red" role="alert" mb="sm" title={t('mapping.refused')}>
          {document.refusal instanceof Error ? document.refusal.message : String(document.refusal)}
        </Alert>
      )}
    </>
  );
}
