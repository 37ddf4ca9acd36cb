import { Badge, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useChange } from './change.js';
import { Confirm } from './confirm.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';
import { Section } from './section.js';

type Session = AnswerOf<'listSessions'>['items'][number];

/** Where the person is signed in. */
export function Sessions() {
  const { t } = useTranslation();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => answerOf(api.GET('/me/sessions')) });
  const endingOthers = useChange({
    change: () => answerOf(api.DELETE('/me/sessions')),
    touches: [['sessions']],
    said: t('sessions.othersEnded'),
  });
  return (
    <Section title={t('sessions.title')} about={t('sessions.about')}>
      <ProblemAlert error={sessions.error} />
      {sessions.isPending && <Loader aria-label={t('loading')} />}
      <Stack gap="sm">
        {sessions.data?.items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
      {(sessions.data?.items.length ?? 0) > 1 && (
        <Group mt="md">
          <Confirm
            isDangerous
            button={t('sessions.endOthers')}
            title={t('sessions.endOthersTitle')}
            text={t('sessions.endOthersText')}
            size="sm"
            act={() => endingOthers.mutateAsync()}
          />
        </Group>
      )}
    </Section>
  );
}

function SessionRow({ session: { id, isCurrent, userAgent, address, lastUsedAt } }: { readonly session: Session }) {
  const { t } = useTranslation();
  const ending = useChange({
    change: () => answerOf(api.DELETE('/me/sessions/{id}', { params: { path: { id } } })),
    touches: [['sessions']],
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" component="div">
          {browserOf(userAgent) ?? t('sessions.unknown')}{' '}
          {isCurrent && <Badge variant="light">{t('sessions.current')}</Badge>}
        </Text>
        <Text size="xs" c="dimmed">
          {address}, <Moment at={lastUsedAt} />
        </Text>
      </div>
      {!isCurrent && (
        <Confirm
          isDangerous
          size="xs"
          button={t('sessions.end')}
          title={t('sessions.endTitle')}
          text={t('sessions.endText')}
          act={() => ending.mutateAsync()}
        />
      )}
    </Group>
  );
}

const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const systems = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'] as const;

/** A browser's long name for itself, shortened to what people know. */
function browserOf(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const browser = browsers.find(([mark]) => userAgent.includes(`${mark}/`))?.[1];
  const system = systems.find((each) => userAgent.includes(each));
  return [browser, system].filter((each) => each !== undefined).join(', ') || userAgent.slice(0, 60);
}
