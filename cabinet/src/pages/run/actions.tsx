import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Confirm } from '../../parts/confirm.js';
import { hasEnded, type RunView } from './live.js';

interface RunActionsProps {
  readonly run: RunView;
  /** What was refused; null when the last act went well. */
  refused(error: unknown): void;
}

/** What can be done with a run as it stands now. */
export function RunActions({ run, refused }: RunActionsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { id: run.id } };
  const keep = (now: RunView): void => {
    refused(null);
    queries.setQueryData(['run', run.id], now);
  };
  const pause = useMutation({
    mutationFn: () => answerOf(api.POST('/runs/{id}/pause', { params })),
    onSuccess: keep,
    onError: refused,
  });
  const resume = useMutation({
    mutationFn: () => answerOf(api.POST('/runs/{id}/resume', { params })),
    onSuccess: keep,
    onError: refused,
  });
  const cancel = async (): Promise<void> => keep(await answerOf(api.POST('/runs/{id}/cancel', { params })));
  const replay = useMutation({
    mutationFn: (version: 'same' | 'current') => answerOf(api.POST('/runs/{id}/replay', { params, body: { version } })),
    onSuccess: async ({ id }) => {
      refused(null);
      await navigate({ to: '/runs/$id', params: { id } });
    },
    onError: refused,
  });

  if (hasEnded(run)) {
    return (
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" loading={replay.isPending} rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('run.replay')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => replay.mutate('same')}>{t('run.replaySame', { version: run.version })}</Menu.Item>
          <Menu.Item onClick={() => replay.mutate('current')}>{t('run.replayCurrent')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    );
  }
  const isPaused = run.state === 'paused' || run.isPauseRequested;
  return (
    <>
      {isPaused ? (
        <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('work.resume')}
        </Button>
      ) : (
        <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
          {t('work.pause')}
        </Button>
      )}
      <Confirm
        button={t('run.cancel')}
        isDisabled={run.isCancelRequested}
        title={t('run.cancelTitle')}
        act={cancel}
        isDangerous
      >
        {t('run.cancelText')}
      </Confirm>
    </>
  );
}
