import { Button, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { languages } from '../../i18n.js';
import { AnchorLink } from '../../parts/anchor-link.js';
import { useChange } from '../../parts/change.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { RequestState, RequestThread } from '../../parts/request-thread.js';
import { LinkTo } from '../../parts/work/link-to.js';

type Thread = AnswerOf<'getAnyRequest'>;
const askAgainMs = 15_000;

/** Anybody's request with its thread; the letters to operators lead here. */
export function OperatorRequest() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/operator/requests/$id' });
  const params = { path: { id } };
  const thread = useQuery({
    queryKey: ['operator', 'requests', id],
    queryFn: () => answerOf(api.GET('/operator/requests/{id}', { params })),
    refetchInterval: askAgainMs,
  });
  const answering = useChange({
    change: (text: string) => answerOf(api.POST('/operator/requests/{id}/messages', { params, body: { text } })),
    touches: [['operator', 'requests']],
    said: t('operator.answered'),
  });
  const turning = useChange({
    change: (isOpen: boolean) =>
      answerOf(
        isOpen
          ? api.POST('/operator/requests/{id}/close', { params })
          : api.POST('/operator/requests/{id}/reopen', { params }),
      ),
    touches: [['operator', 'requests']],
  });
  const isOpen = thread.data?.state !== 'closed';
  return (
    <>
      <AnchorLink to="/operator/requests" size="sm">
        {t('operator.requests')}
      </AnchorLink>
      <ProblemAlert error={thread.error ?? turning.error} />
      {thread.isPending && <Loader aria-label={t('loading')} />}
      {thread.data !== undefined && (
        <>
          <PageHead title={`#${thread.data.number} ${thread.data.subject}`} below={<Asker thread={thread.data} />}>
            <RequestState state={thread.data.state} />
            <Button variant="default" loading={turning.isPending} onClick={() => turning.mutate(isOpen)}>
              {t(isOpen ? 'operator.close' : 'operator.reopen')}
            </Button>
          </PageHead>
          <RequestThread
            thread={thread.data}
            write={answering.mutateAsync}
            label={t('operator.answer')}
            button={t('operator.sendAnswer')}
          />
        </>
      )}
    </>
  );
}

function Asker({ thread }: { readonly thread: Thread }) {
  const { t } = useTranslation();
  const language = Object.entries(languages).find(([code]) => code === thread.language)?.[1] ?? thread.language;
  return (
    <>
      <Text size="sm">
        {t(`requests.kinds.${thread.kind}`)} · {thread.name} · {thread.email}
      </Text>
      <Text size="sm" c="dimmed">
        {t('operator.inLanguage', { language })}
        {' · '}
        {thread.account === null ? (
          t('operator.visitor')
        ) : (
          <LinkTo to="/operator/tariffs/$id" params={{ id: thread.account.id }} size="sm" underline="always">
            {thread.account.name}
          </LinkTo>
        )}
        {thread.partner !== null && ` · ${t('operator.byPartner', { name: thread.partner.name })}`}
      </Text>
    </>
  );
}
