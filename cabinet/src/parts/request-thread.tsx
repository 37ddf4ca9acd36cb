import { Badge, Button, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';

type Thread = Pick<AnswerOf<'getRequest'>, 'state' | 'kind' | 'messages'>;
const colors = { open: 'blue', answered: 'teal', closed: 'gray' } as const;

export function RequestState({ state }: { readonly state: Thread['state'] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`requests.states.${state}`)}
    </Badge>
  );
}

interface RequestThreadProps {
  readonly thread: Thread;
  /** What the field is called, and its button; those of who asks when absent. */
  readonly label?: string;
  readonly button?: string;
  write(text: string): Promise<unknown>;
}

/** What was written back and forth, and the next message. */
export function RequestThread({ thread, label, button, write }: RequestThreadProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const writing = useMutation({ mutationFn: () => write(text), onSuccess: () => setText('') });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!writing.isPending) writing.mutate();
  };
  return (
    <Stack maw={760}>
      {thread.messages.map((message) => (
        <Paper key={message.id} withBorder p="sm" ml={message.author === 'operator' ? 'xl' : 0}>
          <Text size="xs" c="dimmed" mb={4}>
            {message.authorName}, <Moment at={message.at} />
          </Text>
          <pre className="plain">{message.body}</pre>
        </Paper>
      ))}
      <form onSubmit={send} aria-busy={writing.isPending}>
        <Textarea
          label={label ?? t('requests.message')}
          required
          rows={4}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ProblemAlert error={writing.error} />
        <Button mt="sm" type="submit" loading={writing.isPending}>
          {button ?? t('requests.send')}
        </Button>
      </form>
    </Stack>
  );
}
