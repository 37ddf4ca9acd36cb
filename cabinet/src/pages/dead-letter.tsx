import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { TextArea } from '../parts/editor/text-area.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { LinkTo } from '../parts/work/link-to.js';
import { TableSkeleton } from '../parts/work/skeleton.js';
import { Discard, Resend } from './dead-letters/resend.js';
import { LetterBadge } from './dead-letters/state.js';

type Letter = AnswerOf<'getDeadLetter'>;
const askAgainMs = 2_000;

export function DeadLetter() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/dead-letters/$id' });
  const { data: letter, error } = useQuery({
    queryKey: ['dead-letters', id],
    queryFn: () => answerOf(api.GET('/dead-letters/{id}', { params: { path: { id } } })),
    // What was resent is on its way for seconds: its end is shown.
    refetchInterval: ({ state: { data } }) => (data?.state === 'resent' ? askAgainMs : false),
  });
  if (letter === undefined) return error === null ? <TableSkeleton /> : <ProblemAlert error={error} />;
  return (
    <>
      <PageHead
        title={t('letters.titleOf', { key: letter.sourceKey })}
        below={
          <Group gap="xs" mt={4}>
            <LetterBadge state={letter.state} />
            <LinkTo to="/pipelines/$id" params={{ id: letter.pipeline }} size="sm" className="mono">
              {letter.pipeline}
            </LinkTo>
            <Text size="sm" className="mono">
              {letter.flow}
            </Text>
            <LinkTo to="/runs/$id" params={{ id: letter.runId }} size="sm">
              {t('letters.toRun')}
            </LinkTo>
            <Text size="sm" c="dimmed">
              <Moment at={letter.at} />
            </Text>
          </Group>
        }
      />
      <Alert color={letter.state === 'open' ? 'orange' : 'gray'} title={t('letters.why')} mb="lg">
        <p className="vendor-words">{letter.message}</p>
        <Text size="sm" mt="xs">
          {letter.hint}
        </Text>
        <Text size="xs" className="mono" mt="xs">
          {letter.code}
        </Text>
      </Alert>
      {letter.details !== null && Object.keys(letter.details).length > 0 && (
        <>
          <Title order={2} size="h4" mb="xs">
            {t('letters.details')}
          </Title>
          <pre className="vendor-words mono">{JSON.stringify(letter.details, null, 2)}</pre>
        </>
      )}
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('letters.record')}
      </Title>
      {letter.record === null ? (
        <Text>{t('letters.noRecord')}</Text>
      ) : (
        <RecordEditor key={letter.id} letter={letter} record={letter.record} />
      )}
    </>
  );
}

interface RecordEditorProps {
  readonly letter: Letter;
  readonly record: NonNullable<Letter['record']>;
}

/** The record as JSON: mended here, stored by a button, moved again by another. */
function RecordEditor({ letter, record }: RecordEditorProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [stored, setStored] = useState(() => JSON.stringify(record, null, 2));
  const [text, setText] = useState(stored);
  const read = readObject(text);
  const isChanged = text !== stored;
  const isOpen = letter.state === 'open';
  const saving = useMutation({
    mutationFn: (next: NonNullable<Letter['record']>) =>
      answerOf(api.PUT('/dead-letters/{id}/record', { params: { path: { id: letter.id } }, body: { record: next } })),
    onSuccess: (now) => {
      setStored(text);
      queries.setQueryData(['dead-letters', letter.id], now);
    },
  });
  const save = (): void => {
    if (isChanged && read !== null && !saving.isPending) saving.mutate(read);
  };
  const act = {
    selection: { ids: [letter.id] },
    what: t('letters.chosen', { count: 1 }),
    done: () => void queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  };
  return (
    <>
      <TextArea
        label={t('letters.recordLabel')}
        describedBy="record-state"
        value={text}
        isReadOnly={!isOpen}
        change={setText}
        save={save}
        height="24rem"
      />
      <Text size="sm" mt={4} mih={24} id="record-state" aria-live="polite" c={read === null ? 'red' : 'dimmed'}>
        {read === null
          ? t('letters.notJson')
          : !isOpen
            ? t('letters.notOpen')
            : t(isChanged ? 'letters.unsaved' : saving.isSuccess ? 'letters.saved' : 'letters.asStored')}
      </Text>
      <ProblemAlert error={saving.error} />
      <Group mt="sm">
        <Button
          variant={isChanged ? 'filled' : 'default'}
          disabled={!isOpen || !isChanged || read === null}
          loading={saving.isPending}
          onClick={save}
        >
          {t('letters.save')}
        </Button>
        <Resend {...act} isDisabled={!isOpen || isChanged} />
        <Discard {...act} isDisabled={!isOpen} />
      </Group>
    </>
  );
}

function readObject(text: string): NonNullable<Letter['record']> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as NonNullable<Letter['record']>)
      : null;
  } catch {
    return null;
  }
}
