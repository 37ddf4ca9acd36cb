import { Anchor, Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { Confirm } from '../../parts/confirm.js';

type Resent = AnswerOf<'resendDeadLetters', 202>;

/** Which letters an act is about: those that are named, or all open ones that fit. */
export interface Selection {
  readonly ids?: string[];
  readonly run?: string;
  readonly pipeline?: string;
  readonly flow?: string;
  readonly code?: string;
}

interface ActProps {
  readonly selection: Selection;
  /** How many records it is about, in words. */
  readonly what: string;
  readonly isDisabled: boolean;
  done(): void;
}

/** Moves records again, by the present definition or by the one that refused them. */
export function Resend({ selection, what, isDisabled, done }: ActProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [definition, setDefinition] = useState<'current' | 'old'>('current');
  const resend = async (): Promise<void> => {
    const answer = await answerOf(api.POST('/dead-letters/resend', { body: { ...selection, definition } }));
    done();
    notifications.show({
      message: <ResentText answer={answer} />,
      autoClose: 15_000,
      closeButtonProps: { 'aria-label': t('work.close') },
    });
    await queries.invalidateQueries({ queryKey: ['dead-letters'] });
  };
  return (
    <Confirm button={t('letters.resend')} title={t('letters.resendTitle')} isDisabled={isDisabled} act={resend} isMain>
      <Text mb="sm">{what}</Text>
      <Radio.Group
        label={t('letters.definition')}
        value={definition}
        onChange={(value) => setDefinition(value === 'old' ? 'old' : 'current')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="current" label={t('letters.current')} />
          <Radio value="old" label={t('letters.old')} />
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}

/** Notices stand outside the router, so these links are plain ones. */
function ResentText({ answer }: { readonly answer: Resent }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('letters.resent', { count: answer.resent })}</Text>
      {answer.isMore && <Text size="sm">{t('letters.isMore')}</Text>}
      {answer.runs.map(({ runId, pipeline }) => (
        <Anchor key={runId} href={`/runs/${runId}`} size="sm" display="block">
          {t('letters.follow', { pipeline })}
        </Anchor>
      ))}
    </>
  );
}

/** Gives records up for good. */
export function Discard({ selection, what, isDisabled, done }: ActProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const discard = async (): Promise<void> => {
    const { discarded } = await answerOf(api.POST('/dead-letters/discard', { body: selection }));
    done();
    notifications.show({
      message: t('letters.discarded', { count: discarded }),
      closeButtonProps: { 'aria-label': t('work.close') },
    });
    await queries.invalidateQueries({ queryKey: ['dead-letters'] });
  };
  return (
    <Confirm
      button={t('letters.discard')}
      title={t('letters.discardTitle')}
      isDisabled={isDisabled}
      act={discard}
      isDangerous
    >
      <Text mb="sm">{what}</Text>
      <Text>{t('letters.discardText')}</Text>
    </Confirm>
  );
}
