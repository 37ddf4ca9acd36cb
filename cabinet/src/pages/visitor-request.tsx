import { Group, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { useChange } from '../parts/change.js';
import { ProblemAlert } from '../parts/problem.js';
import { PublicPage } from '../parts/public-page.js';
import { RequestState, RequestThread } from '../parts/request-thread.js';

/** A visitor's own request; the link out of the letter leads here. */
export function VisitorRequest() {
  const { t } = useTranslation();
  const { token } = useSearch({ from: '/visitor-request' });
  const params = { path: { token } };
  const thread = useQuery({
    queryKey: ['visitor-request', token],
    queryFn: () => answerOf(api.GET('/visitor-requests/{token}', { params })),
  });
  const writing = useChange({
    change: (text: string) => answerOf(api.POST('/visitor-requests/{token}/messages', { params, body: { text } })),
    touches: [['visitor-request', token]],
    said: t('requests.sent'),
  });
  return (
    <PublicPage title={thread.data?.subject ?? t('requests.one')}>
      <ProblemAlert error={thread.error} />
      {thread.isPending && <Loader aria-label={t('loading')} />}
      {thread.data !== undefined && (
        <>
          <Group mb="md">
            <RequestState state={thread.data.state} />
          </Group>
          <RequestThread thread={thread.data} write={writing.mutateAsync} />
        </>
      )}
    </PublicPage>
  );
}
