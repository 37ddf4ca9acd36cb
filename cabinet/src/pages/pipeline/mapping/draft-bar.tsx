import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../parts/problem.js';
import type { useDraft } from '../draft.js';

/** Whether the draft is stored, and what to do where somebody else has changed it. */
export function DraftBar({ draft }: { readonly draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" c="dimmed" aria-live="polite" mb="xs" mih={22}>
        {t(draft.isDraft || draft.state !== 'stored' ? `definition.states.${draft.state}` : 'mapping.published')}
      </Text>
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
    </>
  );
}
