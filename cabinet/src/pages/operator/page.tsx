import { Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { AnchorLink } from '../../parts/anchor-link.js';
import { useChange } from '../../parts/change.js';
import { Confirm } from '../../parts/confirm.js';
import { Copy } from '../../parts/once.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { emptyPage, type PageDraft, PageForm } from './page-form.js';
import { PageState } from './page-state.js';
import { textsOf, titleOf, writtenOf } from './page-texts.js';

type Page = AnswerOf<'getPageForEdit'>;

export function OperatorPageNew() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const creating = useChange({
    change: (draft: PageDraft) => answerOf(api.POST('/pages', { body: bodyOf(draft) })),
    touches: [['operator', 'pages']],
    said: t('operator.pageCreated'),
    after: ({ id }) => navigate({ to: '/operator/pages/$id', params: { id }, ignoreBlocker: true }),
  });
  return (
    <>
      <BackToList />
      <PageHead title={t('operator.newPage')} about={t('operator.newPageText')} />
      <PageForm initial={emptyPage} button={t('operator.createPage')} submit={creating.mutateAsync} />
    </>
  );
}

/** A page with its texts in all languages; a change of somebody else in between is refused, never overwritten. */
export function OperatorPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/operator/pages/$id' });
  const page = useQuery({
    queryKey: ['operator', 'pages', id],
    queryFn: async () => {
      const asked = api.GET('/operator/pages/{id}', { params: { path: { id } } });
      const etag = (await asked).response.headers.get('etag') ?? '';
      return { page: await answerOf(asked), etag };
    },
    // What is being written is not exchanged under the writer's hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <>
      <BackToList />
      <ProblemAlert error={page.error} />
      {page.isPending && <Loader aria-label={t('loading')} />}
      {page.data !== undefined && <Editor key={page.data.etag} {...page.data} />}
    </>
  );
}

function Editor({ page, etag }: { readonly page: Page; readonly etag: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [isUnsaved, setUnsaved] = useState(false);
  const params = { path: { id: page.id }, header: { 'If-Match': etag } };
  const touches = [['operator', 'pages'], ['pages']];
  const saving = useChange({
    change: (draft: PageDraft) => answerOf(api.PUT('/pages/{id}', { params, body: bodyOf(draft) })),
    touches,
    said: t('accountActs.saved'),
  });
  const turning = useChange({
    change: (isDraft: boolean) =>
      answerOf(isDraft ? api.POST('/pages/{id}/publish', { params }) : api.POST('/pages/{id}/unpublish', { params })),
    touches,
  });
  const removing = useChange({
    change: () => answerOf(api.DELETE('/pages/{id}', { params })),
    touches: [['pages']],
    after: () => navigate({ to: '/operator/pages', ignoreBlocker: true }),
  });
  const isDraft = page.state === 'draft';
  const address = `${window.location.origin}/pages/${page.kind}/${page.slug}`;
  return (
    <>
      <PageHead title={titleOf(page.texts, i18n.language)} below={<PageState page={page} />}>
        <Button
          loading={turning.isPending}
          // It would show what stands on the server, and not what stands here.
          disabled={isUnsaved}
          title={isUnsaved ? t('operator.saveFirst') : undefined}
          variant={isDraft ? 'filled' : 'default'}
          onClick={() => turning.mutate(isDraft)}
        >
          {t(isDraft ? 'operator.publish' : 'operator.unpublish')}
        </Button>
        <Confirm
          button={t('operator.deletePage')}
          title={t('operator.deletePageTitle')}
          isDangerous
          act={() => removing.mutateAsync()}
        >
          {t('operator.deletePageText')}
        </Confirm>
      </PageHead>
      <ProblemAlert error={turning.error} />
      <Group mb="md" gap="sm">
        <Text size="sm">{t('operator.address')}</Text>
        {isDraft ? (
          <Text size="sm" className="mono break-anywhere">
            {address}
          </Text>
        ) : (
          <Anchor
            href={address}
            target="_blank"
            rel="noreferrer"
            underline="always"
            size="sm"
            className="break-anywhere"
          >
            {address}
          </Anchor>
        )}
        <Copy value={address} label={t('accountActs.copy')} />
      </Group>
      <PageForm
        initial={draftOf(page)}
        button={t('accountActs.save')}
        tellUnsaved={setUnsaved}
        submit={saving.mutateAsync}
      />
    </>
  );
}

function BackToList() {
  const { t } = useTranslation();
  return (
    <AnchorLink to="/operator/pages" size="sm">
      {t('operator.pages')}
    </AnchorLink>
  );
}

function draftOf({ kind, slug, startsAt, endsAt, position, texts }: Page): PageDraft {
  return { kind, slug, startsAt, endsAt, position, texts: textsOf(texts) };
}

function bodyOf(draft: PageDraft) {
  return { ...draft, texts: writtenOf(draft.texts) };
}
