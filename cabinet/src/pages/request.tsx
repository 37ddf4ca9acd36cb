import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { useChange } from '../parts/change.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { RequestState, RequestThread } from '../parts/request-thread.js';

const askAgainMs = 15_000;

/** One request with its thread; the letters about it lead here. */
export function RequestPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/requests/$id' });
  const params = { path: { id } };
  const thread = useQuery({
    queryKey: ['requests', id],
    queryFn: () => answerOf(api.GET('/requests/{id}', { params })),
    refetchInterval: askAgainMs,
  });
  const writing = useChange({
    change: (text: string) => answerOf(api.POST('/requests/{id}/messages', { params, body: { text } })),
    touches: [['requests']],
    said: t('requests.sent'),
  });
  return (
    <>
      <AnchorLink to="/requests" size="sm">
        {t('requests.title')}
      </AnchorLink>
      <ProblemAlert error={thread.error} />
      {thread.isPending && <Loader aria-label={t('loading')} />}
      {thread.data !== undefined && (
        <>
          <PageHead
            title={`#${thread.data.number} ${thread.data.subject}`}
            about={t(`requests.kinds.${thread.data.kind}`)}
          >
            <RequestState state={thread.data.state} />
          </PageHead>
          <RequestThread thread={thread.data} write={writing.mutateAsync} />
        </>
      )}
    </>
  );
}
